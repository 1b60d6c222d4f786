"""A desk with names of a small centre, and views of the floor to show it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from counter_terminal.desk.desk import Desk
from counter_terminal.desk.setup import DeskSetup, Named
from hub.messages import CounterView, TicketView
from plumbing.sentences import Sentences, load_sentences

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture
def sentences() -> Sentences:
    return load_sentences("counter_terminal", "vi")


@pytest.fixture
def setup(sentences: Sentences) -> DeskSetup:
    return DeskSetup(
        sentences=sentences,
        counter="c1",
        counter_number=1,
        counter_name="Hộ tịch",
        profile=("civil-status", "certification"),
        officers=(Named("an", "Lê Thu An"), Named("binh", "Trần Thanh Bình")),
        services={"civil-status": "Hộ tịch", "certification": "Chứng thực", "land": "Đất đai"},
        counters={"c1": "01 Hộ tịch", "c2": "02 Đất đai"},
        counters_of_service={
            "civil-status": ("c1",),
            "certification": ("c1", "c2"),
            "land": ("c2",),
        },
        priorities={"elderly": "Người cao tuổi"},
        pause_reasons=(Named("break", "Nghỉ giải lao"),),
        call_reasons=(Named("frail", "Sức khỏe yếu"),),
        no_show_reasons=(Named("said", "Sẽ quay lại"),),
        cancel_reasons=(Named("left", "Đã về"),),
        park_minutes=(5, 10),
    )


@pytest.fixture
def desk(setup: DeskSetup) -> Desk:
    return Desk(setup)


@pytest.fixture
def counter_view() -> Callable[..., CounterView]:
    """Makes counter c1, open, with officer An and no ticket, but for what is given."""

    def make(**changes: Any) -> CounterView:
        return CounterView(**(_COUNTER | changes))

    return make


_COUNTER: dict[str, Any] = {
    "id": "c1",
    "state": "open",
    "officer": "an",
    "ticket": None,
    "number": None,
    "ticket_state": None,
    "pause_reason": "",
}


@pytest.fixture
def ticket_view() -> Callable[..., TicketView]:
    """Makes a ticket that has waited since 08:00 plus `minutes`, but for what is given."""

    def make(number: str, minutes: int = 0, **changes: Any) -> TicketView:
        moment = NOW + timedelta(minutes=minutes)
        own = {"id": f"id-{number}", "number": number, "issued_at": moment, "arrived_at": moment}
        return TicketView(**(_TICKET | own | changes))

    return make


_TICKET: dict[str, Any] = {
    "state": "waiting",
    "service": "civil-status",
    "counter": None,
    "next_services": (),
    "priority": None,
    "priority_confirmed": None,
    "calls": 0,
    "called_at": None,
    "started_at": None,
    "parked_until": None,
    "slip": "printed",
}
