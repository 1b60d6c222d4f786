"""Registers exported by one-stop software."""

import csv
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_floor.dossiers.model import Dossier, DossierStatus
from service_floor.dossiers.rows import RowFault, RowProblem, read_rows
from service_floor.zone import ZONE

CODE = "H56.14-261101-0001"
VIETNAMESE = (
    "STT;Mã hồ sơ;Mã TTHC;Tên thủ tục;Chủ hồ sơ;Cơ quan;Trạng thái;Ngày nhận;Ngày hẹn trả;Ngày trả;Ghi chú;Phiên bản\n"
    f"1;{CODE};1.004222;Đăng ký thường trú;Nguyễn Văn An;Công an xã;Đang xử lý;01/11/2026 08:15;06/11/2026;;;3\n"
)
DAY = date(2026, 11, 6)
EXPECTED = Dossier(
    CODE,
    "1.004222",
    "Đăng ký thường trú",
    "Công an xã",
    DossierStatus.IN_PROGRESS,
    datetime(2026, 11, 1, 8, 15, tzinfo=ZONE),
    date(2026, 11, 6),
    version=3,
)


def one(head: str, row: str) -> Dossier | RowProblem:
    (found,) = read_rows(f"{head}\n{row}\n")
    return found


@pytest.mark.parametrize(
    "text",
    [
        VIETNAMESE,
        "\ufeff" + VIETNAMESE,
        VIETNAMESE.replace("\n", "\r\n"),
        VIETNAMESE.replace(";", ","),
        VIETNAMESE.replace(";", "\t"),
        VIETNAMESE.upper()
        .replace("ĐĂNG KÝ THƯỜNG TRÚ", "Đăng ký thường trú")
        .replace("CÔNG AN XÃ", "Công an xã"),
        "sep=;\n" + VIETNAMESE,
        VIETNAMESE.replace("thường", "thường\0"),
        VIETNAMESE + "\n;;;\n",
    ],
)
def test_a_register_is_read_however_it_was_exported(text: str) -> None:
    assert list(read_rows(text)) == [EXPECTED]


def test_english_heads_and_iso_dates_are_read() -> None:
    found = one(
        "code,procedure,procedure_name,agency,status,received_at,due_at,finished_at,note",
        f'{CODE},1.004222,"Residence, permanent",Police,10,2026-11-01T01:15:00+00:00,2026-11-06,2026-11-05T10:00,ok',
    )
    assert isinstance(found, Dossier)
    assert found.procedure_name == "Residence, permanent"
    assert found.status is DossierStatus.RETURNED
    assert found.received_at == datetime(2026, 11, 1, 8, 15, tzinfo=ZONE)
    assert found.due_at == date(2026, 11, 6)
    assert found.finished_at == datetime(2026, 11, 5, 10, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("written", "received", "due"),
    [
        ("06/11/2026", DAY, DAY),
        ("6/11/2026", DAY, DAY),
        ("2026-11-06", DAY, DAY),
        ("20261106", DAY, DAY),
        ("06/11/2026 00:00", DAY, DAY),
        ("06/11/2026 00:00:00", DAY, DAY),
        ("2026-11-06T00:00:00", DAY, DAY),
        ("2026-11-05T17:00:00Z", DAY, DAY),
        ("06/11/2026 23:59", datetime(2026, 11, 6, 23, 59, tzinfo=ZONE), DAY),
        ("2026-11-06T23:59:59.999+07:00", datetime(2026, 11, 6, 23, 59, 59, 999_000, ZONE), DAY),
        ("06/11/2026 00:01", *2 * (datetime(2026, 11, 6, 0, 1, tzinfo=ZONE),)),
        ("06/11/2026 23:58", *2 * (datetime(2026, 11, 6, 23, 58, tzinfo=ZONE),)),
    ],
)
def test_a_date_without_a_time_stays_a_day(written, received, due) -> None:
    """Midnight, and the last minute of a deadline, are what other software writes for a day."""
    found = one("code,status,received,due,finished", f"{CODE},9,{written},{written},{written}")
    assert isinstance(found, Dossier)
    assert [found.received_at, found.due_at, found.finished_at] == [received, due, received]
    assert type(found.due_at) is type(due)


def test_no_name_of_a_citizen_is_taken_over() -> None:
    (found,) = read_rows(VIETNAMESE)
    assert "Nguyễn" not in repr(found)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("01/02/2026 07:05", datetime(2026, 2, 1, 7, 5)),
        ("01/02/2026 07:05:09", datetime(2026, 2, 1, 7, 5, 9)),
        ("07:05 01/02/2026", datetime(2026, 2, 1, 7, 5)),
        ("07:05:09 01/02/2026", datetime(2026, 2, 1, 7, 5, 9)),
        ("2026-02-01 07:05", datetime(2026, 2, 1, 7, 5)),
    ],
)
def test_moments_are_read_on_the_clock_of_the_centre(text: str, moment: datetime) -> None:
    found = one("code,status,received", f"{CODE},2,{text}")
    assert isinstance(found, Dossier)
    assert found.received_at == moment.replace(tzinfo=ZONE)


