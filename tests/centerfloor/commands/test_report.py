"""The report as it is asked for at the command line, on a journal that a hub's own rules have written."""

import csv
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner

from centerfloor.cli import main
from config.loading import load
from config.planning import floor_plan
from hub.database.storage import close_store, database_in, open_store
from hub.journal.journal import Journal
from service_floor.queue import commands as c
from service_floor.queue.events import TicketCalled, TicketMissed
from service_floor.queue.floor import Floor
from service_floor.queue.rules import Rules
from service_floor.zone import ZONE

HALL = Path(__file__).parents[2] / "hub" / "hall.toml"
EIGHT = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)


class Day:
    """A Friday that is pressed step by step into a journal."""

    def __init__(self, folder: Path) -> None:
        self.floor, self.now, self.ids = Floor(), EIGHT, count(1)
        self.rules = Rules(floor_plan(load(HALL), EIGHT.date()), self.floor)
        self.engine = open_store(database_in(folder))
        self.journal = Journal(self.engine)

    def tell(self, *events) -> None:
        with self.journal.page() as page:
            for event in events:
                self.floor.fold(event, self.now)
                page.record(event, self.now, self.floor.day, "t1")
        self.now += timedelta(seconds=10)

    def do(self, command) -> str:
        due = self.rules.due(self.now)
        if due:
            self.tell(*due)
        actor = c.Actor("t1", c.Role.HUB)
        events = self.rules.decide(c.Order(command, actor, self.now, f"id{next(self.ids)}"))
        self.tell(*events)
        return getattr(events[0], "ticket", "")

    def serve(self, call) -> str:
        ticket = self.do(call)
        self.do(c.StartServing("c1"))
        self.do(c.Finish("c1"))
        return ticket

    def close(self) -> None:
        self.journal.close()
        close_store(self.engine)


@pytest.fixture
def data(tmp_path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def friday(data):
    data.mkdir()
    day = Day(data)
    day.do(c.SignIn("c1", "o1"))
    day.do(c.OpenCounter("c1"))
    day.do(c.IssueTicket(("certify",)))
    chosen = day.do(c.IssueTicket(("certify",)))
    day.do(c.IssueTicket(("certify",), "elderly"))
    day.serve(c.CallNext("c1"))
    day.serve(c.CallTicket("c1", chosen, "=wheelchair"))
    day.serve(c.CallNext("c1"))
    yield day
    day.close()


def ask(data, *more):
    given = ("report", "fairness", "--config", HALL, "--data", data, *more)
    return CliRunner().invoke(main, list(map(str, given)))


@pytest.fixture
def report(data, friday):
    return lambda *more, day="2026-11-20": ask(data, "--day", day, *more)


def test_a_fair_day_is_told_in_vietnamese(report) -> None:
    done = report()
    assert (done.exit_code, done.stderr) == (0, "")
    text = done.stdout
    assert text.startswith("BÁO CÁO CÔNG BẰNG NGÀY 20/11/2026\n")
    assert "KẾT LUẬN: mọi lượt gọi đều có quy tắc hoặc lý do." in text
    assert "Lượt gọi: 3" in text
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "Đối tượng ưu tiên được gọi trước 1 33,3 %" in lines
    assert "Không theo thứ tự, có lý do 1 33,3 %" in lines
    assert "KHÔNG GIẢI THÍCH ĐƯỢC 0 0,0 %" in lines
    assert "Quầy 1 Công chức 1 3 1 0 1" in lines
    assert "Quầy 1 Công chức 1 =wheelchair 1" in lines
    assert "08:01:30 Quầy 1 Công chức 1 A00002 A00001 A00001 =wheelchair" in lines
    assert "Người cao tuổi 1 1 0 0 1" in lines
    assert "Chứng thực 3 0:00:50 0:01:30 0:01:30 0:01:30" in lines


def test_a_fair_day_is_told_in_english(report) -> None:
    done = report("--language", "en")
    assert done.exit_code == 0
    assert "RESULT: every call has a rule or a reason." in done.stdout
    assert "Certified copies" in done.stdout


def test_a_call_without_rule_and_reason_ends_with_status_1(report, friday) -> None:
    friday.do(c.IssueTicket(("certify",)))
    friend = friday.do(c.IssueTicket(("certify",)))
    friday.tell(TicketCalled(friend, "c1", "o1", "forged"))
    done = report("--language", "en")
    assert done.exit_code == 1
    assert "Calls with NEITHER a rule NOR a reason: 1" in done.stdout
    assert "CALLS WITHOUT EXPLANATION" in done.stdout


def test_a_way_out_without_rule_and_reason_ends_with_status_1_and_one_with_a_reason_does_not(
    report, friday
) -> None:
    friday.do(c.IssueTicket(("certify",)))
    skipped = friday.do(c.IssueTicket(("certify",)))
    friday.do(c.CallNext("c1"))
    friday.do(c.MarkNoShow("c1", "gone home"))
    done = report("--language", "en")
    assert done.exit_code == 0
    assert "gone home" in done.stdout
    friday.do(c.CallNext("c1"))
    # As hubs wrote it that held nobody to the promised calls.
    friday.tell(TicketMissed(skipped, "c1"))
    done = report("--language", "en")
    assert done.exit_code == 1
    assert "every call has a rule or a reason" in done.stdout
    assert "Ways into or out of the queue with NEITHER a rule NOR a reason: 1" in done.stdout


def test_every_call_stands_in_the_sheet_and_none_is_a_formula(report, tmp_path) -> None:
    sheet = tmp_path / "fairness.csv"
    assert report("--csv", sheet).exit_code == 0
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbf")
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head[:4] == ["Giờ", "Quầy", "Công chức", "Số"]
    assert [row[3] for row in rows] == ["A00003", "A00002", "A00001"]
    assert [row[6] for row in rows] == ["CHƯA XÁC NHẬN", "", ""]
    assert rows[1][8] == "'=wheelchair"


def test_a_sheet_that_cannot_be_written_is_a_sentence(report, tmp_path) -> None:
    done = report("--csv", tmp_path / "missing" / "fairness.csv")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def test_a_day_that_is_not_in_the_journal_is_a_sentence(report) -> None:
    done = report(day="2026-11-19")
    assert done.exit_code == 2
    assert "has no day 2026-11-19" in done.stderr


def test_a_folder_without_a_journal_stays_without_one(tmp_path) -> None:
    done = ask(tmp_path)
    assert done.exit_code == 2
    assert "There is no journal in" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_journal_that_was_touched_gives_no_report(report, friday) -> None:
    with friday.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE journal SET device = 't2' WHERE seq = 4")
    done = report()
    assert (done.exit_code, done.stdout) == (2, "")
    assert "4" in done.stderr
