"""`centerfloor forms`: which template of a form is in force, previews, and a copy of the templates to be edited."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import click

from centerfloor.problems import WRONG_INPUT, exit_on_os_error
from centerfloor.terminal import echo
from config.errors import ConfigurationError
from config.forms.engine import Output
from config.forms.own_templates import OwnTemplates, read_own_templates
from config.forms.reading import read_values
from config.forms.rendering import Sheet, render
from config.forms.samples import SAMPLES
from config.forms.versions import FORMS, SHIPPED, shipped_templates, template_in_force
from config.letter import printable, render_forms
from config.letter import render as render_letter
from service_floor.zone import ZONE

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
    """List each form with its templates; the one in force is marked."""
    own = OwnTemplates() if templates is None else read_own_templates(templates)
    for form in FORMS:
        chosen = template_in_force(form, _on(day), own.templates)
        for each in sorted((*shipped_templates(), *own.templates), key=lambda each: each.since):
            if each.form == form:
                mark = "*" if each == chosen else " "
                click.echo(f"{mark} {form}  {each.since}  {printable(str(each.file))}")
    _say_wrong(templates, own)


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
    _say_wrong(templates, OwnTemplates(mistakes=rendering.mistakes))


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


def _say_wrong(folder: Path | None, own: OwnTemplates) -> None:
    if folder is not None and own.mistakes:
        click.echo(render_forms(folder, own.mistakes), err=True, nl=False)
        sys.exit(1)
