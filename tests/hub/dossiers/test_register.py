"""The register of dossiers on a real file."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from hub.database.storage import database_in, open_store
from hub.dossiers.register import ImportReport, Register, TakeOutcome
from hub.errors import HubError, HubProblem
from hub.messages import DossierView
from service_floor.dossiers.model import Dossier, DossierStatus
from service_floor.zone import ZONE

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
CODE = "H56.14-261103-0007"
DOSSIER = Dossier(
    code=CODE,
    procedure="2.000815",
    procedure_name="Chứng thực bản sao",
    agency="Sở Tư pháp",
    status=DossierStatus.IN_PROGRESS,
    received_at=NOW - timedelta(days=3),
    due_at=NOW + timedelta(days=2),
)
HEAD = "Mã hồ sơ;Tên thủ tục;Đơn vị;Trạng thái;Ngày tiếp nhận;Ngày hẹn trả;Phiên bản\n"


@pytest.fixture
def register(tmp_path):
    engine = open_store(database_in(tmp_path))
    yield Register(engine)
    engine.dispose()


def test_a_dossier_comes_back_as_it_was_put(register) -> None:
    register.put([DOSSIER])
    assert register.find(CODE) == DOSSIER
    assert register.find("H56.14-261103-0008") is None


@pytest.mark.parametrize(
    ("version", "wins"), [(3, True), (2, True), (1, False)], ids=["newer", "equal", "older"]
)
def test_only_an_older_version_does_not_replace(register, version, wins) -> None:
    register.put([replace(DOSSIER, version=2)])
    register.put([replace(DOSSIER, version=version, status=DossierStatus.COMPLETED)])
    found = register.find(CODE)
    assert (found.status is DossierStatus.COMPLETED) is wins
    assert register.count() == 1


@pytest.mark.parametrize(
    "scanned",
    [CODE, f"  {CODE.lower()}\r", f"https://dichvucong.example/tra-cuu?ma={CODE}&x=1"],
)
def test_whatever_is_scanned_is_looked_up_by_the_code_in_it(register, scanned) -> None:
    register.put([DOSSIER])
    view = register.view(scanned, NOW)
    assert view.model_dump() == {
        "code": CODE,
        "procedure": "Chứng thực bản sao",
        "agency": "Sở Tư pháp",
        "status": "in_progress",
        "standing": "on_time",
        "received_at": DOSSIER.received_at,
        "due_at": DOSSIER.due_at,
        "finished_at": None,
        "note": "",
    }


def test_a_day_without_a_time_is_a_day_in_the_register_and_on_the_wire(register) -> None:
    moment = datetime(2026, 11, 3, 0, 0, tzinfo=ZONE)
    register.put([replace(DOSSIER, received_at=moment, due_at=date(2026, 11, 5))])
    view = register.view(DOSSIER.code, NOW)
    read = DossierView.model_validate_json(view.model_dump_json())
    assert read == view
    assert (read.received_at, read.due_at, read.finished_at) == (moment, date(2026, 11, 5), None)
    assert '"due_at":"2026-11-05"' in view.model_dump_json()


@pytest.mark.parametrize("scanned", ["", "8934588012345", "H56.14-261103-9999", "x" * 5_000])
def test_what_is_no_code_or_not_known_is_not_found(register, scanned) -> None:
    register.put([DOSSIER])
    assert register.view(scanned, NOW) is None


def test_an_export_is_taken_row_by_row_and_bad_rows_are_told(register) -> None:
    report = register.import_csv(
        HEAD + f"{CODE};Chứng thực;Sở Tư pháp;Đang xử lý;17/11/2026;24/11/2026;1\n"
        "not a code;Chứng thực;Sở Tư pháp;Đang xử lý;17/11/2026;24/11/2026;1\n"
        "H56.14-261103-0008;Đất đai;Sở TNMT;Lạ lùng;17/11/2026;24/11/2026;1\n"
        "H56.14-261103-0009;Đất đai;Sở TNMT;Đã trả kết quả;17/11/2026;24/11/2026;1\n"
    )
    assert (report.taken, report.refused) == (2, 2)
    assert [(p.line, p.column, p.code) for p in report.problems] == [
        (3, "code", "bad_dossier_code"),
        (4, "status", "unknown_status"),
    ]
    assert register.find("H56.14-261103-0009").status is DossierStatus.RETURNED


def test_more_rows_than_one_transaction_takes_are_all_taken(register) -> None:
    rows = "".join(
        f"H56.14-261103-{n:05};Đất đai;Sở;Đang xử lý;17/11/2026;24/11/2026;1\n"
        for n in range(1, 1_202)
    )
    assert register.import_csv(HEAD + rows) == ImportReport(1_201, 0, ())
    assert register.count() == 1_201


def test_of_very_many_problems_only_the_first_are_told(register) -> None:
    report = register.import_csv(HEAD + "nothing;;;;;;\n" * 1_500)
    assert (report.taken, report.refused, len(report.problems)) == (0, 1_500, 1_000)


def test_a_file_is_read_with_or_without_its_byte_order_mark(register, tmp_path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(HEAD + f"{CODE};Đất đai;Sở;5;;;\n", "utf-8-sig")
    assert register.import_file(path).taken == 1


@pytest.mark.parametrize("content", [None, "Mã hồ sơ;Trạng thái".encode("utf-16")])
def test_a_file_that_cannot_be_read_is_named(register, tmp_path, content) -> None:
    path = tmp_path / "export.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(HubError) as caught:
        register.import_file(path)
    assert caught.value.code is HubProblem.FILE_UNREADABLE
    assert caught.value.data["file"] == str(path)


def test_a_file_beyond_all_bounds_is_not_read(register, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("hub.dossiers.register.MOST_BYTES", 2**20)
    path = tmp_path / "export.csv"
    path.write_bytes(b"x" * (2**20 + 1))
    with pytest.raises(HubError) as caught:
        register.import_file(path)
    assert caught.value.code is HubProblem.FILE_TOO_LARGE
    assert caught.value.data == {"file": str(path), "most": 1}


def test_a_database_that_fails_during_an_import_is_named(register, tmp_path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(HEAD + f"{CODE};Đất đai;Sở;5;;;\n", "utf-8")
    with register._engine.begin() as connection:
        connection.execute(text("DROP TABLE dossiers"))
    with pytest.raises(HubError) as caught:
        register.import_file(path)
    assert caught.value.code is HubProblem.DATABASE_UNUSABLE
    assert "no such table" in caught.value.data["reason"]


def test_a_lookup_goes_by_the_key(register) -> None:
    with register._engine.connect() as connection:
        query = "EXPLAIN QUERY PLAN SELECT * FROM dossiers WHERE code = 'x'"
        steps = [row.detail for row in connection.execute(text(query))]
    assert steps == ["SEARCH dossiers USING PRIMARY KEY (code=?)"]


def test_what_is_offered_is_told_one_by_one(register) -> None:
    newer = replace(DOSSIER, version=2)
    other = replace(newer, note="Mang bản chính")
    assert register.take([DOSSIER, DOSSIER, newer, DOSSIER, other]) == [
        TakeOutcome.TAKEN,
        TakeOutcome.UNCHANGED,
        TakeOutcome.TAKEN,
        TakeOutcome.STALE,
        TakeOutcome.CONFLICT,
    ]
    assert register.find(CODE) == newer


def test_changes_are_numbered_upwards_and_each_dossier_stands_at_its_last(register) -> None:
    others = [replace(DOSSIER, code=f"H56.14-261103-{n:04}") for n in range(10, 13)]
    register.take([DOSSIER, *others])
    assert [(n, d.code) for n, d in register.changes(0, 2).some] == [
        (1, CODE),
        (2, others[0].code),
    ]
    register.take([replace(DOSSIER, version=2), others[0]])
    some, last = register.changes(2, 100)
    assert [number for number, _ in some] == [3, 4, 5]
    assert (some[-1].dossier, last) == (replace(DOSSIER, version=2), 5)
    assert register.changes(5, 100) == ((), 5)


def test_an_export_that_says_nothing_new_changes_nothing(register) -> None:
    register.put([DOSSIER])
    register.put([DOSSIER])
    assert register.changes(0, 10).last == 1


def test_dossiers_from_before_changes_were_numbered_are_numbered(register) -> None:
    register.put([replace(DOSSIER, code=f"H56.14-261103-{n:04}") for n in (3, 1, 2)])
    with register._engine.begin() as connection:
        _step(connection, command.downgrade, "0003")
    with register._engine.begin() as connection:
        _step(connection, command.upgrade, "head")
    some, last = register.changes(0, 10)
    assert [(number, dossier.code[-1]) for number, dossier in some] == [
        (1, "1"),
        (2, "2"),
        (3, "3"),
    ]
    assert last == 3


def _step(connection, move, revision) -> None:
    config = Config()
    config.set_main_option("script_location", "hub.database:migrations")
    config.attributes["connection"] = connection
    move(config, revision)
