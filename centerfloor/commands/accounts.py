"""`centerfloor accounts`: authentication data of devices and officers, without the console. The hub may be running."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, Final, NamedTuple

import click
from qrcode.main import QRCode
from sqlalchemy.exc import SQLAlchemyError

from centerfloor.installation import config_option, installation_of, mark_option
from centerfloor.ownership import keep_owner
from centerfloor.problems import exit_with
from centerfloor.terminal import acting_user, echo, words, words_of_code
from hub.accounts.audit_log import origin_of
from hub.accounts.pins import PinError
from hub.accounts.revocations import keep_revocations
from hub.accounts.roster import roster_of
from hub.accounts.store import Accounts, DeviceAccount, OfficerAccount, UnknownAccountError
from hub.database.storage import close_store, database_in, make_folder, open_store, unusable
from hub.errors import HubError
from hub.journal.loss import refuse_missing
from hub.journal.mark import mark_folder, read_mark
from hub.upkeep.database_files import NAME
from service_floor.zone import ZONE

NOT_PROVEN: Final = 1
"""Exit status if a row of the audit log is not as it was written."""


class Where(NamedTuple):
    """The hub whose accounts these are: `mark` is None where its mark stands at the default place."""

    config_file: Path
    changes: tuple[str, ...]
    data: Path
    mark: Path | None


def _where(command: Callable[..., None]) -> Callable[..., None]:
    """`--config FILE`, `--data DIR` and `--mark DIR`, which become the first argument."""

    @wraps(command)
    def run(
        config_file: Path,
        changes: tuple[str, ...],
        data: Path,
        mark: Path | None,
        **others: str | bool,
    ) -> None:
        command(Where(config_file, changes, data, mark), **others)

    folder = click.option("--data", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="The data folder of the hub.")  # fmt: skip
    return config_option(folder(mark_option(run)))


@click.group()
def accounts() -> None:
    """Who may come in: devices with their tokens, officers with their PINs."""


@accounts.command("list")
@_where
def list_accounts(where: Where) -> None:
    """All devices and officers of the configuration, with the state of their accounts."""
    with _accounts(where) as kept:
        for device in kept.devices():
            role = words_of_code("role", device.role)
            click.echo(f"{device.device:<20} {role:<20} {_device_words(device)}")
        for officer in kept.officers():
            role = words_of_code("role", officer.role)
            click.echo(f"{officer.officer:<20} {role:<20} {_officer_words(officer)}")


@accounts.command("log")
@_where
def show_audit_log(where: Where) -> None:
    """Everything that was ever done with accounts, oldest first.

    Exit status 1 where a row is not as it was written.
    """
    with _accounts(where) as kept:
        for deed in kept.audit_log():
            what, who = words_of_code("deed", deed.kind), _person(deed.by)
            click.echo(f"{deed.seq:>6} {_minute(deed.at)}  {what}: {deed.subject} – {who}")
        broken = kept.first_broken_audit_entry()
    if broken is not None:
        echo("accounts.broken", err=True, row=broken)
        raise SystemExit(NOT_PROVEN)


@accounts.command()
@_where
@click.argument("officer")
def pin(where: Where, officer: str) -> None:
    """Give OFFICER a PIN of 6 to 12 digits: asked for twice, or one line of the standard input.

    A lock-out ends with it. The PIN never stands on the command line, where others could read it.
    """
    with _accounts(where) as kept:
        kept.set_pin(officer, _read_pin(), acting_user(), _now())
    echo("accounts.pin", officer=officer)


@accounts.command()
@_where
@click.argument("officer")
def unlock(where: Where, officer: str) -> None:
    """End the lock-out of OFFICER."""
    with _accounts(where) as kept:
        done = kept.unlock(officer, acting_user(), _now())
    echo("accounts.unlocked" if done else "accounts.not_locked", officer=officer)


@accounts.command("second-factor")
@_where
@click.argument("officer")
@click.option("--remove", is_flag=True, help="Ask for the PIN only, from now on.")
def second_factor(where: Where, officer: str, remove: bool) -> None:
    """Ask OFFICER at the console for a code of their authenticator too (TOTP, RFC 6238).

    Prints a QR code for the authenticator, asks for the code that it then shows, and prints recovery codes.
    """
    with _accounts(where) as kept:
        kept.known_officer(officer)
        if remove:
            done = kept.second_factors.remove(officer, acting_user(), _now())
            key = "accounts.second_factor_removed" if done else "accounts.no_second_factor"
            echo(key, officer=officer)
            return
        centre = installation_of(where.config_file, where.changes).centre.name
        drawn = kept.second_factors.draw(officer, centre)
        echo("accounts.scan_second_factor", officer=officer, secret=drawn.secret)
        _print_qr(drawn.uri)
        code = _read_line("accounts.ask_code")
        if not kept.second_factors.keep(officer, drawn, code, acting_user(), _now()):
            echo("accounts.wrong_code", err=True)
            raise SystemExit(NOT_PROVEN)
    echo("accounts.second_factor", officer=officer)
    echo("accounts.recovery_codes")
    for each in drawn.recovery_codes:
        click.echo(f"  {each}")


@accounts.command()
@_where
@click.argument("device")
def enrol(where: Where, device: str) -> None:
    """Print a new token for DEVICE, this once. Any token before it is no longer good.

    Put it into the file DEVICE.token (mode 0600) in the state folder of the device.
    """
    with _accounts(where) as kept:
        click.echo(kept.enrol(device, acting_user(), _now()))


@accounts.command()
@_where
@click.argument("device")
def revoke(where: Where, device: str) -> None:
    """Let DEVICE in no more. A running hub closes its connection within a few seconds."""
    with _accounts(where) as kept:
        done = kept.revoke(device, acting_user(), _now())
    echo("accounts.revoked" if done else "accounts.revoked_before", device=device)


@contextmanager
def _accounts(where: Where) -> Iterator[Accounts]:
    """The accounts in the data folder; exceptions about them end the process with a sentence."""
    data = where.data
    roster = roster_of(installation_of(where.config_file, where.changes, secrets=True))
    mark = where.mark or mark_folder(data)
    keep_owner(data, where.mark)
    try:
        make_folder(data)
        refuse_missing(read_mark(mark), data / NAME)
        engine = open_store(database_in(data))
        try:
            yield Accounts(engine, roster)
            keep_revocations(engine, mark)
        except SQLAlchemyError as problem:
            raise unusable(str(engine.url), problem) from problem
        finally:
            close_store(engine)
    except HubError as error:
        exit_with(error.code, error.data)
    except UnknownAccountError as error:
        exit_with("unknown_account", {"name": str(error)})
    except PinError as error:
        exit_with(error.problem, {})


def _print_qr(text: str) -> None:
    """A QR code in letters, dark on light whatever the terminal's colours are."""
    code: Any = QRCode(border=2)
    code.add_data(text)
    code.print_ascii(out=sys.stdout, invert=True)


