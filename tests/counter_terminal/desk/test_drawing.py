"""What the desk shows of the floor, in sentences: the strip, the ticket with its slip, the rows, the enrolment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from counter_terminal.desk.drawing import Drawing
from counter_terminal.desk.setup import DeskSetup, Named
from hub.client import EnrolmentPrompt
from hub.messages import CounterView, ReprintView, TicketView

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
Views = Callable[..., CounterView]
Tickets = Callable[..., TicketView]


@pytest.fixture
def drawing(setup: DeskSetup) -> Drawing:
    return Drawing(setup)


def test_the_strip_names_the_officer_also_one_of_another_desk(
    drawing: Drawing, counter_view: Views
) -> None:
    assert drawing.strip(counter_view(), True, None).officer == "Lê Thu An"
    assert drawing.strip(counter_view(officer="cuong"), True, None).officer == "cuong"
    empty = drawing.strip(None, False, None)
    assert (empty.officer, empty.counter_state, empty.connected) == ("", "closed", False)


@pytest.mark.parametrize(
    ("health", "live", "text"),
    [("ready", True, "camera.live"), ("fault", False, "camera.gone"), ("unknown", False, "")],
)
def test_a_desk_with_a_camera_shows_its_state(
    setup: DeskSetup, health: str, live: bool, text: str
) -> None:
    pane = Drawing(replace(setup, has_camera=True)).camera(health)
    assert pane is not None
    expected = setup.sentences.say(text or "camera.starting")
    assert (pane.live, pane.text) == (live, expected)


def test_a_desk_without_a_camera_has_no_pane(drawing: Drawing) -> None:
    assert drawing.camera("ready") is None


@pytest.mark.parametrize(
    ("changes", "notice"),
    [
        ({}, "enrol.notice"),
        ({"turned_away": True}, "enrol.turned_away"),
        ({"other": "terminal-9"}, "enrol.other"),
    ],
)
def test_each_reason_for_an_enrolment_has_its_notice(
    drawing: Drawing, setup: DeskSetup, changes: dict[str, object], notice: str
) -> None:
    prompt = replace(EnrolmentPrompt("hub.lan", "terminal-1"), **changes)  # type: ignore[arg-type]  # values are the fields' own
    screen = drawing.enrol(prompt, drawing.strip(None, False, None))
    words = {"hub": "hub.lan", "device": "terminal-1", "other": "terminal-9"}
    assert screen.notice == setup.sentences.say(notice, **words)
    assert (screen.code, screen.steps) == ("", ())
    assert not screen.strip.connected


def test_with_a_code_the_steps_are_shown_and_the_line_counts_as_up(drawing: Drawing) -> None:
    prompt = EnrolmentPrompt("hub.lan", "terminal-1", code="BCDF-GHJK", minutes=9)
    screen = drawing.enrol(prompt, drawing.strip(None, False, None))
    assert (screen.code, len(screen.steps)) == ("BCDF-GHJK", 3)
    assert "9" in screen.remaining
    assert screen.strip.connected


def test_the_next_services_of_a_ticket_stand_in_its_detail(
    drawing: Drawing, ticket_view: Tickets
) -> None:
    ticket = ticket_view("B001", state="called", calls=2, next_services=("land", "visa"))
    card = drawing.current(ticket, ())
    assert card is not None
    assert "Đất đai, visa" in card.detail
    assert "2" in card.state_text
    assert drawing.current(None, ()) is None


@pytest.mark.parametrize(
    ("confirmed", "key"),
    [(None, "claimed"), (True, "confirmed"), (False, "rejected")],
)
def test_a_priority_stands_with_how_it_was_checked(
    drawing: Drawing, setup: DeskSetup, ticket_view: Tickets, confirmed: bool | None, key: str
) -> None:
    ticket = ticket_view("B001", state="serving", priority="elderly", priority_confirmed=confirmed)
    card = drawing.current(ticket, ())
    assert card is not None
    expected = setup.sentences.say(f"ticket.priority_{key}", priority="Người cao tuổi")
    assert card.priority == expected


def reprint(count: int, outcome: str) -> ReprintView:
    return ReprintView(
        ticket="id-B001",
        number="B001",
        service="civil-status",
        reprint=count,
        reason="lost",
        kiosk="kiosk-1",
        asked_at=NOW,
        outcome=outcome,
        id=f"id-B001~{count}",
        remark="",
        priority=None,
        issued_at=NOW,
        offline=False,
    )


@pytest.mark.parametrize(
    ("slip", "reprints", "key", "is_out"),
    [
        ("printed", (), "", False),
        ("failed", (), "paper.first_failed", False),
        ("unknown", (), "paper.first_unknown", False),
        ("failed", (("", 1),), "paper.asked", False),
        ("failed", (("failed", 1), ("printed", 2)), "paper.printed", True),
    ],
)
def test_the_officer_sees_the_slips_last_outcome(
    drawing: Drawing,
    setup: DeskSetup,
    ticket_view: Tickets,
    slip: str,
    reprints: tuple[tuple[str, int], ...],
    key: str,
    is_out: bool,
) -> None:
    views = [reprint(count, outcome) for outcome, count in reprints]
    card = drawing.current(ticket_view("B001", state="called", slip=slip), views)
    assert card is not None
    times = max((count for _, count in reprints), default=0)
    expected = setup.sentences.say(key, kiosk="kiosk-1", times=times) if key else ""
    assert (card.paper, card.paper_is_out) == (expected, is_out)


def test_rows_stand_by_arrival_and_mark_a_number_of_an_outage(
    drawing: Drawing, ticket_view: Tickets
) -> None:
    rows = drawing.rows([ticket_view("B002", 5, offline=True), ticket_view("B001", 1)])
    assert [row.number for row in rows] == ["B001", "B002"]
    assert [bool(row.note) for row in rows] == [False, True]


def test_a_ticket_can_be_transferred_only_to_what_another_counter_takes(drawing: Drawing) -> None:
    services = [service.id for service in drawing.destinations(None)]
    assert services == ["certification", "land"]
    assert Named("land", "Đất đai") in drawing.destinations(None)
