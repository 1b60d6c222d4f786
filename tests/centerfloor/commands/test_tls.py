"""`centerfloor tls`: files for the hub and its devices, and what to copy where."""

from click.testing import CliRunner

from centerfloor.cli import main


def tls(*words):
    return CliRunner().invoke(main, ["tls", *map(str, words)])


def test_init_makes_the_files_and_says_where_they_go(tmp_path) -> None:
    done = tls("init", "--out", tmp_path / "tls", "--host", "hub.lan", "--host", "10.0.0.2")
    assert done.exit_code == 0
    for name in ("authority.pem", "authority-key.pem", "hub.pem", "hub-key.pem"):
        assert (tmp_path / "tls" / name).is_file()
        assert name in done.output
    again = tls("init", "--out", tmp_path / "tls")
    assert again.exit_code == 2
    assert "tls renew" in again.stderr


def test_renew_says_until_when_and_what_is_missing(tmp_path) -> None:
    missing = tls("renew", "--out", tmp_path)
    assert missing.exit_code == 2
    assert "tls init" in missing.stderr
    assert tls("init", "--out", tmp_path).exit_code == 0
    assert "is good until" in tls("renew", "--out", tmp_path).output


def test_a_place_that_cannot_be_written_is_named(tmp_path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = tls("init", "--out", tmp_path / "file" / "tls")
    assert done.exit_code == 2
    assert "file/tls" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_name_that_no_certificate_can_hold_is_refused(tmp_path) -> None:
    done = tls("init", "--out", tmp_path / "tls", "--host", "máy chủ")
    assert done.exit_code == 2
    assert not (tmp_path / "tls").exists()


def test_the_printed_paths_hold_wherever_a_service_stands(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = tls("init", "--out", "tls")
    assert f'key = "{tmp_path / "tls" / "hub-key.pem"}"' in done.output
    assert "chown -R centerfloor" in done.output
