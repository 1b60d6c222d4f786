"""The card of the last scan and its slips."""

from datetime import UTC, datetime

import pytest

from counter_terminal.desk.events import PaperChosen, PaperSettled
from counter_terminal.desk.screens import DossierCard
from counter_terminal.desk.setup import DeskSetup
from counter_terminal.desk.shown_card import ShownCard
from service_floor.procedures.model import Procedure

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
CARD = DossierCard(found=False, code="1.001193", headline="Khai sinh", standing="")
BIRTH = Procedure("1.001193", "Đăng ký khai sinh", "Hộ tịch", ())


@pytest.fixture
def shown(setup: DeskSetup) -> ShownCard:
    return ShownCard(setup)


def test_without_a_card_nothing_is_shown_or_printed(shown: ShownCard) -> None:
    assert shown.view(NOW) is None
    wanted = PaperChosen("checklist", BIRTH.code)
    assert shown.paper(wanted, NOW) is None
    shown.show(CARD, BIRTH)
    assert shown.paper(wanted, None) is None
    assert shown.view(NOW) == CARD


def test_a_slip_of_another_scan_changes_no_card_and_has_its_notice_only_if_it_failed(
    shown: ShownCard, setup: DeskSetup
) -> None:
    shown.show(CARD, BIRTH)
    assert shown.settled(PaperSettled("H56-1", "printed")) == ""
    failed = setup.sentences.say("papers.failed", code="H56-1")
    assert shown.settled(PaperSettled("H56-1", "failed")) == failed
    view = shown.view(NOW)
    assert view is not None
    assert view.printing == ""
