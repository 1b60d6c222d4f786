"""`centerfloor report`: report of a day from the journal. It only reads, and the hub may be running."""

import csv
from datetime import date, datetime
from pathlib import Path

import click

from centerfloor.installation import config_option, installation_of
from centerfloor.problems import exit_with
from config.planning import floor_plan
from hub.database.storage import database_in, open_store
from hub.errors import HubError, HubProblem
from hub.reports.day_report import DayReport, report_of
from hub.reports.fairness_page import FairnessPage
from hub.reports.names import Names
from plumbing.languages import LANGUAGES
from plumbing.private_files import open_private
from plumbing.sentences import load_sentences
from service_floor.queue.planning.plan import FloorPlan
from service_floor.zone import ZONE

NOT_EXPLAINED = 1
"""Exit status if a call, or a way in or out of the queue, has neither rule nor reason."""


@click.group()
def report() -> None:
    """Reports of a day."""


@report.command()
@config_option
@click.option("--data", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="The data folder of the hub.")  # fmt: skip
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), metavar="D", help="Business day, e.g. 2026-11-20; today where it is left out.")  # fmt: skip
@click.option("--language", type=click.Choice(LANGUAGES), default="vi", show_default=True)
@click.option("--csv", "sheet", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Also write every call and every way in or out of the queue, for a spreadsheet.")  # fmt: skip
def fairness(
    config_file: Path,
    changes: tuple[str, ...],
    data: Path,
    day: datetime | None,
    language: str,
    sheet: Path | None,
) -> None:
    """Was it fair: for each call who had waited longest, who was called, and why where these differ; and for each way
    into or out of the queue who did it, and by which rule or for what reason.

    Exit status 0 where every call and every way has its rule or its reason, 1 where one has neither,
    2 where the day cannot be read.
    """
    installation = installation_of(config_file, changes, language)
    wanted = day.date() if day else datetime.now(ZONE).date()
    judged = _judged(data, floor_plan(installation, wanted), wanted)
    names = Names.of(installation, language)
    sentences = load_sentences("hub.reports", language)
    page = FairnessPage(judged, names, sentences, str(config_file))
    click.echo(page.text(), nl=False)
    if sheet is not None:
        _write(page, sheet)
    if not judged.fairness.is_explained:
        raise SystemExit(NOT_EXPLAINED)


def _judged(data: Path, plan: FloorPlan, day: date) -> DayReport:
    # Opening a database that does not exist would make an empty one.
    if not (data / "floor.db").is_file():
        exit_with(HubProblem.NO_JOURNAL, {"folder": str(data)})
    try:
        engine = open_store(database_in(data))
        try:
            judged = report_of(engine, plan, day)
        finally:
            engine.dispose()
    except HubError as error:
        exit_with(error.code, error.data)
    if judged is None:
        exit_with("no_such_day", {"day": day.isoformat(), "folder": str(data)})
    return judged


def _write(page: FairnessPage, sheet: Path) -> None:
    """Write CSV with the byte order mark by which Excel knows UTF-8."""
    try:
        with open_private(sheet, encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(page.rows())
    except OSError as problem:
        reason = problem.strerror or str(problem)
        exit_with("file_unwritable", {"file": str(sheet), "reason": reason})
