"""`centerfloor config`: is this file right, and what will it do?"""

from pathlib import Path

import click

from centerfloor.installation import installation_of


@click.group()
def config() -> None:
    """The configuration of a centre."""


@config.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Read FILE and name all its mistakes in one letter.

    Exit status 0 where the file is right, 2 where it is not.
    """
    installation = installation_of(file, ())
    centre = installation.centre
    click.echo(
        f"{file}: OK – {centre.name}\n"
        f"  {len(installation.agencies)} agencies, {len(installation.services)} services, "
        f"{len(installation.counters)} counters, {len(installation.officers)} officers\n"
        f"  {len(installation.kiosks)} kiosks, {len(installation.counter_terminals)} counter terminals, "
        f"{len(installation.boards)} boards, {len(installation.agents)} agents"
    )
