"""The slips of a desk: what is offered of a scan, and what stands on the paper."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from config.loading import load
from config.model.devices import EscposPrinter
from counter_terminal.desk.desk import Desk
from counter_terminal.desk.events import (
    CodeRead,
    FloorSeen,
    HubLine,
    PaperChosen,
    PaperSettled,
    QuestionAnswered,
)
from counter_terminal.desk.papers import Papers
from counter_terminal.desk.setup import DeskSetup
from counter_terminal.naming import desk_setup
from drivers.slip import Slip, Text
from hub.messages import Answer, DossierView
from plumbing.sentences import load_sentences
from service_floor.procedures.model import Paper as Needed
from service_floor.procedures.model import Procedure

DEMO = Path(__file__).parents[3] / "config" / "examples" / "demo.toml"
FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LATE = DossierView(
    code="H56.14-261102-0001",
    procedure="Cấp bản sao trích lục hộ tịch",
    agency="Sở Tư pháp",
    status="in_progress",
    standing="overdue",
    received_at=FRIDAY - timedelta(days=18),
    due_at=FRIDAY - timedelta(days=3),
    finished_at=None,
    note="",
)
BIRTH = Procedure(
    "1.001193", "Đăng ký khai sinh", "Hộ tịch", (), papers=(Needed("Giấy chứng sinh", 1, 0),)
)


@pytest.fixture(scope="module")
def setup():
    hall = load(DEMO)
    printer = EscposPrinter.model_validate(hall.kiosks[0].printer.model_dump())
    terminal = hall.counter_terminals[0].model_copy(update={"printer": printer})
    return desk_setup(hall, terminal, load_sentences("counter_terminal", "vi"))


@pytest.fixture
def a_desk(setup) -> DeskSetup:
    return replace(setup, counter="c1")


@pytest.fixture
def papers(setup) -> Papers:
    return Papers(setup)


def said(slip: Slip | None) -> list[str]:
    assert slip is not None
    return [block.text for block in slip.blocks if isinstance(block, Text)]


def test_a_late_dossier_has_its_appointment_and_apologies_with_working_days(papers) -> None:
    offers = papers.offers(LATE, FRIDAY)
    assert [offer.id for offer in offers] == [
        "appointment", "apology@2026-11-23", "apology@2026-11-25", "apology@2026-11-26",
        "apology@2026-11-30", "apology@2026-12-07",
    ], "24 November is a public holiday"  # fmt: skip
    assert offers[1].name == "Phiếu xin lỗi, hẹn lại ngày 23/11/2026"


@pytest.mark.parametrize(
    ("changes", "offered"),
    [
        ({"standing": "on_time"}, ["appointment"]),
        ({"due_at": None}, []),
        ({"finished_at": FRIDAY, "standing": "done_late"}, []),
    ],
)
def test_only_what_the_register_promises_is_offered(papers, changes, offered) -> None:
    dossier = LATE.model_copy(update=changes)
    assert [offer.id for offer in papers.offers(dossier, FRIDAY)] == offered


def test_without_a_printer_a_scan_or_the_time_nothing_is_offered(setup, papers) -> None:
    assert Papers(replace(setup, papers=None)).offers(LATE, FRIDAY) == ()
    assert papers.offers(None, FRIDAY) == papers.offers(LATE, None) == ()


def test_the_apology_names_the_new_day_and_what_the_register_knows(papers) -> None:
    slip = papers.slip(LATE, "apology@2026-11-25", FRIDAY)
    lines = said(slip)
    assert slip.job == f"apology-{LATE.code}"
    assert "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết" in lines
    assert "25/11/2026" in lines
    assert "Đơn vị chủ trì giải quyết: Sở Tư pháp" in lines
    assert not any(line.startswith(("Kính gửi", "Lý do")) for line in lines)


def test_the_appointment_tells_the_day_and_nobody_whom_the_register_does_not_name(papers) -> None:
    lines = said(papers.slip(LATE, "appointment", FRIDAY))
    assert "Sau 09:00 ngày 17/11/2026" in lines
    assert "Thời gian nhận hồ sơ: 09:00 ngày 02/11/2026" in lines
    assert "- Theo hồ sơ đã nhận" in lines


def test_a_dossier_without_its_day_of_receipt_has_its_appointment(papers) -> None:
    lines = said(papers.slip(LATE.model_copy(update={"received_at": None}), "appointment", FRIDAY))
    assert "Sau 09:00 ngày 17/11/2026" in lines
    assert not any(line.startswith("4. Thời gian nhận") for line in lines)


def test_where_the_register_has_only_days_no_time_is_promised(papers) -> None:
    days = {"received_at": date(2026, 11, 2), "due_at": date(2026, 11, 5)}
    dossier = LATE.model_copy(update=days)
    lines = said(papers.slip(dossier, "appointment", FRIDAY))
    assert "Ngày 05/11/2026" in lines
    assert "Thời gian nhận hồ sơ: 02/11/2026" in lines
    assert not any("23:59" in line or "00:00" in line for line in lines)
    assert lines[-1] == "Hỗ trợ: 1900 0000"
    assert not any("Ông (Bà)" in line for line in lines)


def test_a_procedure_has_its_list_of_papers(papers) -> None:
    assert [offer.id for offer in papers.offers(BIRTH, FRIDAY)] == ["checklist"]
    lines = said(papers.slip(BIRTH, "checklist", FRIDAY))
    assert "[ ] Giấy chứng sinh" in lines
    assert "Phí, lệ phí: Nguồn chưa công bố" in lines
    assert papers.slip(replace(BIRTH, papers=()), "checklist", FRIDAY) is not None


@pytest.mark.parametrize("paper", ["checklist", "apology@2026-11-21", "apology", "rubbish", ""])
def test_what_is_not_offered_is_not_printed(papers, paper) -> None:
    assert papers.slip(LATE, paper, FRIDAY) is None


def test_the_card_tells_of_its_slip_and_a_notice_of_one_that_did_not_come_out(
    a_desk, counter_view
) -> None:
    desk = Desk(a_desk)
    desk.handle(HubLine(up=True))
    desk.handle(FloorSeen(counter_view(), (), FRIDAY))
    (asked,) = desk.handle(CodeRead(LATE.code))
    desk.handle(
        QuestionAnswered(asked, Answer(req="q1", ok=True, result=LATE.model_dump(mode="json")))
    )
    (printing,) = desk.handle(PaperChosen("appointment", LATE.code))
    assert (printing.code, desk.screen.dossier.printing) == (LATE.code, "Đang in …")
    assert desk.handle(PaperChosen("receipt", LATE.code)) == ()
    desk.handle(PaperSettled(LATE.code, "printed"))
    assert (desk.screen.dossier.printing, desk.screen.notice) == ("Đã in", "")
    desk.handle(PaperSettled(LATE.code, "unknown"))
    assert desk.screen.dossier.printing == ""
    assert desk.screen.notice.startswith(f"Chưa rõ {LATE.code} đã in ra chưa.")


def test_a_menu_of_another_card_prints_nothing(a_desk, counter_view) -> None:
    desk = Desk(a_desk)
    desk.handle(HubLine(up=True))
    desk.handle(FloorSeen(counter_view(), (), FRIDAY))
    (asked,) = desk.handle(CodeRead(LATE.code))
    answer = Answer(req="q1", ok=True, result=LATE.model_dump(mode="json"))
    desk.handle(QuestionAnswered(asked, answer))
    assert desk.handle(PaperChosen("appointment", "H56.14-261103-9999")) == ()
    assert desk.screen.dossier.printing == ""
