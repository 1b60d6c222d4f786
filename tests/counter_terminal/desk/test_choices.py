"""Several codes under the scanner of a desk, and numbers that it must not show."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from counter_terminal.desk.desk import Desk
from counter_terminal.desk.events import Ask, CodeRead, DeskEvent, FileRead, FloorSeen, HubLine
from counter_terminal.desk.screens import DeskScreen, DossierCard, SignInScreen
from counter_terminal.desk.setup import DeskSetup
from hub.messages import CounterView, TicketView
from service_floor.procedures.model import Procedure

Views = Callable[..., CounterView]
Tickets = Callable[..., TicketView]


@pytest.fixture(autouse=True)
def connected(desk: Desk) -> None:
    desk.handle(HubLine(True))


def card_of(desk: Desk) -> DossierCard:
    screen = desk.screen
    assert isinstance(screen, DeskScreen)
    assert screen.dossier is not None
    return screen.dossier


def choices(desk: Desk) -> list[tuple[str, str]]:
    return [(each.id, each.name) for each in card_of(desk).choices]


CODES = ("H56.14-240823-0001", "H56.14-240823-0002")


@pytest.mark.parametrize(
    "event",
    [
        CodeRead(CODES[0], CODES[1:]),
        CodeRead("Bàn giao: " + " và ".join(CODES)),
        FileRead((CODES[0], "0901234567", CODES[1], CODES[0])),
    ],
)
def test_of_several_dossiers_in_sight_the_officer_chooses_one(
    desk: Desk, counter_view: Views, event: DeskEvent
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    assert desk.handle(event) == ()
    card = card_of(desk)
    assert (card.headline, card.code) == ("Có nhiều mã khác nhau. Mời chọn mã cần tra.", "")
    assert choices(desk) == [(code, code) for code in CODES]
    assert desk.handle(CodeRead(CODES[1])) == (Ask(CODES[1]),)
    assert choices(desk) == []


def test_tickets_are_chosen_by_number_and_procedures_by_name(
    setup: DeskSetup, counter_view: Views, ticket_view: Tickets
) -> None:
    notarising = Procedure("2.000815", "Chứng thực bản sao", "Chứng thực", ())
    known = {"2.000815": notarising}
    desk = Desk(replace(setup, procedure_of=known.get))
    here, gone = "0bhlmv0123456789", "0bhlmv9876543210"
    waiting = ticket_view("A001", id=here)
    desk.handle(FloorSeen(counter_view(), (waiting,), None))
    desk.handle(CodeRead(f"http://hub/t/{here}", (f"http://hub/t/{gone}",)))
    assert choices(desk) == [(here, "A001"), (gone, gone)]
    desk.handle(CodeRead("2.000815", ("1.004222",)))
    assert choices(desk) == [("2.000815", "2.000815 Chứng thực bản sao"), ("1.004222", "1.004222")]


def test_two_identity_cards_are_named_masked_and_offer_no_choice(
    desk: Desk, counter_view: Views
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    desk.handle(CodeRead("038090001234", ("038190005678",)))
    card = card_of(desk)
    assert card.choices == ()
    assert card.code == "0********234, 0********678"
    assert "nhiều mã" in card.headline


def test_several_codes_in_a_file_are_no_choice_for_a_desk_without_an_officer(desk: Desk) -> None:
    assert desk.handle(FileRead(CODES)) == ()
    assert isinstance(desk.screen, SignInScreen)


@pytest.mark.parametrize("text", ["9704051234567892", "9704 0512 3456 7892"])
def test_the_number_of_a_bank_card_is_shown_masked(
    desk: Desk, counter_view: Views, text: str
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    assert desk.handle(CodeRead(text)) == ()
    card = card_of(desk)
    assert "51234" not in f"{card}".replace(" ", "")
    assert card.code.endswith("892")
    assert desk.handle(CodeRead(f"http://hub/t/{text.replace(' ', '')}")) != ()
    assert "51234" not in f"{card_of(desk)}"
