"""What a printer that cannot print means for the citizen, with and without numbers on the screen."""

from dataclasses import replace

import pytest

from drivers.protocols import DeviceStatus, Health, PrintOutcome
from kiosk.flow.events import PrinterChanged
from kiosk.flow.intents import Print, ReportOutcome, SubmitIssue
from kiosk.flow.screens import Button, Page, SlipState

OUT = DeviceStatus(Health.FAULT, ("out_of_paper",))
OPEN = DeviceStatus(Health.FAULT, ("cover_open",))
SILENT = DeviceStatus(Health.UNKNOWN, ("status_unknown",))
READY = DeviceStatus(Health.READY)


@pytest.fixture
def strict(citizen):
    """Before a kiosk that gives no number without its slip."""
    kiosk = citizen.reference.kiosk.model_copy(update={"number_without_paper": False})
    citizen.flow._reference = replace(citizen.reference, kiosk=kiosk)
    return citizen


@pytest.mark.parametrize("status", [OUT, OPEN, SILENT])
def test_no_number_is_spent_when_the_printer_cannot_print(strict, status) -> None:
    strict.sees(PrinterChanged(status))
    assert "không cấp số" in strict.screen.notice.text
    assert strict.asks_for_a_number() == ()
    assert strict.page is Page.REFUSED
    assert "Chưa có số nào bị dùng" in strict.screen.advice


def test_the_reason_is_said_in_both_languages(strict) -> None:
    strict.sees(PrinterChanged(OUT))
    strict.asks_for_a_number()
    assert "hết giấy" in strict.screen.message
    strict.taps(Button.LANGUAGE, "en")
    assert "out of paper" in strict.screen.message


def test_a_printer_that_stops_before_the_press_stops_the_press(strict) -> None:
    strict.taps(Button.SERVICES)
    strict.taps(Button.SERVICE, "land")
    strict.sees(PrinterChanged(OPEN))
    assert strict.taps(Button.CONFIRM) == ()
    assert strict.page is Page.REFUSED


def test_numbers_are_given_again_when_the_printer_is_well(strict) -> None:
    strict.sees(PrinterChanged(OUT))
    strict.sees(PrinterChanged(READY))
    (asked,) = strict.asks_for_a_number()
    assert isinstance(asked, SubmitIssue)


def test_a_centre_may_give_the_number_on_the_screen_with_a_code(citizen) -> None:
    citizen.sees(PrinterChanged(SILENT))
    citizen.asks_for_a_number()
    assert citizen.is_given() == (ReportOutcome("t1", PrintOutcome.FAILED, "status_unknown"),)
    assert citizen.screen.qr == "http://127.0.0.1:8710/t/t1"
    citizen.waits(44)
    assert citizen.page is Page.TICKET


@pytest.mark.parametrize("outcome", PrintOutcome)
def test_a_slip_that_is_not_surely_out_leaves_a_code_to_photograph(citizen, outcome) -> None:
    citizen.asks_for_a_number()
    (printing,) = citizen.is_given()
    assert isinstance(printing, Print)
    assert printing.label == citizen.screen.number
    assert citizen.screen.qr == ""
    citizen.slip_is(outcome)
    assert bool(citizen.screen.qr) is (outcome is not PrintOutcome.PRINTED)


def test_a_slip_that_waits_for_the_printer_says_so_and_prints_when_it_can(citizen) -> None:
    citizen.asks_for_a_number()
    citizen.is_given()
    citizen.sees(PrinterChanged(OPEN))
    assert citizen.screen.headline == "Máy in đang gặp trục trặc"
    assert citizen.screen.qr
    citizen.sees(PrinterChanged(READY))
    assert citizen.screen.qr == ""
    citizen.slip_is(PrintOutcome.PRINTED)
    assert citizen.screen.slip is SlipState.PRINTED


@pytest.mark.parametrize("reason", ["one_way, transport", "gives_no_proof, transport"])
def test_a_printer_that_never_confirms_gives_no_reason_to_doubt_the_slip(citizen, reason) -> None:
    citizen.asks_for_a_number()
    citizen.is_given()
    told = citizen.slip_is(PrintOutcome.UNKNOWN, reason=reason)
    assert told == (ReportOutcome("t1", PrintOutcome.UNKNOWN, reason),)
    assert citizen.screen.slip is SlipState.SENT
    assert citizen.screen.headline == "Phiếu đã được gửi tới máy in"
    assert citizen.screen.qr


def test_proof_that_comes_late_is_told_to_the_hub(citizen) -> None:
    citizen.asks_for_a_number()
    citizen.is_given()
    citizen.slip_is(PrintOutcome.UNKNOWN, reason="out_of_paper, transport")
    told = citizen.slip_is(PrintOutcome.PRINTED, reason="late, process_id")
    assert told == (ReportOutcome("t1", PrintOutcome.PRINTED, "late, process_id"),)
    assert citizen.screen.slip is SlipState.PRINTED