def _read_line(question: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline(200).strip()
    typed: str = click.prompt(words(question))
    return typed.strip()


def _read_pin() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline(200).strip()
    typed: str = click.prompt(words("accounts.ask_pin"), hide_input=True, confirmation_prompt=True)
    return typed.strip()


def _device_words(device: DeviceAccount) -> str:
    if device.revoked_at is not None:
        who = _person(device.revoked_by or "")
        return words("accounts.revoked_at", time=_minute(device.revoked_at), who=who)
    if device.enrolled_at is not None:
        who = _person(device.enrolled_by or "")
        return words("accounts.enrolled_at", time=_minute(device.enrolled_at), who=who)
    return words("accounts.configured" if device.configured else "accounts.not_enrolled")


def _officer_words(officer: OfficerAccount) -> str:
    if officer.pin_set_at is None:
        return words("accounts.no_pin")
    if officer.locked_until is not None and officer.locked_until > _now():
        return words("accounts.locked", time=_minute(officer.locked_until))
    state = words("accounts.pin_of", time=_minute(officer.pin_set_at))
    if officer.has_second_factor:
        return words("accounts.with_second_factor", state=state)
    return state


def _person(by: str) -> str:
    """The actor of an entry: an officer at the console, a user at a command line, or the place of wrong PINs."""
    way, who = origin_of(by)
    return words(f"person.{way}", who=who)


def _minute(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def _now() -> datetime:
    return datetime.now(ZONE)
