"""`centerfloor dossiers` and `centerfloor catalogue`: imports, parsed row by row; each row that fails validation is
named."""

from pathlib import Path

import click

from centerfloor.ownership import keep_owner
from centerfloor.problems import WRONG_INPUT, exit_with
from centerfloor.terminal import echo, language, words_of_code
from config.catalogue.importer import import_file
from config.catalogue.reading import CatalogueFileError
from config.catalogue.records import CatalogueProblem
from config.letter import printable, sentence
from hub.database.storage import close_store, database_in, make_folder, open_store
from hub.dossiers.register import Register
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
    keep_owner(data)
    try:
        make_folder(data)
        engine = open_store(database_in(data))
        try:
            report = Register(engine).import_file(file)
        finally:
            close_store(engine)
    except HubError as error:
        exit_with(error.code, error.data)
    echo("dossiers.taken", taken=report.taken, refused=report.refused)
    for problem in report.problems[:_SHOWN]:
        why, found = words_of_code("row", problem.code), repr(problem.found)
        echo("dossiers.row", line=problem.line, column=problem.column, why=why, found=found)
    if report.refused > _SHOWN:
        echo("records.more", count=report.refused - _SHOWN)
    if report.refused:
        raise SystemExit(1)


@click.group()
def catalogue() -> None:
    """The catalogue of procedures."""


@catalogue.command("import")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
def import_catalogue(source: Path, target: Path) -> None:
    """Make the catalogue file TARGET of the published list SOURCE (JSON).

    Name the new file under [catalogue] in the configuration. What the list leaves open – a fee, the unit of a limit –
    stays unknown and is counted; a broken record is named and the others are taken. Exit status 1 where one was broken,
    2 where nothing could be taken: TARGET is then left as it was.
    """
    try:
        imported = import_file(source, target)
    except CatalogueFileError as error:
        click.echo(f"{error.problem.file}: {_problem(error.problem)}", err=True)
        raise SystemExit(WRONG_INPUT) from error
    if imported.procedures:
        echo("catalogue.taken", count=len(imported.procedures), file=target)
    else:
        echo("catalogue.nothing_taken", err=True, source=source, file=target)
    for trait, count in sorted(imported.traits.items()):
        click.echo(f"  {count:5} {words_of_code('trait', trait)}")
    for problem in imported.problems[:_SHOWN]:
        echo("catalogue.not_taken", err=True, problem=_problem(problem))
    if len(imported.problems) > _SHOWN:
        echo("records.more", err=True, count=len(imported.problems) - _SHOWN)
    if imported.problems or not imported.procedures:
        raise SystemExit(1 if imported.procedures else WRONG_INPUT)


def _problem(problem: CatalogueProblem) -> str:
    """Which record, where in it, what was found and what is allowed."""
    place = " ".join(part for part in (problem.record, problem.mistake.path) if part)
    said = sentence(problem.mistake, language())
    return f"{printable(place)}: {said}" if place else said
