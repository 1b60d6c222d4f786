"""`centerfloor dossiers` and `centerfloor catalogue`: records from outside, taken row by row, each bad row named."""

from pathlib import Path

import click

from centerfloor.problems import end_with
from hub.errors import HubError

_SHOWN = 20


@click.group()
def dossiers() -> None:
    """The register of dossiers."""


@dossiers.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--data", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="The data folder of the hub.")  # fmt: skip
def import_dossiers(file: Path, data: Path) -> None:
    """Take an export of the one-stop software (CSV, UTF-8) into the hub's register.

    The hub may be running. A row that cannot be read is named with its line and what was found; the others are taken.
    Exit status 1 where a row was not taken.
    """
    from hub.register import Register
    from hub.storage import close_store, database_in, open_store

    data.mkdir(parents=True, exist_ok=True)
    try:
        engine = open_store(database_in(data))
        try:
            report = Register(engine).import_file(file)
        finally:
            close_store(engine)
    except HubError as error:
        end_with(error.code, error.data)
    click.echo(f"{report.taken} dossiers taken, {report.refused} rows refused")
    for problem in report.problems[:_SHOWN]:
        click.echo(
            f"  line {problem.line}, {problem.column}: {problem.code}, found {problem.found!r}"
        )
    if report.refused:
        raise SystemExit(1)
