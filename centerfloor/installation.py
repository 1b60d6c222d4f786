"""Options that every program shares, and loading of the configuration: errors in the file end the process with its
letter."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, TypeVar

import click

from centerfloor.problems import WRONG_INPUT, exit_with
from centerfloor.terminal import words
from config.errors import ConfigurationError
from config.letter import render
from config.loading import load
from config.model import Installation
from config.model.programs import Device
from plumbing.languages import HOUSE_LANGUAGE

F = TypeVar("F", bound=Callable[..., Any])
D = TypeVar("D", bound=Device)

_MOST_DIGITS = 18

DEFAULT_STATE = Path.home() / ".local" / "state" / "centerfloor"


def config_option(command: F) -> F:
    """`--config FILE` and `--set PLACE=VALUE`."""
    for option in (
        click.option(
            "--set", "changes", multiple=True, metavar="PLACE=VALUE",
            help="Use another value for this run, e.g. hub.http_port=0 or kiosks[0].printer.port.port=9101.",
        ),
        click.option(
            "--config", "config_file", required=True, type=click.Path(path_type=Path, readable=False), metavar="FILE",
            help="The configuration of the centre (TOML).",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def device_option(command: F) -> F:
    """`--device NAME` and `--state DIR`."""
    for option in (
        click.option(
            "--state", type=click.Path(path_type=Path, file_okay=False), default=DEFAULT_STATE,
            metavar="DIR", show_default="~/.local/state/centerfloor",
            help="Where the program keeps what has no answer yet.",
        ),
        click.option(
            "--device", required=True, metavar="NAME", help="The name of this device in the configuration."
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def mark_option(command: F) -> F:
    """`--mark DIR`."""
    option = click.option(
        "--mark", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
        help="The folder of the last row's mark; by default beside the data folder, named as it is with .mark behind.",
    )  # fmt: skip
    return option(command)


def installation_of(
    config_file: Path,
    changes: Iterable[str],
    language: str = HOUSE_LANGUAGE,
    *,
    secrets: bool = False,
    show: Callable[[str], None] | None = None,
) -> Installation:
    """Parse the file with the changes of this run, and its `secrets` on the hub's machine; errors in it end the process
    with their letter, which `show` is called with too."""
    try:
        return load(config_file, dict(_change(change) for change in changes), secrets=secrets)
    except ConfigurationError as error:
        letter = render(error, language)
        click.echo(letter, err=True, nl=False)
        if show is not None:
            show(letter)
        if language == HOUSE_LANGUAGE:
            click.echo(f"(English: centerfloor config check --language en {config_file})", err=True)
        sys.exit(WRONG_INPUT)


def device_of(devices: Iterable[D], name: str, place: str) -> D:
    """The device of this name; an unknown name ends the process with a list of the known ones."""
    known = {device.name: device for device in devices}
    if name not in known:
        said = words("usage.device", name=repr(name), place=place, names=", ".join(known) or "–")
        raise click.BadParameter(said, param_hint="--device")
    return known[name]


def state_of(folder: Path) -> Path:
    """The folder of a program's state, made if it is missing; one that cannot be written to ends the process."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        data = {"folder": str(folder), "reason": error.strerror or type(error).__name__}
        exit_with("state_unusable", data)


def _change(text: str) -> tuple[str, object]:
    """Parse PLACE=VALUE, the value as a whole number if it looks like one."""
    place, equals, value = text.partition("=")
    if not equals or not place:
        said = words("usage.change", text=repr(text))
        raise click.BadParameter(said, param_hint="--set")
    is_number = value.isdecimal() and len(value) <= _MOST_DIGITS
    return place, int(value) if is_number else value
