"""Whatever is leased, handed in and given back between everything else: no number twice, no quota exceeded."""

import importlib.util
from datetime import timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from service_floor.queue import commands as c
from service_floor.queue.events import NumbersLeased, TicketHandedInLate
from service_floor.queue.refusals import Refusal

_spec = importlib.util.spec_from_file_location(
    "any_sequence", Path(__file__).with_name("test_any_sequence.py")
)
_any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_any)

kiosks = st.sampled_from(["kiosk-1", "kiosk-2"])


class AnyLease(_any.AnySequence):
    """The machine of every other promise, with two kiosks that hold numbers in advance."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[tuple[str, NumbersLeased, str]] = []

    @rule(device=kiosks, service=_any.services, count=st.integers(0, 4))
    def a_kiosk_holds_numbers_in_advance(self, device: str, service: str, count: int) -> None:
        decision = self.give(c.LeaseNumbers(service, count), device)
        if not isinstance(decision, Refusal):
            (leased,) = decision
            self.held += [(device, leased, each.number) for each in leased.numbers]

    @rule(device=kiosks, index=_any.tickets, back=st.booleans(), ago=_any.steps)
    def a_kiosk_gives_what_it_holds(
        self, device: str, index: int, back: bool, ago: timedelta
    ) -> None:
        """Hand in, or give back, a number that some kiosk holds or once held; one that is told twice is refused."""
        if not self.held:
            return
        owner, leased, number = self.held[index % len(self.held)]
        known = leased.lease in self.floor.leases
        outstanding = self.floor.leased.get(number) == leased.lease
        if back:
            decision = self.give(c.ReturnNumbers(leased.lease, (number,)), device)
            assert isinstance(decision, Refusal) != (outstanding and owner == device)
            return
        command = c.HandInTicket(leased.lease, number, leased.service, self.now - ago, "elderly")
        decision = self.give(command, device)
        if known and self.floor.leases.get(leased.lease):
            assert isinstance(decision, Refusal) != (outstanding and owner == device)
        elif not isinstance(decision, Refusal):
            assert [type(event) for event in decision] == [TicketHandedInLate]

    @invariant()
    def what_is_held_in_advance_is_free_and_within_the_quota(self) -> None:
        held = [n.number for lease in self.floor.leases.values() for n in lease.numbers]
        assert sorted(held) == sorted(self.floor.leased)
        assert not set(held) & set(self.floor.numbers)
        for service, planned in _any.SERVICES.items():
            mine = [lease for lease in self.floor.leases.values() if lease.service == service]
            assert self.floor.leased_for.get(service, 0) == sum(len(x.numbers) for x in mine)
            limit = planned.quota.per_day
            assert limit is None or self.floor.spoken_for(service) <= limit


TestAnyLease = AnyLease.TestCase
