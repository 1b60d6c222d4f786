"""Secrets in a file of their own: filled in on the hub, absent elsewhere, and never shown in a letter."""

from pathlib import Path

import pytest

from config.advice import published_secrets
from config.checks.files import check_secrets
from config.errors import ConfigurationError, MistakeCode
from config.letter import render
from config.loading import load
from config.secrets_file import secrets_of_machine

HALL = Path(__file__).parents[1] / "hub" / "hall.toml"
TOKEN, KEY = "a-token-of-the-board-itself", "the-key-of-the-one-stop-software"


@pytest.fixture
def centre(tmp_path):
    """The hall with a board that has no token and an API key that has no key; `secrets` is written beside."""
    text = HALL.read_text("utf-8").replace('token = "board-0123456789abcdef"\n', "")
    text = 'secrets = "secrets.toml"\n' + text
    text += '\n[[api_keys]]\nname = "one-stop"\nscopes = ["floor:read"]\n'
    file = tmp_path / "centre.toml"
    file.write_text(text, "utf-8")

    def write(content: str | bytes | None) -> Path:
        if content is not None:
            raw = content if isinstance(content, bytes) else content.encode()
            (tmp_path / "secrets.toml").write_bytes(raw)
            (tmp_path / "secrets.toml").chmod(0o600)
        return file

    return write


GOOD = f'[tokens]\nboard = "{TOKEN}"\n[keys]\none-stop = "{KEY}"\n'


def test_the_hub_reads_them_and_the_others_do_not(centre) -> None:
    file = centre(GOOD)
    hub, other = load(file, secrets=True), load(file)
    assert hub.boards[0].token is not None
    assert hub.boards[0].token.get_secret_value() == TOKEN
    assert hub.api_keys[0].key is not None
    assert hub.api_keys[0].key.get_secret_value() == KEY
    assert other.boards[0].token is None
    assert other.api_keys[0].key is None


def test_a_configuration_without_such_a_file_is_read_as_it_is() -> None:
    assert load(HALL, secrets=True) == load(HALL)


@pytest.mark.parametrize(
    ("content", "path", "code"),
    [
        (None, "", MistakeCode.UNREADABLE),
        (b"\xff", "", MistakeCode.NOT_UTF8),
        (f"board = {TOKEN}", "", MistakeCode.SYNTAX),
        ("x" * 1_048_577, "", MistakeCode.TOO_LARGE),
        ("[token]\nboard = 'x'\n", "token", MistakeCode.UNKNOWN_KEY),
        (f"tokens = '{TOKEN}'\n", "tokens", MistakeCode.WRONG_TYPE),
        (f"[tokens]\nboards = '{TOKEN}'\n", "tokens.boards", MistakeCode.UNKNOWN_NAME),
        ("[tokens]\nboard = 7\n", "tokens.board", MistakeCode.WRONG_TYPE),
        (f"[tokens]\nk1 = '{TOKEN}'\n", "tokens.k1", MistakeCode.DUPLICATE),
    ],
)
def test_a_mistake_is_named_in_the_secrets_own_file(centre, content, path, code) -> None:
    file = centre(content)
    with pytest.raises(ConfigurationError) as caught:
        load(file, secrets=True)
    assert caught.value.file.name == "secrets.toml"
    assert [(m.path, m.code) for m in caught.value.mistakes] == [(path, code)]
    for language in ("vi", "en"):
        assert TOKEN not in render(caught.value, language)


def test_a_key_that_is_nowhere_is_missing(centre) -> None:
    file = centre(f'[tokens]\nboard = "{TOKEN}"\n')
    with pytest.raises(ConfigurationError) as caught:
        load(file, secrets=True)
    assert [(m.path, m.code) for m in caught.value.mistakes] == [
        ("api_keys[0].key", MistakeCode.MISSING)
    ]


def test_a_short_secret_is_found_by_the_model(centre) -> None:
    file = centre(f'[tokens]\nboard = "too-little"\n[keys]\none-stop = "{KEY}"\n')
    with pytest.raises(ConfigurationError) as caught:
        load(file, secrets=True)
    assert [m.path for m in caught.value.mistakes] == ["boards[0].token"]
    assert "too-little" not in render(caught.value, "en")


def test_lists_that_are_none_are_left_to_the_model(tmp_path) -> None:
    file = tmp_path / "centre.toml"
    file.write_text('secrets = "s.toml"\nkiosks = 3\nboards = ["x"]\n', "utf-8")
    (tmp_path / "s.toml").write_text("[keys]\n", "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load(file, secrets=True)
    assert caught.value.file == file


def test_files_that_others_may_read_are_named(centre, tmp_path) -> None:
    file = centre(GOOD)
    secrets = tmp_path / "secrets.toml"
    file.chmod(0o600)
    assert secrets_of_machine(file).exposed == ()
    file.chmod(0o640)
    secrets.chmod(0o604)
    assert secrets_of_machine(file).exposed == (file, secrets)
    assert [m.code for m in check_secrets(secrets_of_machine(file))] == [
        MistakeCode.SECRETS_EXPOSED
    ] * 2
    secrets.unlink()
    file.chmod(0o600)
    assert secrets_of_machine(file).exposed == ()
    assert [m.code for m in check_secrets(secrets_of_machine(file))] == [
        MistakeCode.SECRETS_MISSING
    ]


def test_a_configuration_without_secrets_may_be_read_by_all(tmp_path) -> None:
    file = tmp_path / "centre.toml"
    file.write_text("[[kiosks]]\nname = 'k1'\n", "utf-8")
    file.chmod(0o644)
    assert secrets_of_machine(file).exposed == ()
    assert secrets_of_machine(tmp_path / "nowhere.toml").exposed == ()
    assert list(check_secrets(secrets_of_machine(tmp_path / "nowhere.toml"))) == []


def test_secrets_of_the_examples_are_known() -> None:
    demo = load(Path(__file__).parents[2] / "config" / "examples" / "demo.toml")
    assert ("kiosks[0].token", "kiosk-1") in published_secrets(demo)
    assert published_secrets(load(HALL)) == ()
