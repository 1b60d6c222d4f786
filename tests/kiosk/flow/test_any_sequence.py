"""Whatever happens in whatever order: nothing raises, a press is one ticket, and the first page comes back."""

from hypothesis import given
from hypothesis import strategies as st

from drivers.protocols import DeviceStatus, Health, PrintOutcome
from kiosk.flow.events import (
    Connected,
    Disconnected,
    DossierAnswered,
    PlaceAnswered,
    PrinterChanged,
    Readmitted,
    ReserveChanged,
    Scanned,
    SlipDone,
    Tapped,
    TicketRefused,
    Typed,
)
from kiosk.flow.intents import Print, ReportOutcome, StandIn, SubmitIssue
from kiosk.flow.screens import Button, Page
from kiosk.flow.table import FIRST, RULES

VALUES = ("", "land", "civil-status", "elderly", "en", "vi", "1.001193", "2.001610", "xyz")
TAPS = st.builds(Tapped, st.sampled_from(Button), st.sampled_from(VALUES))
OTHERS = st.one_of(
    st.builds(
        Typed, st.sampled_from(["k", "h", "s", "1", "-", "space", "backspace", "clear", "?"])
    ),
    st.builds(
        Scanned,
        st.sampled_from(
            [
                "H56.14-240823-0001",
                "00112233445566ff",
                "A025",
                "038099000001||A|01011940|Nam",
                "1.001193",
                "038|a|b",
                "",
            ]
        ),
    ),
    st.builds(
        DossierAnswered, st.integers(0, 3), st.none(), st.sampled_from(["unknown_dossier", "busy"])
    ),
    st.builds(
        TicketRefused, st.integers(0, 3), st.sampled_from(["quota_used_up", "not_open_yet", "x"])
    ),
    st.builds(
        PlaceAnswered, st.integers(0, 3), st.none(), st.sampled_from(["unknown_ticket", "busy"])
    ),
    st.builds(Readmitted, st.integers(0, 3), st.sampled_from(["", "not_at_a_kiosk"])),
    st.just(Connected()),
    st.just(Disconnected()),
    st.builds(ReserveChanged, st.sampled_from([{}, {"land": 2}, {"business": 1}])),
    st.builds(PrinterChanged, st.builds(DeviceStatus, st.sampled_from(Health))),
    st.builds(
        SlipDone, st.sampled_from(["ticket-t1", "list-1.001193"]), st.sampled_from(PrintOutcome)
    ),
)
PURPOSE = st.sampled_from(
    [Tapped(Button.SERVICES), Tapped(Button.SERVICE, "land"), Tapped(Button.CONFIRM)]
)
GIVEN = st.integers(0, 3)
WAIT = st.sampled_from([0.0, 0.5, 4.0, 20.0, 61.0, 130.0])
HAPPENINGS = st.lists(
    st.one_of(
        PURPOSE,
        PURPOSE,
        TAPS,
        OTHERS,
        st.tuples(st.just("given"), GIVEN),
        st.tuples(st.just("wait"), WAIT),
    ),
    max_size=40,
)


def happen(citizen, thing):
    match thing:
        case ("given", attempt):
            return citizen.is_given(attempt)
        case ("wait", seconds):
            return citizen.waits(seconds)
        case event:
            return citizen.sees(event)


@given(HAPPENINGS)
def test_every_step_stays_in_the_table_and_can_be_drawn(new_citizen, happenings) -> None:
    citizen = new_citizen()
    for thing in happenings:
        before = citizen.page
        happen(citizen, thing)
        allowed = {to for (page, _), rule in RULES.items() if page is before for to in rule.to} | {
            before
        }
        assert citizen.page in allowed


@given(HAPPENINGS)
def test_a_press_on_confirm_is_one_ticket_and_nothing_else_is(new_citizen, happenings) -> None:
    citizen = new_citizen()
    for thing in happenings:
        pressed = thing == Tapped(Button.CONFIRM) or (
            isinstance(thing, Tapped) and thing.button is Button.CONFIRM
        )
        ready = citizen.page is Page.CONFIRM and pressed
        intents = happen(citizen, thing)
        assert sum(isinstance(intent, SubmitIssue) for intent in intents) == ready


@given(HAPPENINGS)
def test_every_given_ticket_is_printed_or_reported_never_both(new_citizen, happenings) -> None:
    citizen = new_citizen()
    for thing in happenings:
        intents = happen(citizen, thing)
        if isinstance(thing, tuple) and thing[0] == "given":
            assert [isinstance(intent, Print | ReportOutcome) for intent in intents] == [True]


@given(HAPPENINGS)
def test_left_alone_the_kiosk_comes_back_to_its_first_page(new_citizen, happenings) -> None:
    citizen = new_citizen()
    for thing in happenings:
        happen(citizen, thing)
    citizen.waits(citizen.reference.kiosk.idle_seconds * 2)
    citizen.waits(citizen.reference.kiosk.idle_seconds * 2)
    known = citizen.flow.state.known
    assert citizen.page in FIRST
    assert (citizen.page is Page.WELCOME) is (known.connected or bool(known.reserve))


@given(HAPPENINGS)
def test_the_reserve_answers_only_the_press_that_is_waited_for_and_once(
    new_citizen, happenings
) -> None:
    citizen, asked, gone = new_citizen(), set(), 0
    for thing in happenings:
        gone += isinstance(thing, Disconnected)
        for intent in happen(citizen, thing):
            if isinstance(intent, StandIn):
                assert (citizen.page, citizen.flow.state.known.connected) == (Page.ISSUING, False)
                assert intent.attempt == citizen.flow.state.attempts
                assert (intent.attempt, gone) not in asked
                asked.add((intent.attempt, gone))
