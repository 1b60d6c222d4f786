"""Composition root of the kiosk.

Order of events: sentences and procedures → reference → flow → stage and window → link to the hub → devices → clock.
Then presses, scans, answers, callbacks of devices and the clock reach the flow as events in the GUI thread, and its
intents go out: to the hub over its link, to the printer in a thread of its own. The outcome of a ticket's slip and the
printer's condition are reported to the hub.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, assert_never

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal

from config.catalogue.reading import open_catalogue
from config.model import Installation
from config.model.programs import Kiosk
from config.planning import floor_plan
from drivers.protocols import Alike, Appraisal, Sight
from drivers.scanners.preview import NewestPreview
from drivers.scanners.typed_scans import TypedScans
from drivers.slip import Align, Block, Text
from drivers.spool.jobs import id_of
from hub.client import Change, EnrolmentPrompt, EnrolmentSettings, Policy, address_of
from hub.client.offline.reserve import Terms
from hub.client.qt_link import QtLink
from hub.messages import Answer, AskDossier, AskTicket, Question, ReprintView, Topic
from kiosk.devices import KioskDevices
from kiosk.flow.answers import dossier_answer, issue_answer, place_answer, readmit_answer
from kiosk.flow.events import (
    Connected,
    Disconnected,
    Event,
    FloorChanged,
    PrinterChanged,
    ReprintsAsked,
    ReserveChanged,
    Scanned,
    Tapped,
    TicketRefused,
    TimePassed,
    Typed,
)
from kiosk.flow.intents import (
    AskTicketPlace,
    Intent,
    LookUpDossier,
    Print,
    ReadmitTicket,
    ReportOutcome,
    Reprint,
    StandIn,
    SubmitIssue,
)
from kiosk.flow.machine import KioskFlow
from kiosk.flow.reference import reference_of
from kiosk.flow.screens import Button
from kiosk.flow.slips import TICKET_JOB
from kiosk.flow.steps.reprints import is_open
from kiosk.texts import LANGUAGES, load_texts
from kiosk.views.stage import KioskView, Stage, guarded
from service_floor.dossiers.typed import changed_ticket, typed_by_scanner
from service_floor.dossiers.worth import appraisal
from service_floor.queue.commands import Command, IssueTicket, Readmit, ReportSlip
from service_floor.zone import ZONE

FLOOR_TOPICS: Final = (Topic.FLOOR, Topic.SERVICES, Topic.COUNTERS)
TOPICS: Final = (*FLOOR_TOPICS, Topic.REPRINTS)
TICK_MS: Final = 250
log = logging.getLogger("kiosk")


class KioskProgram(QObject):
    """The program of one kiosk: made by `compose`, begun by `start`, ended by `stop`. `view` is its window, `flow` what it shows."""

    _happened = Signal(object)
    _pictured = Signal()

    def __init__(
        self,
        flow: KioskFlow,
        view: KioskView,
        link: QtLink,
        settings: Kiosk,
        state: Path,
        appraise: Appraisal = Alike,
    ) -> None:
        super().__init__()
        self.view = view
        self.flow = flow
        self._link = link
        self._name = settings.name
        self._camera = NewestPreview(self._pictured.emit)
        self._devices = KioskDevices(
            settings, self._happened.emit, state, mark_of(settings), self._camera, appraise
        )
        self._last_press = ""
        self._heard_at = 0.0
        self._clock = QTimer(self, interval=TICK_MS)
        self._clock.timeout.connect(self._tick)
        self._happened.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._pictured.connect(self._show_camera, Qt.ConnectionType.QueuedConnection)
        view.stage.live.room_changed.connect(self._draw)
        view.stage.tapped.connect(lambda button, value: self._take(Tapped(Button(button), value)))
        view.stage.typed.connect(lambda key: self._take(Typed(key)))
        self._typed = TypedScans(view.isActive)
        self._typed.rank_by(lambda text: appraise(_typed(text)))
        self._typed.scanned.connect(lambda text: self._take(Scanned(_typed(text))))
        link.changed.connect(self._see)
        link.connected.connect(lambda up: self._take(Connected() if up else Disconnected()))
        link.recovered.connect(partial(self._take_ticket, 0))
        link.prompted.connect(self._show_enrolment)
        link.offered.connect(lambda left: self._take(ReserveChanged(left)))

    def start(self) -> None:
        """Connect, open the devices, let the clock run."""
        # Without it, a citizen who comes before the first tick would seem to stand there since the machine was started.
        self._tick()
        for heard in (self.view, self.view.contentItem()):
            heard.installEventFilter(self._typed)
        self._link.start()
        self._devices.open()
        self._clock.start()

    def stop(self) -> None:
        """End the clock and the devices; their last reports still go to the hub; then end link and window."""
        self._clock.stop()
        for heard in (self.view, self.view.contentItem()):
            heard.removeEventFilter(self._typed)
        self._typed.stop()
        self._devices.close()
        QCoreApplication.sendPostedEvents(self)
        self._link.blockSignals(True)
        self._link.stop()
        self.view.shut()

    @guarded
    def _take(self, event: Event) -> None:
        if isinstance(event, PrinterChanged):
            self._link.report_printer(event.status.health.value, event.status.reasons)
        for intent in self.flow.handle(event):
            self._carry_out(intent)
        self._draw()
        if isinstance(event, Scanned):
            self._devices.scan_handled()

    @guarded
    def _show_enrolment(self, prompt: EnrolmentPrompt | None) -> None:
        self.flow.enrolment_is(prompt)
        self._draw()

    def _draw(self) -> None:
        """Show the page; look through the camera as long as its picture stands there, and no longer."""
        picture, live = self.flow.picture(), self.view.stage.live
        self.view.stage.show(picture)
        room = live.room
        if picture.has_preview and not room.isEmpty():
            self._camera.want(Sight(room.width(), room.height(), mirrored=True))
        elif self._camera.wanted() is not None:
            self._camera.want(None)
            live.forget()

    def _show_camera(self) -> None:
        preview = self._camera.take()
        if preview is not None:
            self.view.stage.live.show(preview)

    def _carry_out(self, intent: Intent) -> None:
        match intent:
            case SubmitIssue(attempt, service, priority):
                press, then = IssueTicket((service,), priority), partial(self._take_ticket, attempt)
                self._last_press = self._link.send(press, Policy.HAND_OVER, then)
            case StandIn():
                self._link.stand_in(self._last_press)
            case LookUpDossier(attempt, code):
                self._ask(AskDossier(code=code), partial(dossier_answer, attempt))
            case AskTicketPlace(attempt, code):
                self._ask(AskTicket(code=code), partial(place_answer, attempt))
            case ReadmitTicket(attempt, ticket):
                self._ask(Readmit(ticket), partial(readmit_answer, attempt), Policy.DURABLE)
            case ReportOutcome(ticket, outcome, reason, reprint):
                report = ReportSlip(ticket, outcome.value, reason, reprint)
                self._link.send(report, Policy.DURABLE, partial(self._reported, intent))
            case Print(slip, label):
                self._devices.print(slip, label)
            case Reprint(slip, times, label):
                self._devices.reprint(slip, times, label)
            case _:
                assert_never(intent)

    def _ask(
        self,
        request: Command | Question,
        event_of: Callable[[Answer], Event],
        policy: Policy = Policy.REPEAT,
    ) -> None:
        """Send a request; `event_of` parses its answer into an event of the flow."""
        self._link.send(request, policy, lambda answer: self._take(event_of(answer)))

    def _reported(self, report: ReportOutcome, _answer: Answer) -> None:
        """Accepted or refused, the hub has it: it refuses only what it knows already, or a ticket it does not know."""
        self._devices.reported(TICKET_JOB + report.ticket, report.reprint, report.outcome)

    def _take_ticket(self, attempt: int, answer: Answer) -> None:
        """Show and print the ticket. The spool reports on a slip that an earlier run gave to it."""
        event = issue_answer(attempt, answer)
        if isinstance(event, TicketRefused) or not self._devices.knows(
            TICKET_JOB + event.ticket.id
        ):
            self._take(event)
        self._link.taken(answer.req)

    @guarded
    def _see(self, change: Change) -> None:
        if change.now is not None:
            self._heard_at = time.monotonic()
        mirror = self._link.mirror
        if change.touches(*FLOOR_TOPICS):
            self._take(FloorChanged(mirror.floor, dict(mirror.services), dict(mirror.counters)))
        if change.touches(Topic.REPRINTS):
            self._take(ReprintsAsked(tuple(self._wanted_again()), mirror.hub_now))

    def _wanted_again(self) -> Iterator[ReprintView]:
        """Reprints that are this kiosk's to make. The spool reports on those that an earlier run gave to it."""
        for asked in self._link.mirror.reprints.values():
            job = id_of(TICKET_JOB + asked.ticket, asked.reprint)
            if asked.kiosk == self._name and is_open(asked) and not self._devices.knows(job):
                yield asked

    def _tick(self) -> None:
        now = time.monotonic()
        self._take(TimePassed(now, self._hub_time(now)))

    def _hub_time(self, now: float) -> datetime | None:
        """The hub's clock, None while it is unknown."""
        heard = self._link.mirror.hub_now
        if heard is None or not self.flow.state.known.connected:
            return None
        return heard + timedelta(seconds=now - self._heard_at)


