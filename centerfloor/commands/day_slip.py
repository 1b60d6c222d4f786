"""Closing slip of a day: its figures, and the hash by which a later change of the journal can be proven."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from centerfloor.calibration import calibrated
from centerfloor.commands.printer_setup import print_at_once
from centerfloor.installation import DEFAULT_STATE, device_of, installation_of
from config.model import Installation
from config.model.printers import abilities
from config.planning import floor_plan
from config.slips.every import centre_values
from config.slips.templates import template_for
from drivers.filling import fill
from hub.reports.day_report import DayReport, report_of
from hub.upkeep.verification import DayClosing
from plumbing.sentences import Sentences, load_sentences
from service_floor.queue.tickets import TicketState
from service_floor.vietnamese.formats import clock, short_date
from service_floor.zone import ZONE


def print_day(
    engine: Engine, closed: DayClosing, config_file: Path, device: str, language: str
) -> None:
    """Print the end of a day on the printer of a kiosk; if it does not print, the process ends with the reason."""
    installation = installation_of(config_file, ())
    kiosk = calibrated(device_of(installation.kiosks, device, "kiosks"), DEFAULT_STATE)
    judged = report_of(engine, floor_plan(installation, closed.day), closed.day)
    paper_mm = abilities(kiosk.printer).paper_mm if kiosk.printer else 80
    template = template_for(installation.slips, "day-report", language, paper_mm)
    words = load_sentences("centerfloor", language)
    figures = list(_figures(judged, installation, words)) if judged else []
    values = day_values(installation, closed, words, datetime.now(ZONE))
    slip = fill(f"day-{closed.day}", template, values, {"figures": figures})
    print_at_once(kiosk, DEFAULT_STATE, slip)


def day_values(
    installation: Installation, closed: DayClosing, words: Sentences, now: datetime
) -> Mapping[str, str]:
    """The placeholders of the day's slip."""
    return {
        **centre_values(installation.centre, words.language),
        "day": short_date(closed.day),
        "first_row": str(closed.first),
        "last_row": str(closed.last),
        "rows": str(closed.last - closed.first + 1),
        "hash": closed.hash,
        "open": "" if closed.over else words.say("day.open"),
        "printed_time": clock(now),
        "printed_date": short_date(now),
    }


def _figures(
    judged: DayReport, installation: Installation, words: Sentences
) -> Iterator[dict[str, str]]:
    figures = judged.figures
    yield _figure(words.say("day.issued"), figures.issued)
    for key, state in (("finished", TicketState.FINISHED), ("no_show", TicketState.NO_SHOW)):
        yield _figure(words.say(f"day.{key}"), figures.tickets.get(state, 0))
    yield _figure(words.say("day.calls"), judged.fairness.calls)
    yield _figure(words.say("day.unexplained"), judged.fairness.unexplained)
    named = {service.id: service for service in installation.services}
    for each in figures.services:
        service = named.get(each.service)
        name = service.names.in_(words.language) if service else each.service
        yield _figure(f"- {name}", each.issued)


def _figure(label: str, count: int) -> dict[str, str]:
    return {"figure": label, "value": str(count)}
