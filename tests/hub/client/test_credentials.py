"""A device's own token: kept for itself alone, whole or not at all."""

from hub.client import TokenFile, address_of


def test_a_token_is_kept_for_its_owner_alone(tmp_path) -> None:
    credentials = TokenFile(tmp_path, "k1")
    assert credentials.read() is None
    credentials.keep("first")
    credentials.keep("second")
    assert TokenFile(tmp_path, "k1").read() == "second"
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    credentials.forget()
    credentials.forget()
    assert credentials.read() is None


def test_a_spoilt_file_is_no_token(tmp_path) -> None:
    for content in (b"", b"\n", b"\xff" * 40, b"x" * 10_000):
        (tmp_path / "k1.token").write_bytes(content)
        assert TokenFile(tmp_path, "k1").read() is None


def test_what_was_kept_outweighs_the_configuration(hall, tmp_path) -> None:
    settings = hall.kiosks[0]
    configured = address_of(hall, "k1", settings.token, tmp_path)
    assert configured.token == "k1-0123456789abcdef"
    TokenFile(tmp_path, "k1").keep("enrolled")
    assert address_of(hall, "k1", settings.token, tmp_path).token == "enrolled"
    assert address_of(hall, "k1", None).token == ""