@pytest.mark.parametrize("status", list(DossierStatus))
def test_a_status_is_known_by_number_and_by_code(status: DossierStatus) -> None:
    for text in (str(status.value), status.code):
        found = one("code,status", f"{CODE},{text}")
        assert isinstance(found, Dossier)
        assert found.status is status


@pytest.mark.parametrize(
    ("row", "column", "found", "code"),
    [
        ("H56,2,,,1", "code", "H56", RowFault.BAD_DOSSIER_CODE),
        ("", "code", "", RowFault.BAD_DOSSIER_CODE),
        (f"{CODE},11,,,1", "status", "11", RowFault.UNKNOWN_STATUS),
        (f"{CODE}", "status", "", RowFault.UNKNOWN_STATUS),
        (f"{CODE},2,31/02/2026,,1", "received_at", "31/02/2026", RowFault.BAD_DATE),
        (f"{CODE},2,,mai,1", "due_at", "mai", RowFault.BAD_DATE),
        (f"{CODE},2,01/01/0001,,1", "received_at", "01/01/0001", RowFault.BAD_DATE),
        (f"{CODE},2,,31/12/9999,1", "due_at", "31/12/9999", RowFault.BAD_DATE),
        (f"{CODE},2,,,1.5", "version", "1.5", RowFault.BAD_VERSION),
        (f"{CODE},2,,,1234567890", "version", "1234567890", RowFault.BAD_VERSION),
    ],
)
def test_a_bad_row_is_named_and_the_next_one_is_taken(
    row: str, column: str, found: str, code: RowFault
) -> None:
    rows = list(read_rows(f"code,status,received,due,version,x\n{row},,,,,x\n{CODE},2\n"))
    problem, dossier = rows
    assert isinstance(problem, RowProblem)
    assert (problem.line, problem.column, problem.found, problem.code) == (2, column, found, code)
    assert problem.allowed
    assert isinstance(dossier, Dossier)


def test_a_register_without_code_and_status_says_which_columns_are_missing() -> None:
    problems = list(read_rows("sep=,\nSTT,Chủ hồ sơ\n1,An\n"))
    assert [(p.line, p.column, p.code) for p in problems if isinstance(p, RowProblem)] == [
        (2, "code", RowFault.MISSING_COLUMN),
        (2, "status", RowFault.MISSING_COLUMN),
    ]
    assert isinstance(problems[0], RowProblem)
    assert "ma ho so" in problems[0].allowed


def test_a_cell_beyond_all_bounds_spoils_only_its_row() -> None:
    text = f"code,status,note\n{CODE},2,{'x' * (csv.field_size_limit() + 1)}\n{CODE},2,y\n"
    problem, dossier = read_rows(text)
    assert isinstance(problem, RowProblem)
    assert (problem.code, problem.line) == (RowFault.UNREADABLE_ROW, 2)
    assert isinstance(dossier, Dossier)


def test_a_head_beyond_all_bounds_is_a_problem_of_the_whole_register() -> None:
    text = f"code,status,{'x' * (csv.field_size_limit() + 1)}\n{CODE},2,y\n"
    (problem,) = read_rows(text)
    assert isinstance(problem, RowProblem)
    assert (problem.code, problem.line) == (RowFault.UNREADABLE_ROW, 1)


def test_a_row_of_several_lines_is_named_by_its_first() -> None:
    problem = one("code,status,note", f'{CODE},99,"a\nb\nc"')
    assert isinstance(problem, RowProblem)
    assert problem.line == 2


def test_what_was_found_is_shown_shortened() -> None:
    problem = one("code,status", f"{'9' * 999},2")
    assert isinstance(problem, RowProblem)
    assert len(problem.found) == 200


def test_of_two_columns_for_one_thing_the_first_that_says_something_counts() -> None:
    found = one("Mã hồ sơ,Thủ tục,Tên thủ tục,status", f"{CODE},,Tách hộ,2")
    other = one("Mã hồ sơ,Thủ tục,Tên thủ tục,status", f"{CODE},Tách hộ,,2")
    assert found == other
    assert isinstance(found, Dossier)
    assert found.procedure_name == "Tách hộ"


@given(st.text(max_size=200))
def test_any_text_is_read_to_its_end(text: str) -> None:
    for row in read_rows("code,status,due\n" + text):
        assert isinstance(row, Dossier | RowProblem)
