"""Offline fallback of a kiosk: it leases numbers in advance, and gives them to presses that the hub does not answer."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hub.client.link import Link, Listener, new_request_id
from hub.client.mirror import Change
from hub.client.offline.hub_clock import HubClock, KioskClocks
from hub.client.offline.lease_book import LeaseBook
from hub.client.offline.leasing import Leasing, log_refusal
from hub.client.outbox import Outbox
from hub.client.requests import Adopter, Policy, Then, adopt_and_ignore
from hub.messages import Answer, TicketView, Topic
from service_floor.queue.commands import (
    Command,
    HandInTicket,
    IssueTicket,
    LeaseNumbers,
    ReportSlip,
    ReturnNumbers,
)
from service_floor.queue.concerns.leasing import ticket_of_lease
from service_floor.queue.planning.hours import issuing_session
from service_floor.queue.planning.plan import FloorPlan, Session
from service_floor.zone import business_day

log = logging.getLogger("hub.client")

HAND_IN: Final = "hand-in-"
LOOK_SECONDS: Final = 1.0
NOTE_EVERY: Final = timedelta(seconds=60)
RESTARTED: Final = "restarted"


@dataclass(frozen=True, slots=True)
class Terms:
    """For which services numbers are held, by which plan, the age limit after the hub's last contact, and how long a program
    that has just begun waits for the hub before it offers them."""

    services: tuple[str, ...]
    plan: FloorPlan
    age: timedelta
    patience: timedelta


class Reserve:
    """Stands between a link and its listener, on the link's thread.

    `on_offer` is the callback for how many numbers of each service could be given now. `adopt` finds policy and callback
    for commands of an earlier run that are not the reserve's own.
    """

    def __init__(
        self,
        terms: Terms,
        outbox: Outbox,
        listener: Listener,
        on_offer: Callable[[Mapping[str, int]], None],
        clocks: KioskClocks,
        adopt: Adopter = adopt_and_ignore,
    ) -> None:
        self._terms = terms
        self._outbox = outbox
        self._book = LeaseBook(outbox)
        self._listener = listener
        self._on_offer = on_offer
        self._adopt = adopt
        self._clock = HubClock(clocks, self._book.last_word())
        self._steady = clocks.steady
        self._began: float | None = clocks.steady()
        self._noted: datetime | None = None
        self._link: Link | None = None
        self._up = False
        self._leasing = Leasing(
            terms.services, terms.plan.lease_numbers, self._book, self._report_offer
        )
        self._offered: dict[str, int] | None = None

    def attach(self, link: Link) -> None:
        """Take the link that has this as listener and adopter; called once, before it runs."""
        self._link = link
        pending = [command for _, command in self._outbox.pending()]
        reported = {command.ticket for command in pending if isinstance(command, ReportSlip)}
        for command in pending:
            if isinstance(command, HandInTicket):
                ticket = ticket_of_lease(command.lease, command.number)
                if ticket not in reported:
                    # Whether the run that gave it came to print it is unknown.
                    self._keep_quietly(ReportSlip(ticket, "unknown", RESTARTED))

    def adopt(self, req: str, command: Command) -> tuple[Policy, Then]:
        """Policy and callback of a command that is in the outbox and was not sent in this run."""
        match command:
            case LeaseNumbers(service=service) if self._link is not None:
                return Policy.DURABLE, self._leasing.asked(self._link, service)
            case HandInTicket():
                return Policy.DURABLE, _log_hand_in
            case ReturnNumbers():
                return Policy.DURABLE, log_refusal
            case _:
                return self._adopt(req, command)

    async def run(self) -> None:
        """Report what can be given as time passes, until cancelled."""
        while True:
            self._report_offer()
            await asyncio.sleep(LOOK_SECONDS)

    def changed(self, change: Change) -> None:
        """The hub was heard."""
        if change.now is not None:
            self._note(change.now)
        self._listener.changed(change)
        if self._up and self._link is not None and change.touches(Topic.FLOOR, Topic.SERVICES):
            self._leasing.look_after(self._link)

    def connected(self, up: bool) -> None:
        """The line stands, or is lost."""
        self._up = up
        self._began = None
        self._listener.connected(up)
        self._report_offer()

    def stand_in(self, req: str) -> None:
        """Answer a press with a number held in advance, unless the hub is connected or has answered, or no number is left."""
        press = self._outbox.find(req)
        if self._up or self._link is None or not isinstance(press, IssueTicket):
            return
        if not self._link.awaits(req):
            return
        now = self._clock.now()
        service = press.services[0] if len(press.services) == 1 else ""
        if now is None or not self._may_give(service, now):
            return

        def hand_in(lease: str, number: str) -> tuple[str, HandInTicket]:
            ticket = ticket_of_lease(lease, number)
            command = HandInTicket(lease, number, service, now, press.priority, req)
            return HAND_IN + ticket, command

        try:
            given = self._book.give(service, business_day(now), req, hand_in)
        except sqlite3.Error as problem:
            log.error("a number held in advance cannot be given: %s", problem)
            return
        if given is not None:
            self._link.settle(_answer(req, *given, press, now))
            self._report_offer()

    def _may_give(self, service: str, now: datetime) -> bool:
        planned, silence = self._terms.plan.services.get(service), self._clock.silence()
        if (
            not self._terms.plan.lease_numbers
            or planned is None
            or silence is None
            or silence > self._terms.age
        ):
            return False
        session = issuing_session(self._terms.plan.hours, planned.sessions, now)
        return isinstance(session, Session)

    def _offer(self) -> dict[str, int]:
        """How many numbers of each service could be given now."""
        now = self._clock.now()
        if now is None or self._is_just_begun():
            return {}
        try:
            held = self._book.held(business_day(now))
        except sqlite3.Error as problem:
            log.error("the numbers held in advance cannot be read: %s", problem)
            return {}
        return {service: n for service, n in held.items() if self._may_give(service, now)}

    def _is_just_begun(self) -> bool:
        waited = None if self._began is None else timedelta(seconds=self._steady() - self._began)
        return waited is not None and waited < self._terms.patience

    def _report_offer(self) -> None:
        offered = self._offer()
        if offered != self._offered:
            self._offered = offered
            self._on_offer(dict(offered))

    def _note(self, hub_now: datetime) -> None:
        word = self._clock.hear(hub_now)
        if self._noted is not None and abs(hub_now - self._noted) < NOTE_EVERY:
            return
        try:
            self._book.note(word)
            self._noted = hub_now
        except sqlite3.Error as problem:
            log.warning("the hub's last word cannot be noted: %s", problem)

    def _keep_quietly(self, report: ReportSlip) -> None:
        try:
            self._outbox.keep(new_request_id(), report)
        except sqlite3.Error as problem:
            log.error("a slip's fate cannot be kept: %s", problem)


def _log_hand_in(answer: Answer) -> None:
    """A ticket that the hub could not take in stays visible here, beside its row in the journal."""
    log_refusal(answer)
    if answer.error is None and not answer.result:
        log.warning("%s came after its day: the hub keeps it as a row of the journal", answer.req)


def _answer(req: str, lease: str, number: str, press: IssueTicket, now: datetime) -> Answer:
    """What the hub would have answered, as far as this kiosk can know it."""
    ticket = TicketView(
        id=ticket_of_lease(lease, number),
        number=number,
        state="waiting",
        service=press.services[0],
        counter=None,
        next_services=(),
        priority=press.priority,
        priority_confirmed=None,
        issued_at=now,
        arrived_at=now,
        calls=0,
        called_at=None,
        started_at=None,
        parked_until=None,
        slip="",
        offline=True,
    )
    result = {"ticket": ticket.model_dump(mode="json"), "ahead": None, "estimate_seconds": None}
    return Answer(req=req, ok=True, result=result)
