"""Sample slips for technicians: what a program of this centre would print, with the longest real text that it has.

The programs' own functions fill them, so that nothing stands on a sample which does not stand on a slip.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from config.catalogue.reading import read_procedures
from config.model import Installation
from config.model.printers import abilities
from config.model.programs import CounterTerminal, Kiosk
from config.model.slips import SlipName
from config.slips.every import centre_values
from config.slips.placeholders import contents
from config.slips.templates import template_for
from counter_terminal.desk.papers import Papers
from counter_terminal.desk.setup import Paper
from counter_terminal.naming import desk_setup
from drivers.escpos.encoder import length_on
from drivers.filling import fill
from drivers.slip import Slip
from hub.messages import DossierView
from kiosk.flow.reference import Reference, reference_of
from kiosk.flow.slips import checklist_slip, ticket_slip
from kiosk.flow.state import Given
from kiosk.texts import load_texts
from plumbing.languages import LANGUAGES
from plumbing.sentences import load_sentences
from service_floor.procedures.catalogue import Catalogue
from service_floor.procedures.model import Procedure

_NOW: Final = datetime(2026, 11, 20, 1, 15, tzinfo=UTC)
_TICKET: Final = "01JDY3ZK8W5T7Q4KA1042XB9ME"
_AHEAD: Final = 88
_ESTIMATE_SECONDS: Final = 415 * 60
_SEQUENCE: Final = "-261120-0042"
_DAYS: Final = timedelta(days=5)
_OF_A_DOSSIER: Final = frozenset({"appointment", "apology"})


def sample_slip(installation: Installation, kiosk: Kiosk, name: SlipName, language: str) -> Slip:
    """The slip `name` for the paper of the kiosk's printer; those that no program fills yet have their examples."""
    return replace(_filled(installation, kiosk, name, language), job=f"sample-{name}")


def _filled(installation: Installation, kiosk: Kiosk, name: SlipName, language: str) -> Slip:
    if name == "ticket":
        reference = _reference(installation, kiosk)
        return ticket_slip(*_ticket(reference, language), reference, load_texts(language))
    if name == "checklist":
        reference, longest = _reference(installation, kiosk), _longest_procedure(installation)
        slip, _ = checklist_slip(longest, reference, load_texts(language))
        return slip
    if name in _OF_A_DOSSIER and (
        found := _of_a_dossier(installation, kiosk, Paper(name), language)
    ):
        return found
    return _from_examples(installation, kiosk, name, language)


def _reference(installation: Installation, kiosk: Kiosk) -> Reference:
    texts = {language: load_texts(language) for language in LANGUAGES}
    reference = reference_of(installation, kiosk, Catalogue([]), texts)
    if kiosk.printer is None:
        return reference
    return replace(reference, list_length=length_on(kiosk.printer))


def _ticket(reference: Reference, language: str) -> tuple[Given, tuple[int, ...]]:
    """A ticket of the service with the longest name, with the longest priority, and the counters that serve it."""
    service = max(reference.services.values(), key=lambda each: len(each.names.in_(language)))
    priorities = list(reference.priorities)
    series = service.series
    given = Given(
        id=_TICKET,
        number=f"{series.prefix}{series.last:0{series.width}d}",
        service=service.id,
        priority=max(
            priorities, key=lambda each: len(reference.priority_name(each, language)), default=None
        ),
        issued_at=_NOW,
        ahead=_AHEAD,
        estimate_seconds=_ESTIMATE_SECONDS,
    )
    return given, tuple(place.number for place in reference.places.get(service.id, ()))


def _longest_procedure(installation: Installation) -> Procedure:
    """The procedure for citizens with the longest name."""
    known = read_procedures(*map(Path, installation.catalogue.files)).procedures
    named = (each for each in known if not each.is_internal)
    values = contents()["checklist"].values
    example = Procedure(values["procedure_code"].sample, values["procedure"].sample, "", ())
    return max(named, key=lambda each: len(each.name), default=example)


def _of_a_dossier(
    installation: Installation, kiosk: Kiosk, paper: Paper, language: str
) -> Slip | None:
    """As the desk prints it; None where the centre has no counter terminal."""
    terminal = next(iter(installation.counter_terminals), None)
    if terminal is None:
        return None
    changes = {"printer": kiosk.printer, "language": language}
    desk: CounterTerminal = terminal.model_copy(update=changes)
    papers = Papers(desk_setup(installation, desk, load_sentences("counter_terminal", language)))
    dossier = _dossier(installation, language)
    offers = [each.id for each in papers.offers(dossier, _NOW) if each.id.startswith(paper)]
    return papers.slip(dossier, offers[-1], _NOW) if offers else None


def _dossier(installation: Installation, language: str) -> DossierView:
    prefixes = installation.centre.dossier_prefixes or ("H56.14",)
    return DossierView(
        code=max(prefixes, key=len) + _SEQUENCE,
        procedure=_longest_procedure(installation).name,
        agency=max((each.names.in_(language) for each in installation.agencies), key=len),
        status="in_progress",
        standing="overdue",
        received_at=_NOW - 2 * _DAYS,
        due_at=_NOW - _DAYS,
        finished_at=None,
        note="",
    )


def _from_examples(installation: Installation, kiosk: Kiosk, name: SlipName, language: str) -> Slip:
    paper_mm = abilities(kiosk.printer).paper_mm if kiosk.printer else 80
    template = template_for(installation.slips, name, language, paper_mm)
    known = contents()[name]
    values = {**known.example(), **centre_values(installation.centre, language)}
    return fill(name, template, values, known.example_lists())
