"""Whatever officers do in whatever order under whatever clock, the promises about dossiers hold."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from service_floor.dossiers.deadlines.appointment import promised
from service_floor.dossiers.deeds import acceptance as a
from service_floor.dossiers.deeds import bags as b
from service_floor.dossiers.deeds import lateness as la
from service_floor.dossiers.deeds import progress as p
from service_floor.dossiers.deeds import slips as sl
from service_floor.dossiers.deeds import supplements as su
from service_floor.dossiers.deeds import taking as t
from service_floor.dossiers.deeds import undoing as u
from service_floor.dossiers.deeds import visits as v
from service_floor.dossiers.deeds.day_closing import CloseDossierDay, DossierDayClosed
from service_floor.dossiers.fees import charging as ch
from service_floor.dossiers.fees import paying as pay
from service_floor.dossiers.fees.receipts import Confirmation, PaymentMethod
from service_floor.dossiers.life.books import MemoryBooks
from service_floor.dossiers.life.cases import LifeEvent
from service_floor.dossiers.life.records import (
    PROVES_A_SLIP,
    AdviceKind,
    Bag,
    DossierLife,
    Outcome,
    SlipOutcome,
)
from service_floor.dossiers.life.states import OPEN, DossierState
from service_floor.dossiers.numbering import set_aside as sa
from service_floor.dossiers.numbering.series import CodeRange, dossier_code
from service_floor.dossiers.watch import WatchList, WatchReason
from service_floor.queue.actors import Role
from tests.service_floor.dossiers.conftest import AN, BINH, Office, birth, land, ticked

PAPERS = ("deed", "map", "form")
OFFICERS = ("lan", "lan", "mai")
DESKS = ("counter-1", "counter-1", "counter-2")
STEPS = (*(0, 1, 30) * 6, 61, 3_600, 3_600, 86_400, 5 * 86_400, 40 * 86_400, -30)
KEYS = (None, None, Outcome.ADVICE, Outcome.REFUSED, Outcome.TAKEN_ELSEWHERE, Outcome.TAKEN)


class Witness:
    """A memory of its own of what happened, in the plainest words."""

    def __init__(self) -> None:
        self.codes: set[str] = set()
        self.receipts: set[tuple[str, int]] = set()
        self.slips: dict[tuple[str, int], SlipOutcome] = {}
        self.lists: list[tuple[str, str, frozenset[str], datetime, str]] = []
        self.requests: dict[str, int] = defaultdict(int)
        self.new_dates: dict[str, int] = defaultdict(int)
        self.original: dict[str, datetime] = {}
        self.visits: dict[str, list[tuple[Outcome, str]]] = defaultdict(list)
        self.ended: set[str] = set()

    def see(self, event: Any, before: DossierLife | None, office: Office) -> None:
        if isinstance(event, LifeEvent):
            self._slip_first(event, before, office)
        match event:
            case t.DossierTaken() | a.DossierRegistered():
                assert event.dossier not in self.codes, "a code has two dossiers"
                self.codes.add(event.dossier)
            case pay.FeePaid(series=series, receipt=number):
                assert (series, number) not in self.receipts, "a receipt is used twice"
                self.receipts.add((series, number))
            case su.SupplementRequested():
                assert before is not None
                first = self.requests[event.dossier] == 0
                beyond = self._beyond(before.applicant.ref, before.procedure, event, office.now)
                assert event.grounds is not None or (first and not beyond), "asked twice"
                self.requests[event.dossier] += 1
                listed = (before.applicant.ref, before.procedure, frozenset(event.missing))
                self.lists.append((*listed, office.now, event.dossier))
            case a.DossierNotAccepted() if event.missing:
                assert before is not None
                beyond = self._beyond(before.applicant.ref, before.procedure, event, office.now)
                assert event.grounds is not None or not beyond, "asked twice"
                listed = (before.applicant.ref, before.procedure, frozenset(event.missing))
                self.lists.append((*listed, office.now, event.dossier))
            case v.ListGiven() if event.missing:
                person = event.person.ref if event.person else ""
                beyond = self._beyond(person, event.procedure, event, office.now)
                assert event.grounds is not None or not (person and beyond), "asked twice"
                listed = (person, event.procedure, frozenset(event.missing))
                self.lists.append((*listed, office.now, ""))
            case la.ApologyGiven() if event.due is not None:
                self.new_dates[event.dossier] += 1
                assert self.new_dates[event.dossier] == 1, "a second new date"
            case u.DeedUndone():
                self._undone(event, before)
            case DossierDayClosed():
                assert not list(office.books.without_slip())
            case v.VisitEnded():
                done = {outcome for outcome, _ in self.visits[event.visit]}
                assert event.visit not in self.ended
                assert set(event.outcomes) == done or (not done and len(event.outcomes) == 1)
                self.ended.add(event.visit)
            case _:
                pass
        self._note_visit(event)

    def _slip_first(self, event: LifeEvent, before: DossierLife | None, office: Office) -> None:
        after = office.life(event.dossier)
        if before and before.state is DossierState.ACCEPTED and after.state is not before.state:
            slip = before.slip
            undone = isinstance(event, u.DeedUndone)
            assert undone or (slip and slip.outcome in PROVES_A_SLIP), "left without a slip"
        if after.appointment:
            first = self.original.setdefault(event.dossier, after.appointment.original)
            assert first == after.appointment.original
        if not after.appointment:
            self.original.pop(event.dossier, None)

    def _beyond(self, person: str, procedure: str, event: Any, now: datetime) -> bool:
        since = now - timedelta(days=90)
        bound = [
            each
            for who, what, each, at, _ in self.lists
            if (who, what) == (person, procedure) and at >= since
        ]
        return bool(bound) and not set(event.missing) <= frozenset().union(*bound)

    def _undone(self, event: u.DeedUndone, before: DossierLife | None) -> None:
        assert before is not None
        if event.deed == "supplement_requested":
            self.requests[event.dossier] -= 1
        lists = {"supplement_requested", "dossier_not_accepted"}
        if event.deed in lists and before.missing:
            at = max(n for n, each in enumerate(self.lists) if each[4] == event.dossier)
            del self.lists[at]
        if event.deed == "apology_given" and before.before is not None:
            moved = before.new_dates - before.before.new_dates
            self.new_dates[event.dossier] -= moved
        if before.last.outcome is not None and before.last.visit:
            deeds = self.visits[before.last.visit]
            deeds.reverse()
            deeds.remove((before.last.outcome, event.dossier))
            deeds.reverse()
            if not deeds:
                self.ended.discard(before.last.visit)

    def _note_visit(self, event: Any) -> None:
        if event.outcome is not None and event.visit:
            subject = event.advice if isinstance(event, v.ListGiven) else event.dossier
            self.visits[event.visit].append((event.outcome, subject))


class WatchedOffice(Office):
    """An office whose every event is shown to a witness, with the dossier as it was before."""

    def __init__(self, witness: Witness) -> None:
        super().__init__()
        self.witness = witness

    def fold(self, event: Any) -> None:
        before = self.books.find(DossierLife, getattr(event, "dossier", ""))
        super().fold(event)
        self.witness.see(event, before, self)


class AnyLife(RuleBasedStateMachine):
    """An office whose people press anything."""

    def __init__(self) -> None:
        super().__init__()
        self.witness = Witness()
        self.office = WatchedOffice(self.witness)

    def give(self, command: Any) -> None:
        """Give a command; the witness sees what it brought."""
        self.office.try_(command)

    def codes(self) -> list[str]:
        return [life.code for life in self.office.books.lives()]

    @rule(seed=st.integers(0, 2**32), presses=st.integers(1, 60))
    def a_busy_while(self, seed: int, presses: int) -> None:
        self.walk(Random(seed), presses)

    def walk(self, dice: Random, presses: int) -> None:
        for _ in range(presses):
            self.office.later(seconds=dice.choice(STEPS))
            command = dice.choice(list(self.commands(dice)))
            self.somebody(dice, command)
            self.give(command)

    def somebody(self, dice: Random, command: Any) -> None:
        """Mostly a person who may give the command, at the agency that the dossier belongs to."""
        roles = sorted(command.given_by) if dice.random() < 0.95 else list(Role)
        role = dice.choice(roles)
        if role is Role.COUNTER:
            self.office.desk(dice.choice(OFFICERS), dice.choice(DESKS))
        else:
            self.office.as_(role, dice.choice(["hoa", "hoa", ""]), dice.choice(["tp", "tnmt"]))

    def commands(self, dice: Random) -> Iterator[Any]:
        """What may be pressed now: whatever fits the dossier that somebody has in hand, and much that does not."""
        visit, missing = self.visit(dice), tuple(dice.sample(PAPERS, dice.randint(1, 2)))
        content = replace(
            dice.choice([birth(), land(), land("give")]), applicant=dice.choice([AN, BINH])
        )
        new = [t.TakeDossier(content, visit), a.RegisterDossier(content)]
        yield from new * (1 if self.codes() else 30)
        kind = dice.choice(list(AdviceKind))
        person = dice.choice([None, content.applicant])
        yield v.GiveList(kind, content.procedure, content.case, missing, "x", visit, person)
        yield v.AllowSecondList(visit, "law", "Đ. 5")
        yield v.EndVisit(visit, dice.choice(KEYS), dice.choice(["", "x"]))
        yield CloseDossierDay()
        yield from self.without_hub(dice, visit)
        codes = self.codes()
        for code in codes[-1:] + dice.sample(codes[-5:], min(2, len(codes))):
            yield from self.on_dossier(dice, code, visit, missing)
        yield from self.on_bags(dice, codes)

    def visit(self, dice: Random) -> str:
        """A visit that goes on, a new one, or one that is over."""
        ended = len(self.witness.ended)
        return f"v{max(0, ended + dice.choice([-1, 0, 0, 0, 1]))}"

    def without_hub(self, dice: Random, visit: str) -> Iterator[Any]:
        yield sa.SetCodesAside(dice.choice(["tp", "tnmt"]), dice.randint(1, 5))
        ranges = [r for r in self.office.books.records.values() if isinstance(r, CodeRange)]
        for held in dice.sample(ranges, min(2, len(ranges))):
            number = dice.choice(held.left or (1,))
            code = dossier_code(held.prefix, held.day, number)
            content = birth() if held.agency == "tp" else land()
            due = promised(self.office.now + timedelta(days=3))
            yield t.HandInDossier(content, code, held.key, self.office.now, due, visit)
            yield sa.GiveCodesBack(held.key, held.left[:2])

    def on_dossier(self, dice: Random, code: str, visit: str, missing: Any) -> Iterator[Any]:
        life = self.office.life(code)
        seen = life.changes if dice.random() < 0.95 else 1
        slip = len(life.slips)
        if life.owes_slip:
            yield from [sl.ReportAppointmentSlip(code, slip, "printed")] * 6
        yield sl.ReportAppointmentSlip(code, slip, dice.choice(["failed", "unknown"]))
        yield sl.NoteSlipSeen(code, slip)
        yield sl.SignReception(code, seen)
        yield from self.on_state(dice, life, seen, visit)
        yield su.RequestSupplement(code, seen, missing, "missing", visit)
        yield su.AllowSecondRequest(code, seen, "law", "Đ. 5")
        yield p.BeginWork(code, seen)
        yield dice.choice([p.StopWork(code, seen, "no"), p.WithdrawDossier(code, seen)])
        yield la.ExplainDelay(code, seen, "flood")
        yield la.Apologise(code, seen, self.office.now + timedelta(days=dice.randint(1, 9)))
        yield la.Apologise(code, seen)
        yield from [u.UndoDeed(code, seen)] * 2
        yield from self.on_fees(dice, life, seen, visit)

    def on_state(self, dice: Random, life: DossierLife, seen: int, visit: str) -> Iterator[Any]:
        """What leads on from where the dossier stands."""
        code, missing = life.code, life.missing
        match life.state:
            case DossierState.NEWLY_REGISTERED:
                papers = ticked("form", "birth", "deed", "gift")
                yield from [a.AcceptDossier(code, seen, papers, visit=visit)] * 4
                yield a.DeclineDossier(code, seen, "no", ("map",), visit)
            case DossierState.SUPPLEMENT_REQUIRED:
                yield from [su.BringSupplement(code, seen, missing, visit)] * 6
                yield from [su.BringSupplement(code, seen, missing[:1], visit)] * 2
            case DossierState.COMPLETED:
                taker = dice.choice([AN, BINH])
                yield from [p.HandOver(code, seen, taker, "signed", "letter", visit)] * 6
            case _:
                yield from [p.RecordResult(code, seen, "KQ")] * 2

    def on_fees(self, dice: Random, life: DossierLife, seen: int, visit: str) -> Iterator[Any]:
        code = life.code
        yield from [ch.ChargeFee(code, seen, "Phí", 50_000), ch.RequestPayment(code, seen, visit)]
        cash, bank = (
            (PaymentMethod.CASH, Confirmation.PERSON),
            (PaymentMethod.TRANSFER, Confirmation.BANK),
        )
        number, message = dice.choice([None, None, 1, 2, 3]), f"FT{dice.randint(1, 9)}"
        for fee in life.fees[-2:]:
            how = dice.choice([cash, bank])
            paid = pay.TakePayment(code, seen, fee.number, *how, "PT", number, message, visit)
            yield from [paid] * 2
            yield ch.WaiveFee(code, seen, fee.number, "poor")
            yield pay.VoidReceipt(code, seen, fee.number, "wrong")
            yield pay.RefundFee(code, seen, fee.number, 1_000, PaymentMethod.CASH, "back")

    def on_bags(self, dice: Random, codes: list[str]) -> Iterator[Any]:
        some = tuple(dice.sample(codes[-5:], min(2, len(codes))))
        bag = dice.choice(["bag-1", "bag-2"])
        known = self.office.books.find(Bag, bag)
        if known is None or not known.inside:
            yield b.SealBag(bag, "s", dice.choice(["tp", "tnmt", "centre"]), some[:1])
            return
        yield b.CarryBag(bag)
        yield from [b.ReceiveBag(bag, dice.choice([known.inside, some]))] * 3

    @invariant()
    def what_is_owed_is_on_the_list(self) -> None:
        office = self.office
        watch = WatchList(office.plan.calendar, office.now, 2)
        for life in office.books.lives():
            reasons = watch.reasons(life)
            slip = life.slip
            without = life.state in OPEN and slip is not None and slip.outcome not in PROVES_A_SLIP
            assert (WatchReason.WITHOUT_SLIP in reasons) is without
            date = life.appointment
            if date is None or life.state in {DossierState.VOID, DossierState.WITHDRAWN}:
                continue
            read_at = min(filter(None, (date.stopped_at, life.finished_at, office.now)))
            owed = read_at > date.due and life.apologised_for != date.due
            assert (WatchReason.APOLOGY_DUE in reasons) is owed

    @invariant()
    def what_is_undone_or_over_stays_so(self) -> None:
        for life in self.office.books.lives():
            if life.state is DossierState.VOID:
                assert life.slip is None
            if life.state is DossierState.RETURNED:
                assert not life.fees_due
            assert life.before is None or life.before.before is None
            assert len({slip.number for slip in life.slips}) == len(life.slips)
            assert sum(not slip.void for slip in life.slips) <= 1

    def teardown(self) -> None:
        again = MemoryBooks()
        for event, at in self.office.events:
            event.fold(again, at)
        assert again == self.office.books


TestAnyLife = AnyLife.TestCase
TestAnyLife.settings = settings(
    max_examples=max(1, settings.default.max_examples // 8),
    stateful_step_count=max(1, settings.default.stateful_step_count // 5),
)
TestAnyLife.pytestmark = [pytest.mark.slow]
