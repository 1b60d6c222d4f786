"""What is told of procedures and dossiers."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from hub.messages import DossierView
from kiosk.flow.present import present
from kiosk.flow.screens import Page, SlipState
from kiosk.flow.state import DossierStage, Inquiry
from service_floor.zone import ZONE

DOSSIER = DossierView(
    code="H56.14-240823-0001",
    procedure="Đăng ký khai sinh",
    agency="UBND phường",
    status="completed",
    standing="overdue",
    received_at=datetime(2026, 11, 16, 8, 15, tzinfo=ZONE),
    due_at=datetime(2026, 11, 19, 17, 0, tzinfo=ZONE),
    finished_at=None,
    note="Đến quầy 3",
)


def shown(citizen, dossier):
    inquiry = Inquiry(DossierStage.FOUND, dossier.code, dossier=dossier)
    state = citizen.flow.state.at(Page.DOSSIER, inquiry=inquiry)
    return present(state, citizen.reference).screen


def test_a_dossier_is_told_with_its_dates_and_without_the_note_meant_for_officers(citizen) -> None:
    screen = shown(citizen, DOSSIER)
    assert (screen.headline, screen.notice.tone) == ("Đã có kết quả", "warning")
    assert {fact.label: fact.value for fact in screen.facts} == {
        "Cơ quan giải quyết": "UBND phường",
        "Ngày nhận": "08:15, 16/11/2026",
        "Ngày hẹn trả": "17:00, 19/11/2026",
    }


def test_a_day_of_the_register_is_shown_without_a_time(citizen) -> None:
    changes = {"received_at": date(2026, 11, 16), "due_at": date(2026, 11, 19)}
    screen = shown(citizen, DOSSIER.model_copy(update=changes))
    assert [fact.value for fact in screen.facts][1:] == ["16/11/2026", "19/11/2026"]


def test_a_status_or_standing_of_a_newer_hub_is_not_made_up(citizen) -> None:
    screen = shown(citizen, DOSSIER.model_copy(update={"status": "frozen", "standing": "odd"}))
    assert (screen.headline, screen.notice.text) == ("Trạng thái: frozen", "")


def test_without_a_scanner_nobody_is_told_to_scan(citizen) -> None:
    kiosk = citizen.reference.kiosk.model_copy(update={"scanner": None})
    bare = replace(citizen.reference, kiosk=kiosk)
    dossier = present(citizen.flow.state.at(Page.DOSSIER), bare).screen
    assert "máy quét" not in dossier.notice.text
    assert present(citizen.flow.state.at(Page.WELCOME), bare).screen.scan_hint == ""


def test_the_publishing_decision_is_named(citizen) -> None:
    birth = citizen.reference.catalogue.by_code("1.001193")
    named = replace(birth, decision="1666/QĐ-UBND", published="15/05/2017")
    state = citizen.flow.state.at(Page.PROCEDURE, procedure=named)
    facts = present(state, citizen.reference).screen.facts
    assert facts[-1].value == "1666/QĐ-UBND 15/05/2017"


def test_papers_stand_under_their_case_and_remarks_are_no_papers(citizen) -> None:
    birth = citizen.reference.catalogue.by_code("1.001193")
    state = citizen.flow.state.at(Page.PROCEDURE, procedure=birth)
    papers = present(state, citizen.reference).screen.papers
    assert [paper.heading for paper in papers] == ["Nộp", "", "Xuất trình"]
    assert [paper.remark for paper in papers] == [False, False, True]


def test_a_procedure_page_without_a_procedure_is_a_defect(citizen) -> None:
    with pytest.raises(ValueError, match="without a procedure"):
        present(citizen.flow.state.at(Page.PROCEDURE), citizen.reference)


@pytest.mark.parametrize(
    ("page", "omitted", "said"),
    [
        ("", 0, "Đã in xong."),
        ("", 48, "hỏi quầy hướng dẫn"),
        ("https://dvc.example.vn/{code}", 48, "quét mã trên giấy"),
    ],
)
def test_a_list_that_was_shortened_is_said_to_be_so(citizen, page, omitted, said) -> None:
    birth = citizen.reference.catalogue.by_code("1.001193")
    reference = replace(citizen.reference, procedure_page=page)
    printed = citizen.flow.state.at(
        Page.PROCEDURE, procedure=birth, checklist=SlipState.PRINTED, omitted=omitted
    )
    assert said in present(printed, reference).screen.notice.text