def _typed(text: str) -> str:
    """The code that a scanner has typed; of a ticket of an earlier version, what an input method has left of it. Empty
    where nothing is certain."""
    return typed_by_scanner(text) or changed_ticket(text) or ""


def mark_of(settings: Kiosk) -> Callable[[int], Block]:
    """The line above a reprint: staff reads it, so it is in the kiosk's own language."""
    texts = load_texts(settings.language)
    return lambda times: Text(
        texts.say("reprint.mark", times=times), Align.CENTRE, scale=2, bold=True
    )


def compose(installation: Installation, settings: Kiosk, state: Path) -> KioskProgram:
    """Put the kiosk of these settings together; `state` is the folder of its outbox and its numbers in advance."""
    texts = {language: load_texts(language) for language in LANGUAGES}
    catalogue, problems = open_catalogue(*map(Path, installation.catalogue.files))
    if problems:
        found, first = len(problems), problems[0]
        log.warning("catalogue: %d mistakes, first %s: %s", found, first.file, first.mistake.code)
    reference = reference_of(installation, settings, catalogue, texts)
    if settings.printer is not None:
        # The library behind the encoder takes time to load, and a kiosk without a printer needs none.
        from drivers.escpos.encoder import length_on

        reference = replace(reference, list_length=length_on(settings.printer))
    flow = KioskFlow(reference)
    view = KioskView(Stage(texts, flow.picture()))
    view.setTitle(installation.centre.name)
    address = address_of(installation, settings.name, settings.token, state)
    today = datetime.now(ZONE).date()
    terms = Terms(
        services=tuple(reference.services),
        plan=floor_plan(installation, today),
        age=timedelta(minutes=installation.offline.minutes),
        patience=timedelta(seconds=installation.offline.after_seconds),
    )
    enrolment = EnrolmentSettings("kiosk", state)
    link = QtLink(address, TOPICS, state / f"{settings.name}.outbox", terms, enrolment)
    appraise = appraisal(installation.centre.dossier_prefixes)
    return KioskProgram(flow, view, link, settings, state, appraise)
