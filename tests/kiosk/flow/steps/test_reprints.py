"""A slip that staff want again at this kiosk."""

from datetime import timedelta

import pytest

from drivers.protocols import DeviceStatus, Health, PrintOutcome
from drivers.slip import Text
from hub.messages import ReprintView
from kiosk.flow.events import PrinterChanged, ReprintsAsked, SlipDone
from kiosk.flow.intents import ReportOutcome, Reprint
from kiosk.flow.machine import KioskFlow
from kiosk.flow.reference import reference_of
from kiosk.flow.steps.reprints import is_open
from service_floor.queue.concerns.reprinting import PRINT_WITHIN


@pytest.fixture
def asked(ticket_view):
    ticket = ticket_view()
    return ReprintView(
        id="t1~2",
        ticket="t1",
        reprint=2,
        kiosk="kiosk-1",
        reason="lost",
        asked_at=ticket.issued_at,
        outcome="",
        remark="",
        number="B025",
        service=ticket.service,
        priority=None,
        issued_at=ticket.issued_at,
        offline=False,
    )


def wanted(asked, after=timedelta(0)) -> ReprintsAsked:
    return ReprintsAsked((asked,), asked.asked_at + after)


def test_it_is_printed_once_with_its_count_and_nobody_before_the_glass_notices(citizen, asked):
    before = citizen.screen
    (printed,) = citizen.sees(wanted(asked))
    assert isinstance(printed, Reprint)
    assert (printed.slip.job, printed.times, printed.label) == ("ticket-t1", 2, "B025")
    assert citizen.sees(wanted(asked)) == ()
    assert citizen.screen == before
    done = SlipDone("ticket-t1", PrintOutcome.PRINTED, "fence", 2)
    assert citizen.sees(done) == (ReportOutcome("t1", PrintOutcome.PRINTED, "fence", 2),)


def test_a_ticket_of_a_service_that_is_not_offered_here_has_its_name_on_paper(
    reference, installation, asked
):
    few = installation.kiosks[0].model_copy(update={"services": ("land",)})
    here = reference_of(installation, few, reference.catalogue, reference.texts)
    assert "civil-status" not in here.services
    flow = KioskFlow(here)
    flow.handle(PrinterChanged(DeviceStatus(Health.READY)))
    (printed,) = flow.handle(wanted(asked))
    texts = [block.text for block in printed.slip.blocks if isinstance(block, Text)]
    assert any("Hộ tịch" in text for text in texts)


def test_one_that_is_heard_of_too_late_is_not_printed(citizen, asked):
    late = wanted(asked, PRINT_WITHIN + timedelta(seconds=1))
    assert citizen.sees(late) == (ReportOutcome("t1", PrintOutcome.FAILED, "too_late", 2),)
    assert citizen.sees(late) == ()


def test_a_printer_that_cannot_print_says_so_at_once(citizen, asked):
    citizen.sees(PrinterChanged(DeviceStatus(Health.FAULT, ("paper_out",))))
    assert citizen.sees(wanted(asked)) == (
        ReportOutcome("t1", PrintOutcome.FAILED, "paper_out", 2),
    )


@pytest.mark.parametrize(
    ("outcome", "remark", "is_so"),
    [("", "", True), ("unknown", "no_word", True), ("unknown", "restarted", False), ("printed", "", False)],
)  # fmt: skip
def test_what_the_kiosk_itself_has_told_is_not_open(asked, outcome, remark, is_so):
    assert is_open(asked.model_copy(update={"outcome": outcome, "remark": remark})) is is_so
