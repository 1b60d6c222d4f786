"""`centerfloor forms`: which template of a form is in force, previews, printing, and a copy of the templates to be edited."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import click

from centerfloor.installation import config_option, device_of, installation_of
from centerfloor.problems import WRONG_INPUT, exit_on_os_error, exit_with
from centerfloor.terminal import echo, words_of_code
from config.errors import ConfigurationError, Mistake
from config.forms.engine import Output
from config.forms.own_templates import OwnTemplates, read_own_templates
from config.forms.printers import document_place
from config.forms.reading import read_values
from config.forms.rendering import Sheet, render
from config.forms.samples import SAMPLES
from config.forms.trial import mistakes_in_templates
from config.forms.versions import FORMS, SHIPPED, shipped_templates, template_in_force
from config.letter import printable, render_forms
from config.letter import render as render_letter
from config.model import Installation
from config.model.centre import Counter
from drivers.documents.cups import CupsDocuments
from drivers.documents.states import DocumentState
from drivers.errors import DeviceError
from plumbing.sentences import load_sentences
from service_floor.zone import ZONE

NOT_PRINTED: Final = 1
"""Exit status if a form did not surely come out."""
_KINDS: Final = ("usual", "longest", "blank")
_day = click.option("--day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="As it is in force on this day; today if left out.")  # fmt: skip
_templates = click.option("--templates", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="The centre's own templates.")  # fmt: skip


@click.group()
def forms() -> None:
    """Forms of the law on A4 and A5."""


@forms.command("list")
@_day
@_templates
def list_forms(day: datetime | None, templates: Path | None) -> None:
    """List each form with its templates; the one in force is marked. Own ones are tried with every sample.

    Exit status 1 where something is wrong with them.
    """
    own = OwnTemplates() if templates is None else read_own_templates(templates)
    for form in FORMS:
        chosen = template_in_force(form, _on(day), own.templates)
        for each in sorted((*shipped_templates(), *own.templates), key=lambda each: each.since):
            if each.form == form:
                mark = "*" if each == chosen else " "
                click.echo(f"{mark} {form}  {each.since}  {printable(str(each.file))}")
    if templates is not None:
        _say_wrong(templates, mistakes_in_templates(templates, datetime.now(ZONE)))


@forms.command()
@click.argument("form", type=click.Choice(tuple(FORMS)))
def fields(form: str) -> None:
    """List the fields of FORM, as a template and a file of --data have them."""
    for name, field in FORMS[form].model_fields.items():
        click.echo(f"{name}: {field.description}")


@forms.command()
@click.argument("form", type=click.Choice(tuple(FORMS)))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Where to: FILE.pdf, or FILE.png, of which each page gets its number.")  # fmt: skip
@click.option("--paper", type=click.Choice(("a4", "a5")), default="a4", show_default=True)
@click.option("--sample", type=click.Choice(_KINDS), default="usual", show_default=True, help="Made-up values: usual ones, the longest that are real, or none.")  # fmt: skip
@click.option("--data", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Values from a JSON file instead.")  # fmt: skip
@click.option("--archive", is_flag=True, help="Write PDF/A-2u, for the files of a dossier.")
@_day
@_templates
def preview(form: str, out: Path, templates: Path | None, **options: Any) -> None:
    """Typeset FORM with made-up values, to see how it looks.

    Exit status 1 where something is wrong with the own templates: the shipped ones are used then.
    """
    is_picture = out.suffix.lower() == ".png"
    output = Output.PNG if is_picture else Output.ARCHIVE if options["archive"] else Output.PDF
    with exit_on_os_error(out):
        values = _values(form, options["data"], options["sample"])
        now = datetime.now(ZONE)
        sheet = Sheet(options["paper"], output)
        rendering = render(values, _on(options["day"]), now, sheet, templates)
        for number, page in enumerate(rendering.pages, 1):
            file = out.with_stem(f"{out.stem}-{number}") if len(rendering.pages) > 1 else out
            file.write_bytes(page)
            echo("forms.written", file=file, template=rendering.template.file.name)
    _say_wrong(templates, rendering.mistakes)


@forms.command("print")
@config_option
@click.option("--device", required=True, metavar="NAME", help="The counter terminal that prints.")
@click.argument("form", type=click.Choice(tuple(FORMS)))
@click.option("--data", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Values from a JSON file; left out, the form is blank.")  # fmt: skip
def print_form(
    config_file: Path, changes: tuple[str, ...], device: str, form: str, data: Path | None
) -> None:
    """Print FORM where this counter terminal prints forms, and follow it until it is out.

    Exit status 1 if it did not come out.
    """
    installation = installation_of(config_file, changes)
    terminal = device_of(installation.counter_terminals, device, "counter_terminals")
    place = document_place(installation, terminal)
    if place is None:
        exit_with("no_document_printer", {"device": device})
    with exit_on_os_error(data or config_file):
        values = _values(form, data, "blank")
    now, own = datetime.now(ZONE), own_folder(installation, config_file)
    sheet = Sheet(place.printer.paper, printed_for=_marked(place.marked_for, terminal.language))
    rendering = render(values, now.date(), now, sheet, own)
    if own is not None and rendering.mistakes:
        click.echo(render_forms(own, rendering.mistakes), err=True, nl=False)
    try:
        printer = CupsDocuments(place.printer, device)
        job = printer.print(rendering.pdf, f"{device} {form}")
        if job is None:
            state = DocumentState.UNKNOWN
            _say_state(state)
        else:
            state = printer.follow(job, place.printer.patience_seconds, _say_state)
    except DeviceError as error:
        exit_with("document_unprinted", {"queue": place.printer.queue, "reason": error.reason})
    if state is not DocumentState.FINISHED:
        raise SystemExit(NOT_PRINTED)


@forms.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def copy(folder: Path) -> None:
    """Copy the shipped templates into FOLDER, to be edited. A file that is there already is left as it is."""
    with exit_on_os_error(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for shipped in sorted(SHIPPED.glob("*.typ")):
            target = folder / shipped.name
            if not target.exists():
                target.write_bytes(shipped.read_bytes())
                click.echo(target)


def own_folder(installation: Installation, config_file: Path) -> Path | None:
    """The centre's folder of templates; None where it uses the shipped ones."""
    folder = installation.forms.folder
    return config_file.parent / folder if folder else None


def _marked(counter: Counter | None, language: str) -> str:
    if counter is None:
        return ""
    name, number = counter.names.in_(language), f"{counter.number:02}"
    return load_sentences("centerfloor", language).say(
        "forms.printed_for", number=number, name=name
    )


def _say_state(state: DocumentState) -> None:
    click.echo(words_of_code("document", state))


def _on(day: datetime | None) -> date:
    return day.date() if day else datetime.now(ZONE).date()


def _values(form: str, data: Path | None, sample: str) -> Any:
    if data is None:
        return SAMPLES[form][sample]()
    try:
        return read_values(FORMS[form], data)
    except ConfigurationError as error:
        click.echo(render_letter(error), err=True, nl=False)
        sys.exit(WRONG_INPUT)


def _say_wrong(folder: Path | None, mistakes: tuple[Mistake, ...]) -> None:
    if folder is not None and mistakes:
        click.echo(render_forms(folder, mistakes), err=True, nl=False)
        sys.exit(1)
