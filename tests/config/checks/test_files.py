"""Files that a configuration names, as they are found on this machine."""

from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from config.checks.files import check_files
from config.loading import load
from hub.upkeep.certificates import make_authority

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
FILES = {"certificate": "hub.pem", "key": "hub-key.pem", "authority": "authority.pem"}


@pytest.fixture
def found(hall):
    """What is said of an installation with these changes, at this time."""

    def found(changes, now=NOW):
        return [(m.path, str(m.code)) for m in check_files(load(hall, changes), now)]

    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    make_authority(folder / "tls", ("hub.lan",), NOW)
    make_authority(folder / "other", ("hub.lan",), NOW)
    return folder


def encrypted(folder, **changed):
    return {
        "hub": {"tls": {key: str(folder / "tls" / file) for key, file in FILES.items()} | changed}
    }


def slip(*blocks):
    return {"slips": [{"slip": "checklist", "blocks": list(blocks)}]}


def test_an_installation_without_files_is_told_nothing(found) -> None:
    assert found({}) == []


def test_pictures_that_are_missing_or_none_are_pointed_out(found, tmp_path) -> None:
    emblem = tmp_path / "emblem.png"
    Image.new("1", (8, 8)).save(emblem)
    (tmp_path / "torn.png").write_bytes(emblem.read_bytes()[:40])
    blocks = [
        {"block": "image", "file": str(tmp_path / name)}
        for name in ("emblem.png", "nowhere.png", "torn.png", ".")
    ]
    within = {"block": "each", "of": "papers", "blocks": [blocks[1]]}
    text = {"block": "text", "say": "Số"}
    assert found(slip(*blocks, within, text)) == [
        ("slips[0].blocks[1].file", "picture_missing"),
        ("slips[0].blocks[2].file", "picture_unreadable"),
        ("slips[0].blocks[3].file", "picture_unreadable"),
        ("slips[0].blocks[4].blocks[0].file", "picture_missing"),
    ]


def test_files_as_they_were_made_are_right(found, made) -> None:
    assert found(encrypted(made)) == []


def test_files_of_encryption_that_are_not_here_are_pointed_out(found, made) -> None:
    nowhere = encrypted(made, certificate="/nowhere/hub.pem", key=str(made))
    assert found(nowhere) == [
        ("hub.tls.certificate", "tls_file_missing"),
        ("hub.tls.key", "tls_file_unreadable"),
    ]


def test_files_of_other_content_are_pointed_out(found, made) -> None:
    key, certificate = str(made / "tls" / "hub-key.pem"), str(made / "tls" / "hub.pem")
    assert found(encrypted(made, certificate=key, key=certificate)) == [
        ("hub.tls.certificate", "not_a_certificate"),
        ("hub.tls.key", "not_a_key"),
    ]
    others = encrypted(made, key=str(made / "other" / "hub-key.pem"))
    assert found(others) == [("hub.tls.key", "key_of_another")]


@pytest.mark.slow
def test_a_certificate_that_runs_out_is_pointed_out_before_and_after(found, made) -> None:
    soon = found(encrypted(made), NOW + timedelta(days=365 * 40))
    assert ("hub.tls.certificate", "certificate_expired") in soon
    assert ("hub.tls.authority", "certificate_expired") in soon
    terms = {
        code
        for days in range(300, 4200, 20)
        for _, code in found(encrypted(made), NOW + timedelta(days=days))
    }
    assert terms == {"certificate_expires", "certificate_expired"}
