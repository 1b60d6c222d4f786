"""`centerfloor tls`: the centre's certificate authority, and the hub's certificate from it."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from centerfloor.problems import exit_with
from centerfloor.terminal import echo, words
from hub.errors import HubError
from hub.upkeep.certificates import (
    AUTHORITY,
    AUTHORITY_KEY,
    CERTIFICATE,
    KEY,
    make_authority,
    renew_certificate,
)

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:-]*")


def _names(
    _context: click.Context, _option: click.Parameter, hosts: tuple[str, ...]
) -> tuple[str, ...]:
    for host in hosts:
        if not _NAME.fullmatch(host):
            raise click.BadParameter(words("usage.host", host=repr(host)))
    return hosts


_out = click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="The folder of authority and certificates.")  # fmt: skip
_host = click.option("--host", "hosts", multiple=True, metavar="NAME", callback=_names, help="A name or address under which programs reach the hub: hub.address of the configuration. May be given several times.")  # fmt: skip


@click.group()
def tls() -> None:
    """Certificates for a hub that talks encrypted."""


@tls.command()
@_out
@_host
def init(out: Path, hosts: tuple[str, ...]) -> None:
    """Make an authority and the hub's certificate in DIR.

    Without --host the certificate is only for localhost and 127.0.0.1.
    """
    try:
        make_authority(out, hosts or ("localhost", "127.0.0.1"), datetime.now(UTC))
    except HubError as error:
        exit_with(error.code, error.data)
    names = {"authority": AUTHORITY, "certificate": CERTIFICATE, "key": KEY}
    click.echo(
        words(
            "tls.made",
            folder=out,
            root_key=AUTHORITY_KEY,
            hub_key=KEY,
            authority=AUTHORITY,
            certificate=CERTIFICATE,
        )
    )
    click.echo(
        "  [hub.tls]\n" + "\n".join(f'  {k} = "{out.absolute() / v}"' for k, v in names.items())
    )


@tls.command()
@_out
@_host
def renew(out: Path, hosts: tuple[str, ...]) -> None:
    """Sign a fresh certificate for the hub, with the authority in DIR. The devices need nothing new.

    Without --host it is for the names of the one before. Restart the hub afterwards.
    """
    try:
        until = renew_certificate(out, hosts, datetime.now(UTC))
    except HubError as error:
        exit_with(error.code, error.data)
    echo("tls.renewed", file=out / CERTIFICATE, until=f"{until:%Y-%m-%d}")
