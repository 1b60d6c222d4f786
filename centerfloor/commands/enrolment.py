"""`centerfloor enrol`: enrolment of a device at the terminal, which shows the code and stores the token that it is
sent."""

import asyncio
import sys
from pathlib import Path

import click
from pydantic import TypeAdapter

from centerfloor.installation import config_option, device_option, installation_of, state_of
from centerfloor.problems import exit_with
from centerfloor.terminal import echo
from hub.accounts.enrolment import EnrolKind
from hub.accounts.roster import roster_of
from hub.client import OtherDeviceError, TokenFile, address_of, context_of
from hub.client import enrol as ask_in
from hub.messages import Enrol, Enrolment

_kinds: TypeAdapter[EnrolKind] = TypeAdapter(EnrolKind)


@click.command()
@config_option
@device_option
def enrol(config_file: Path, changes: tuple[str, ...], device: str, state: Path) -> None:
    """Ask the hub for this device's token: show a code, and wait until somebody types it in the console.

    Run it on the device, as the user who runs the device's program and with the same --state. Start the program
    afterwards.
    """
    installation = installation_of(config_file, changes)
    known = roster_of(installation).devices.get(device)
    if known is None or known.kind == "console":
        exit_with("unknown_account", {"name": device})
    address = address_of(installation, device, None)
    folder = state_of(state)
    try:
        context_of(address)
    except OSError as problem:
        data = {"file": address.authority, "reason": problem.strerror or type(problem).__name__}
        exit_with("authority_unreadable", data)
    frame = Enrol(kind=_kinds.validate_python(known.kind))
    try:
        token = asyncio.run(ask_in(address, frame, _show))
        TokenFile(folder, device).keep(token)
    except OtherDeviceError as error:
        exit_with("other_device", {"device": error.device, "told": error.enrolled_as})
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        exit_with("state_unusable", {"folder": str(folder), "reason": reason})
    except KeyboardInterrupt:
        sys.exit(130)
    echo("enrol.done", device=device, folder=folder.absolute())


def _show(enrolment: Enrolment | None) -> None:
    if enrolment is None:
        echo("enrol.silent", err=True)
        return
    echo("enrol.code", code=enrolment.code, until=f"{enrolment.expires:%H:%M}")
