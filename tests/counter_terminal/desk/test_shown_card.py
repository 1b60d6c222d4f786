"""The card of the last scan and its slips."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from config.slips.placeholders import contents
from config.slips.templates import template_for
from counter_terminal.desk.events import PaperChosen, PaperSettled
from counter_terminal.desk.screens import DossierCard
from counter_terminal.desk.setup import DeskSetup, Paper, PaperSetup
from counter_terminal.desk.shown_card import ShownCard
from hub.messages import Condition
from plumbing.sentences import Sentences
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


def test_a_slip_that_waits_for_its_printer_says_what_for(
    setup: DeskSetup, sentences: Sentences
) -> None:
    papers = PaperSetup(
        {each: template_for((), each.value, "vi", 80) for each in Paper},
        {each: dict.fromkeys(contents()[each.value].values, "") for each in Paper},
        lambda _paper, _day: "",
        lambda day, _count: day,
    )
    shown = ShownCard(replace(setup, papers=papers))
    shown.show(CARD, BIRTH)
    shown.printer = (Condition.OUT_OF_PAPER,)
    before = shown.view(NOW)
    assert before is not None
    assert before.printing == ""
    assert shown.paper(PaperChosen("checklist", BIRTH.code), NOW) is not None
    for state, printing in (
        ((Condition.OUT_OF_PAPER,), "Chờ máy in: hết giấy"),
        ((Condition.PAPER_LOW,), "Đang in …"),
        ((Condition.READY,), "Đang in …"),
    ):
        shown.printer = state
        view = shown.view(NOW)
        assert view is not None
        assert view.printing == printing
    shown.printer = (Condition.OUT_OF_PAPER,)
    shown.settled(PaperSettled(BIRTH.code, "printed"))
    after = shown.view(NOW)
    assert after is not None
    assert after.printing == "Đã in"
