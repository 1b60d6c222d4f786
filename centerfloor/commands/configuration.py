"""`centerfloor config`: validates a configuration file and lists what it will do."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from centerfloor.installation import installation_of
from config.advice import advice
from config.catalogue.reading import read_procedures
from config.checks.files import check_files, check_secrets
from config.letter import printable, render_advice, render_forms, sentence
from config.secrets_file import secrets_of_machine
from plumbing.languages import LANGUAGES
from plumbing.sentences import load_sentences

_SHOWN = 20


@contextmanager
def _without_collector() -> Iterator[None]:
    """Leave garbage to the end of the process: the collector takes a sixth of a command that ends at once."""
    gc.disable()
    atexit.register(gc.freeze)
    try:
        yield
    finally:
        gc.enable()


@click.group()
def config() -> None:
    """The configuration of a centre."""


@config.command()
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--language", type=click.Choice(LANGUAGES), default="vi", show_default=True)
@_without_collector()
def check(file: Path, language: str) -> None:
    """Read FILE and name all its mistakes in one letter.

    Exit status 0 where the file is right, 2 where it is not.
    """
    secrets = secrets_of_machine(file)
    installation = installation_of(file, (), language, secrets=secrets.is_here)
    catalogue = read_procedures(*map(Path, installation.catalogue.files))
    for_citizens = [each for each in catalogue.procedures if not each.is_internal]
    centre = installation.centre
    counts = {
        kind: len(getattr(installation, kind))
        for kind in ("agencies", "services", "counters", "officers", "kiosks")
    } | {
        "terminals": len(installation.counter_terminals),
        "boards": len(installation.boards),
        "agents": len(installation.agents),
        "procedures": len(catalogue.procedures),
        "unreadable": len(catalogue.problems),
    }
    words = load_sentences("centerfloor", language)
    click.echo(words.say("checked.right", file=file, centre=centre.names.in_(language), **counts))
    for problem in catalogue.problems[:_SHOWN]:
        place = " ".join(p for p in (problem.file, problem.record, problem.mistake.path) if p)
        click.echo(f"    {printable(place)}: {sentence(problem.mistake, language)}")
    points = (
        *advice(
            installation,
            dict.fromkeys(each.field for each in for_citizens),
            {each.code for each in for_citizens},
        ),
        *check_files(installation, datetime.now(UTC)),
        *check_secrets(secrets),
    )
    if said := render_advice(file, points, language):
        click.echo(f"\n{said}", nl=False)
    if installation.forms.folder:
        _try_forms(file.parent / installation.forms.folder, language)


def _try_forms(folder: Path, language: str) -> None:
    """Say what is wrong with the centre's own templates of forms."""
    # Only a centre with templates of its own pays for the engine.
    from config.forms.trial import mistakes_in_templates

    if said := render_forms(folder, mistakes_in_templates(folder, datetime.now(UTC)), language):
        click.echo(f"\n{said}", nl=False)
