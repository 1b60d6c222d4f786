"""Effects of the sessions: hands requests to the floor service, PINs and enrolments to authentication, frames to sockets."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import replace
from time import monotonic
from typing import Final, assert_never

from hub.accounts.authentication import Authentication, IssuedToken
from hub.accounts.enrolment import GOOD_FOR, EnrolKind
from hub.accounts.pin_check import PROVEN_SECONDS, PinProof, answer_pin
from hub.floor.decider import Request
from hub.messages import CloseCode, WireError
from hub.wire.clients import Client, Clients, put_on_wires
from hub.wire.floor_service import FloorService, busy
from hub.wire.handshakes import HandshakeGuard
from hub.wire.session import (
    CheckPin,
    Close,
    Effect,
    LookUp,
    RecordAttached,
    RecordHeartbeat,
    Send,
    StartEnrolment,
    Submit,
    Welcome,
)
from plumbing.limits import UNANSWERED_OF_CONNECTION as MOST_UNANSWERED
from plumbing.limits import WRITE_BUFFER_BYTES as LARGEST_BUFFER
from service_floor.queue.actors import Actor, Role

log = logging.getLogger("hub")

# A kiosk that comes back must not share its name with its own dead connection; a board may hang on several screens.
_ONE_AT_A_TIME: Final = frozenset({Role.KIOSK, Role.COUNTER, Role.AGENT})


class SessionEffects:
    """Carries out the effects of all sessions, on the event loop. Questions and PINs are tasks; nothing else waits."""

    def __init__(
        self,
        floor_service: FloorService[Client],
        authentication: Authentication,
        clients: Clients,
        guard: HandshakeGuard,
    ) -> None:
        self._floor_service = floor_service
        self._authentication = authentication
        self._clients = clients
        self._guard = guard

    def carry_out(self, client: Client, effects: Iterable[Effect]) -> None:
        """Carry out the effects of one frame, in their order."""
        for effect in effects:
            match effect:
                case Submit():
                    self._submit(client, effect)
                case Send(text):
                    put_on_wires((client,), text)
                case RecordHeartbeat(actor, seq, shown):
                    self._floor_service.heartbeat(actor, seq, shown)
                case RecordAttached(actor, devices):
                    self._floor_service.presence.attach(actor, devices)
                case LookUp():
                    client.spawn(self._answer(client, effect))
                case CheckPin():
                    self._prove(client, effect)
                case StartEnrolment(kind):
                    self._start_enrolment(client, kind)
                case Welcome():
                    self._welcome(client, effect)
                case Close(code):
                    if code is CloseCode.WRONG_TOKEN and client.actor is None:
                        self._guard.note_wrong_token(client.wire)
                    client.spawn(client.wire.close(code))
                case _:
                    assert_never(effect)

    def _submit(self, client: Client, order: Submit) -> None:
        if client.unanswered >= MOST_UNANSWERED:
            put_on_wires((client,), busy(order.req))
            return
        client.unanswered += 1

        def reply(text: str) -> None:
            client.unanswered -= 1
            put_on_wires((client,), text)

        actor = order.actor
        if client.proof is not None and monotonic() < client.proof.until:
            actor = replace(actor, proven=client.proof.officer)
        self._floor_service.submit(Request(actor, order.req, order.command, reply))

    async def _answer(self, client: Client, ask: LookUp) -> None:
        if len(client.tasks) > MOST_UNANSWERED:
            put_on_wires((client,), busy(ask.req))
            return
        answer = await self._floor_service.answer(ask.req, ask.question)
        put_on_wires((client,), answer.model_dump_json())

    def _prove(self, client: Client, order: CheckPin) -> None:
        """One PIN at a time: while the first is being checked, a second is answered `busy`."""
        if client.proving:
            put_on_wires((client,), busy(order.req))
            return
        client.proving = True
        client.spawn(self._check_pin(client, order))

    async def _check_pin(self, client: Client, order: CheckPin) -> None:
        try:
            answer = await answer_pin(
                self._authentication, order.req, order.question, order.actor.device
            )
        finally:
            client.proving = False
        if answer.ok:
            client.proof = PinProof(order.question.officer, monotonic() + PROVEN_SECONDS)
        put_on_wires((client,), answer.model_dump_json())

    def _start_enrolment(self, client: Client, kind: EnrolKind) -> None:
        def admit(issued: IssuedToken) -> None:
            self.carry_out(client, client.session.enrolled(issued.device, issued.token))

        def give_way() -> None:
            client.code = None
            self.carry_out(client, client.session.not_enrolled(WireError.TOO_MANY_WAITING))

        self._clients.let_wait(client)
        waiting = self._authentication.request_enrolment(kind, client.address, admit, give_way)
        client.code = waiting.code
        shown = client.session.show_code(waiting.code, waiting.opened_at, waiting.expires_at)
        self.carry_out(client, shown)
        loop = asyncio.get_running_loop()
        client.hurry = loop.call_later(GOOD_FOR.total_seconds(), self._let_expire, client)

    def _let_expire(self, client: Client) -> None:
        if client.code is not None:
            self._authentication.cancel_enrolment(client.code)
        self.carry_out(client, client.session.not_enrolled(WireError.CODE_EXPIRED))

    def _welcome(self, client: Client, welcome: Welcome) -> None:
        if client.actor is None:
            self._make_room(welcome.actor)
            self._clients.welcome(client, welcome.actor)
            self._floor_service.presence.connect(welcome.actor)
            log.info("%s is here as %s", welcome.actor.device, welcome.actor.role)
        feed = self._floor_service.feed
        if welcome.rows is not None and welcome.position and welcome.position[0] != feed.epoch:
            self._floor_service.loss.note_seen(welcome.actor.device, welcome.rows)
        sent = feed.join(client, welcome.topics, welcome.position, self._floor_service.now)
        # A snapshot may itself be larger than what a slow reader is allowed to leave in the buffer.
        client.allowance = LARGEST_BUFFER + 2 * sent

    def _make_room(self, actor: Actor) -> None:
        if actor.role not in _ONE_AT_A_TIME:
            return
        for other, _ in self._clients.of_devices([actor.device]):
            log.info("%s has come in again, its older connection gives way", actor.device)
            self.carry_out(other, other.session.be_replaced())
