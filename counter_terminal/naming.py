"""Builds the desk's settings from the configuration, with names in its language."""

from collections.abc import Sequence
from datetime import timedelta

from config.model import Installation
from config.model.centre import Reason
from config.model.names import Named as ConfiguredName
from config.model.printers import abilities
from config.model.programs import CounterTerminal
from config.planning import deadline_calendar, officers_at
from config.slips.every import centre_values
from config.slips.placeholders import contents
from config.slips.templates import form_name, template_for
from counter_terminal.desk.setup import DeskSetup, Named, Paper, PaperSetup
from plumbing.sentences import Sentences

PARK_MINUTES = (5, 10, 15, 20, 30, 45, 60)


def desk_setup(
    installation: Installation, terminal: CounterTerminal, sentences: Sentences
) -> DeskSetup:
    """What the desk of this terminal knows before it knows any floor."""

    def named(table: ConfiguredName) -> str:
        return table.names.in_(terminal.language)

    counter = next(c for c in installation.counters if c.id == terminal.counter)
    limit = installation.calling.park_limit_minutes
    return DeskSetup(
        sentences=sentences,
        counter=counter.id,
        counter_number=counter.number,
        counter_name=named(counter),
        profile=tuple(service for tier in counter.profile for service in tier),
        officers=tuple(
            Named(officer.id, officer.name) for officer in officers_at(installation, counter.id)
        ),
        services={service.id: named(service) for service in installation.services},
        counters={c.id: f"{c.number:02d} {named(c)}" for c in installation.counters},
        counters_of_service=_counters_of_service(installation),
        priorities={priority.id: named(priority) for priority in installation.priority_classes},
        pause_reasons=tuple(Named(r.id, named(r)) for r in installation.reasons.pause),
        call_reasons=tuple(Named(r.id, named(r)) for r in installation.reasons.out_of_order),
        no_show_reasons=_reasons(
            installation.reasons.no_show, sentences, "no_show_reason", terminal.language
        ),
        cancel_reasons=_reasons(
            installation.reasons.cancel, sentences, "cancel_reason", terminal.language
        ),
        park_minutes=tuple(minutes for minutes in PARK_MINUTES if minutes <= limit),
        own_dossiers=installation.centre.dossier_prefixes,
        pin_asked=installation.hub.officer_sign_in == "pin",
        has_camera=terminal.scanner is not None and terminal.scanner.kind == "camera",
        papers=_papers(installation, terminal),
        shortest_visit=timedelta(seconds=installation.calling.shortest_visit_seconds),
    )


def _counters_of_service(installation: Installation) -> dict[str, tuple[str, ...]]:
    return {
        service.id: tuple(
            c.id for c in installation.counters if any(service.id in tier for tier in c.profile)
        )
        for service in installation.services
    }


def _reasons(
    listed: Sequence[Reason], sentences: Sentences, section: str, language: str
) -> tuple[Named, ...]:
    """The centre's list. Where it has none, common ones, which are kept in the journal as they are worded."""
    if listed:
        return tuple(Named(reason.id, reason.names.in_(language)) for reason in listed)
    common = (sentences.say(f"{section}.{name}") for name in ("left", "mistake", "later"))
    return tuple(Named(wording, wording) for wording in common)


def _papers(installation: Installation, terminal: CounterTerminal) -> PaperSetup | None:
    """What its slips need; None for a desk without a printer."""
    if terminal.printer is None:
        return None
    # The library behind the encoder takes time to load, and a desk without a printer needs none.
    from drivers.escpos.encoder import length_on

    language, paper_mm = terminal.language, abilities(terminal.printer).paper_mm
    centre = centre_values(installation.centre, language)
    return PaperSetup(
        templates={
            paper: template_for(installation.slips, paper.value, language, paper_mm)
            for paper in Paper
        },
        blanks={
            paper: {**dict.fromkeys(contents()[paper.value].values, ""), **centre}
            for paper in Paper
        },
        form=lambda paper, day: form_name(paper.value, day, language),
        working_day=deadline_calendar(installation).working_day_after,
        list_length=length_on(terminal.printer),
        procedure_page=installation.catalogue.page,
    )
