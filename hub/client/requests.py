"""Table of the open requests of one link: how each is delivered, which callback takes its answer, and what a retry sends.

Delivery is a `Policy`. Commands are durable: they are in the outbox before they are sent, and outlive the process.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from hub.client.outbox import Outbox
from hub.messages import Answer, ErrorBody, Question, WireError
from service_floor.queue.commands import (
    Command,
    HandInTicket,
    LeaseNumbers,
    ReportAnnounced,
    ReportSlip,
    ReturnNumbers,
)
from service_floor.queue.concerns.leasing import ticket_of_lease

NO_LINE: Final = "no_line"
"""Code of the answer that the link itself gives to a question with the policy `ONCE` when the connection is down."""
_FACTS: Final = (ReportSlip, ReportAnnounced, HandInTicket, LeaseNumbers, ReturnNumbers)


class Policy(Enum):
    """How a request is delivered.

    DURABLE: a command; kept in the outbox until it has an answer, sent again after a reconnect, also by the next run.
    HAND_OVER: as DURABLE; a granted command stays in the outbox until its program confirms with `Link.taken`.
    REPEAT: a question; asked again after a reconnect, forgotten with the process.
    ONCE: a question that must not wait, such as a PIN; without a connection its answer is `no_line`.
    """

    DURABLE = auto()
    HAND_OVER = auto()
    REPEAT = auto()
    ONCE = auto()


Then = Callable[[Answer], None]
"""Callback that takes the answer of a request, on the link's event loop, at most once."""
Adopter = Callable[[str, Command], tuple[Policy, Then]]
"""Finds policy and callback for a command in the outbox that this run did not send; gets its request id."""


def ignore(_answer: Answer) -> None:
    """Callback of a request after which nothing more is to be done."""


def adopt_and_ignore(_req: str, _command: Command) -> tuple[Policy, Then]:
    """Adopter that delivers what an earlier run left in the outbox, and drops the answers."""
    return Policy.DURABLE, ignore


@dataclass(slots=True)
class _OpenRequest:
    """`request` is None if it is never sent again; `in_hand`: granted, and not confirmed with `Link.taken` yet."""

    request: Command | Question | None
    policy: Policy
    then: Then
    in_hand: bool = False


class OpenRequests:
    """One link's requests without an answer, by request id. Used on its event loop only."""

    def __init__(self, outbox: Outbox, adopt: Adopter) -> None:
        self._outbox = outbox
        self._adopt = adopt
        self._open: dict[str, _OpenRequest] = {}

    def add(self, req: str, request: Command | Question, policy: Policy, then: Then) -> None:
        """Enter a request; only then may it be sent. Raises sqlite3.Error if it cannot be kept, and enters nothing."""
        if policy in {Policy.DURABLE, Policy.HAND_OVER}:
            self._outbox.keep(req, request)  # type: ignore[arg-type]  # only commands are durable
        # A PIN stays in no memory longer than it takes to send it.
        kept = None if policy is Policy.ONCE else request
        self._open[req] = _OpenRequest(kept, policy, then)

    def awaits(self, req: str) -> bool:
        """Whether this request was entered and has no answer yet."""
        return req in self._open and not self._open[req].in_hand

    def find(self, req: str) -> Command | Question | None:
        """The request of this id while it has no answer, for a retry."""
        return self._open[req].request if self.awaits(req) else None

    def to_resend(self) -> Iterator[tuple[str, Command | Question]]:
        """What a new connection starts with: all of the outbox, oldest first, then the questions."""
        for req, command in self._outbox.pending():
            if req not in self._open:
                self._open[req] = _OpenRequest(command, *self._adopt(req, command))
            if not self._open[req].in_hand:
                yield req, command
        for req, entry in self._open.items():
            if entry.policy is Policy.REPEAT and entry.request is not None:
                yield req, entry.request

    def lost(self) -> list[Answer]:
        """The answers to questions that a lost connection has left without one, and that are not asked again."""
        once = [req for req, entry in self._open.items() if entry.policy is Policy.ONCE]
        return [no_line(req) for req in once]

    def settle(self, answer: Answer) -> bool:
        """Take an answer and hand it to its callback, unless the request already had one.

        False if the hub could not carry out the command now: it stays open, and is to be sent again.
        """
        if not self.awaits(answer.req):
            return True
        entry = self._open[answer.req]
        durable = entry.policy in {Policy.DURABLE, Policy.HAND_OVER}
        if durable and self._needs_retry(answer, entry.request):
            return False
        if answer.ok and entry.policy is Policy.HAND_OVER:
            # If the process ended now, what it was given would be lost: the next run asks again, and gets the same answer.
            entry.in_hand = True
        else:
            del self._open[answer.req]
            if durable:
                self._outbox.settle(answer.req)
        entry.then(answer)
        return True

    def taken(self, req: str) -> None:
        """What followed from a granted answer is on disk elsewhere: the request may be forgotten."""
        if req in self._open and self._open[req].in_hand:
            del self._open[req]
            self._outbox.settle(req)

    def _needs_retry(self, answer: Answer, request: Command | Question | None) -> bool:
        """A fact must not get lost, so its retries go on while the hub cannot write; a person decides for themselves."""
        if answer.error is None:
            return False
        match answer.error.code:
            case WireError.BUSY:
                return True
            case WireError.STORAGE:
                return isinstance(request, _FACTS)
            case WireError.UNKNOWN_TICKET:
                return isinstance(request, ReportSlip) and self._is_handed_in_later(request.ticket)
        return False

    def _is_handed_in_later(self, ticket: str) -> bool:
        """Whether the hub does not know a ticket only because its hand-in is still open."""
        hand_ins = (e.request for e in self._open.values() if isinstance(e.request, HandInTicket))
        return any(ticket_of_lease(each.lease, each.number) == ticket for each in hand_ins)


def no_line(req: str) -> Answer:
    """The answer to a question that needs a connection now, while the link has lost it."""
    return Answer(req=req, ok=False, error=ErrorBody(code=NO_LINE))


def not_kept(req: str) -> Answer:
    """The answer to a command that cannot be written to the outbox."""
    return Answer(req=req, ok=False, error=ErrorBody(code=WireError.STORAGE))
