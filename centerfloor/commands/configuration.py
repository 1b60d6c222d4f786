"""`centerfloor config`: validates a configuration file and lists what it will do."""

from datetime import UTC, datetime
from pathlib import Path

import click

from centerfloor.installation import installation_of
from config.advice import advice
from config.catalogue.reading import open_catalogue
from config.checks.files import check_files, check_secrets
from config.errors import Mistake
from config.letter import printable, render_advice, sentence
from config.model import Installation
from config.secrets_file import secrets_of_machine
from plumbing.languages import LANGUAGES
from plumbing.sentences import load_sentences

_SHOWN = 20


@click.group()
def config() -> None:
    """The configuration of a centre."""


@config.command()
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--language", type=click.Choice(LANGUAGES), default="vi", show_default=True)
def check(file: Path, language: str) -> None:
    """Read FILE and name all its mistakes in one letter.

    Exit status 0 where the file is right, 2 where it is not.
    """
    installation = installation_of(file, (), language, secrets=secrets_of_machine(file)[1])
    catalogue, problems = open_catalogue(*map(Path, installation.catalogue.files))
    codes = {
        procedure.code for field in catalogue.fields() for procedure in catalogue.in_field(field)
    }
    centre = installation.centre
    counts = {
        kind: len(getattr(installation, kind))
        for kind in ("agencies", "services", "counters", "officers", "kiosks")
    } | {
        "terminals": len(installation.counter_terminals),
        "boards": len(installation.boards),
        "agents": len(installation.agents),
        "procedures": len(catalogue),
        "unreadable": len(problems),
    }
    words = load_sentences("centerfloor", language)
    click.echo(words.say("checked.right", file=file, centre=centre.names.in_(language), **counts))
    for problem in problems[:_SHOWN]:
        place = " ".join(p for p in (problem.file, problem.record, problem.mistake.path) if p)
        click.echo(f"    {printable(place)}: {sentence(problem.mistake, language)}")
    points = (
        *advice(installation, catalogue.fields(), codes),
        *_files(installation),
        *check_secrets(file),
    )
    if said := render_advice(file, points, language):
        click.echo(f"\n{said}", nl=False)


def _files(installation: Installation) -> tuple[Mistake, ...]:
    """What is to be said of the files that the configuration names."""
    if installation.hub.tls is None and not installation.slips:
        return ()
    # Certificates and pictures take libraries that cost a tenth of the command.

    return tuple(check_files(installation, datetime.now(UTC)))
