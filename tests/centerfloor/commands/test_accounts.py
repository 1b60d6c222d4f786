"""`centerfloor accounts` on a hub's folder: PINs and tokens without a console."""

import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from centerfloor.cli import main
from config.loading import load
from hub.accounts.devices import devices_of
from hub.accounts.pins import PinProblem
from hub.accounts.roster import roster_of
from hub.accounts.store import Accounts
from hub.accounts.verification import second_factor
from hub.accounts.verification.pin_verification import PinState
from hub.database.storage import database_in, open_store
from hub.journal.mark import MarkRecord, mark_folder, set_mark
from hub.running import now_at_centre
from hub.upkeep.database_files import NAME
from plumbing.languages import LANGUAGES
from plumbing.limits import RECOVERY_CODES
from plumbing.sentences import load_sentences

CONFIG = Path(__file__).parents[3] / "config" / "examples" / "demo.toml"


@pytest.fixture
def command(tmp_path):
    def run(*words, typed=""):
        where = ["--config", str(CONFIG), "--data", str(tmp_path / "data")]
        return CliRunner().invoke(main, ["accounts", words[0], *where, *words[1:]], input=typed)

    return run


@pytest.fixture
def kept(tmp_path):
    (tmp_path / "data").mkdir(mode=0o700, exist_ok=True)
    engine = open_store(database_in(tmp_path / "data"))
    yield Accounts(engine, roster_of(load(CONFIG)))
    engine.dispose()


def test_a_pin_is_taken_from_the_standard_input_and_never_said(command, kept, tmp_path) -> None:
    done = command("pin", "an", typed="482913\n")
    assert (done.exit_code, done.output) == (0, "an has a PIN\n")
    assert kept.check_pin("an", "482913", now_at_centre()).state is PinState.OK
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert "PIN of" in command("list").output


@pytest.mark.parametrize("typed", ["123456\n", "", "word\n", "4829\n", "9" * 5_000])
def test_a_bad_pin_is_refused_with_its_sentence(command, typed) -> None:
    done = command("pin", "an", typed=typed)
    assert done.exit_code == 2
    assert "PIN" in done.stderr
    assert "(pin_" not in done.stderr
    assert "Traceback" not in done.stderr


def test_every_problem_of_a_pin_has_its_sentence() -> None:
    for language in LANGUAGES:
        sentences = load_sentences("centerfloor", language)
        assert [p for p in PinProblem if not sentences.has(f"problem.{p}")] == []


def test_a_token_is_printed_once_and_a_revoked_device_is_listed(command, kept) -> None:
    token = command("enrol", "kiosk-1").output.strip()
    devices = devices_of(load(CONFIG))
    devices.replace_token_hashes(kept.credentials().token_hashes)
    assert devices.authenticate("kiosk-1", token) is not None
    assert command("revoke", "kiosk-1").output == "kiosk-1 is revoked\n"
    assert command("revoke", "kiosk-1").output == "kiosk-1 was revoked before\n"
    assert "revoked" in command("list").output
    told = command("log")
    assert "device revoked: kiosk-1 – command line" in told.output
    assert token not in told.output


def test_a_second_factor_is_set_by_the_code_of_an_authenticator(command, kept, monkeypatch) -> None:
    key = b"0123456789abcdefghij"
    monkeypatch.setattr(second_factor.secrets, "token_bytes", lambda _: key)
    code = TOTP(key, 6, SHA1(), 30).generate(int(now_at_centre().timestamp())).decode()
    assert command("second-factor", "an", typed="12345\n").exit_code == 1
    assert kept.second_factors.officers() == frozenset()
    done = command("second-factor", "an", typed=f"{code}\n")
    assert done.exit_code == 0
    assert "█" in done.output
    assert len(re.findall(r"^  [A-Z]{5}-[A-Z]{5}$", done.output, re.MULTILINE)) == RECOVERY_CODES
    assert kept.second_factors.officers() == {"an"}
    command("pin", "an", typed="482913\n")
    assert "with a second factor" in command("list").output
    for word in ("needs the PIN only", "had no second factor"):
        assert word in command("second-factor", "an", "--remove").output
    assert kept.second_factors.officers() == frozenset()


@pytest.mark.slow
def test_an_officer_is_unlocked(command, kept) -> None:
    kept.set_pin("an", "482913", "boss", now_at_centre())
    for _ in range(5):
        kept.check_pin("an", "000000", now_at_centre())
    assert "locked until" in command("list").output
    assert command("unlock", "an").output == "an is unlocked\n"
    assert command("unlock", "an").output == "an had no wrong tries\n"


@pytest.mark.parametrize("words", [("enrol",), ("revoke",), ("unlock",), ("pin",)])
def test_a_stranger_is_named(command, words) -> None:
    done = command(*words, "nobody", typed="482913\n")
    assert done.exit_code == 2
    assert "nobody" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_mark_may_stand_elsewhere(command, kept, tmp_path) -> None:
    elsewhere, usual = tmp_path / "mark", mark_folder(tmp_path / "data")
    assert command("revoke", "kiosk-1", "--mark", str(elsewhere)).exit_code == 0
    assert any(elsewhere.iterdir())
    assert not usual.exists()
    database = tmp_path / "data" / NAME
    database.unlink()
    set_mark(elsewhere, MarkRecord("journal-1", 7, "0" * 64, now_at_centre()))
    refused = command("list", "--mark", str(elsewhere))
    assert refused.exit_code == 2
    assert str(tmp_path / "data") in refused.stderr
    assert not database.exists()
