"""View-models of looking things up: procedure search, one procedure, dossier status."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Literal

from config.slips.published import copies_of, fee_of, limit_of, page_on
from hub.messages import DossierView
from kiosk.flow.reference import Reference
from kiosk.flow.screens import (
    DossierScreen,
    Fact,
    Hit,
    Notice,
    Paper,
    ProcedureScreen,
    SearchScreen,
    SlipState,
    Tone,
)
from kiosk.flow.showing import Reader, reader_of, shows_picture
from kiosk.flow.state import DossierStage, State, Visit
from kiosk.flow.steps.citizen import can_print
from kiosk.texts import Sentences
from service_floor.dossiers.model import When
from service_floor.procedures.model import Procedure
from service_floor.vietnamese.formats import clock, short_date

HOW: Final = {
    Reader.NONE: "dossier.how_typing",
    Reader.SCANNER: "dossier.how",
    Reader.CAMERA: "dossier.how_camera",
    Reader.CAMERA_GONE: "dossier.camera_gone",
}


def search(state: State, _reference: Reference, texts: Sentences) -> SearchScreen:
    query = state.visit.query
    hits = tuple(Hit(hit.code, hit.name, hit.field) for hit in state.visit.hits)
    message = texts.say("search.nothing" if query.strip() else "search.hint")
    return SearchScreen(query, hits, "" if hits else message)


def procedure(state: State, reference: Reference, texts: Sentences) -> ProcedureScreen:
    shown = state.visit.procedure
    if shown is None:
        raise ValueError("the procedure page without a procedure")
    service = reference.service_for(shown)
    name = reference.service_name(service, texts.language) if service else ""
    prints = can_print(state, reference) and bool(shown.papers)
    return ProcedureScreen(
        name=shown.name,
        facts=tuple(_published(shown, texts)),
        papers=tuple(_papers(shown, texts)),
        take=texts.say("procedure.take", service=name) if name else "",
        print_list=texts.say("procedure.print_list") if prints else "",
        notice=_checklist_notice(state.visit, shown, reference, texts),
    )


def _published(procedure: Procedure, texts: Sentences) -> Iterator[Fact]:
    blank = texts.say("procedure.not_published")
    yield Fact(texts.say("procedure.limit"), limit_of(procedure, texts))
    yield Fact(texts.say("procedure.fee"), fee_of(procedure, texts))
    yield Fact(texts.say("procedure.agency"), procedure.agency or blank)
    yield Fact(texts.say("procedure.result"), ", ".join(procedure.results) or blank)
    yield Fact(texts.say("procedure.field"), procedure.field or blank)
    yield Fact(texts.say("procedure.code"), procedure.code)
    if procedure.decision:
        published = f"{procedure.decision} {procedure.published}".strip()
        yield Fact(texts.say("procedure.decision"), published)


def _papers(procedure: Procedure, texts: Sentences) -> Iterator[Paper]:
    group = ""
    for paper in procedure.papers:
        heading = paper.group if paper.group != group else ""
        group = paper.group
        yield Paper(paper.name, copies_of(paper, texts), heading, paper.is_remark)


def _checklist_notice(
    visit: Visit, procedure: Procedure, reference: Reference, texts: Sentences
) -> Notice:
    checklist = visit.checklist
    if checklist is SlipState.PRINTED and visit.omitted:
        template = reference.templates["checklist", texts.language]
        has_code = page_on(template, procedure, reference.procedure_page)
        key = "procedure.printed_short_code" if has_code else "procedure.printed_short"
        return Notice(texts.say(key), "good")
    notices: dict[SlipState, tuple[str, Tone]] = {
        SlipState.PRINTING: ("procedure.printing", "plain"),
        SlipState.PRINTED: ("procedure.printed", "good"),
        SlipState.SENT: ("procedure.sent", "plain"),
        SlipState.FAILED: ("procedure.print_failed", "warning"),
        SlipState.UNKNOWN: ("procedure.print_unknown", "warning"),
    }
    if checklist not in notices:
        return Notice()
    key, tone = notices[checklist]
    return Notice(texts.say(key), tone)


def dossier(state: State, reference: Reference, texts: Sentences) -> DossierScreen:
    inquiry = state.visit.inquiry
    view = inquiry.dossier
    if inquiry.stage is DossierStage.FOUND and view is not None:
        return DossierScreen(
            "found",
            view.code,
            headline=texts.say_code("status", view.status, {}),
            procedure=view.procedure,
            facts=tuple(_dossier_facts(view, texts)),
            notice=_standing(view, texts),
            take=texts.say("dossier.take"),
        )
    stage: Literal["typing", "asking"] = "typing"
    if inquiry.stage is DossierStage.ASKING:
        stage = "asking"
    return DossierScreen(
        stage,
        inquiry.code,
        notice=_inquiry_notice(state, reference, texts),
        preview=shows_picture(state, reference),
    )


def _inquiry_notice(state: State, reference: Reference, texts: Sentences) -> Notice:
    match stage := state.visit.inquiry.stage:
        case DossierStage.ASKING:
            return Notice(texts.say("dossier.asking"))
        case DossierStage.TYPING | DossierStage.FOUND:
            reader = reader_of(state, reference)
            tone: Tone = "warning" if reader is Reader.CAMERA_GONE else "plain"
            return Notice(texts.say(HOW[reader]), tone)
        case _:
            return Notice(texts.say(f"dossier.{stage.value}"), "warning")


def _dossier_facts(view: DossierView, texts: Sentences) -> Iterator[Fact]:
    yield Fact(texts.say("dossier.agency"), view.agency)
    dates = (
        ("dossier.received", view.received_at),
        ("dossier.due", view.due_at),
        ("dossier.finished", view.finished_at),
    )
    for key, moment in dates:
        if moment is not None:
            yield Fact(texts.say(key), _when(moment))


def _when(when: When) -> str:
    """The date, and the time where the register has one."""
    day = short_date(when)
    return f"{clock(when)}, {day}" if isinstance(when, datetime) else day


def _standing(view: DossierView, texts: Sentences) -> Notice:
    tones: dict[str, Tone] = {"on_time": "good", "done": "good", "overdue": "warning"}
    sentence = texts.entries.get(f"standing.{view.standing}", "")
    return Notice(sentence, tones.get(view.standing, "plain"))
