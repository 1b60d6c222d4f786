"""What a technician types: verify, export, close a day, repair, back up and restore, and the drill of docs/recovery.md."""

import json
import re
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result
from websockets.sync.client import ClientConnection, connect

from centerfloor.cli import main
from hub.database.storage import close_store, database_in, open_store
from hub.errors import HubProblem
from hub.journal.chain import Flaw
from hub.journal.journal import Journal
from hub.journal.loss import identity_of
from hub.journal.mark import MarkRecord, mark_folder, read_mark, set_mark
from hub.upkeep.data_lock import lock_data_dir
from plumbing.languages import LANGUAGES
from plumbing.sentences import load_sentences
from service_floor.queue.events import DayEnded, DayOpened, Stop, TicketIssued
from service_floor.zone import ZONE

ROOT = Path(__file__).parents[3]
HALL = ROOT / "tests" / "hub" / "hall.toml"
GUIDE = ROOT / "docs" / "recovery.md"
FRIDAY = date(2026, 11, 20)

Run = Callable[..., "CompletedProcess[str]"]
Start = Callable[..., Any]


def cf(*arguments: object, typed: str | None = None) -> Result:
    """The command in this process."""
    return CliRunner().invoke(main, [*map(str, arguments)], input=typed, catch_exceptions=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two days of three tickets: rows 1 to 10."""
    folder = tmp_path / "data"
    folder.mkdir()
    engine = open_store(database_in(folder))
    journal = Journal(engine)
    for n in range(2):
        day = FRIDAY + timedelta(days=n)
        at = datetime(day.year, day.month, day.day, 8, 0, tzinfo=ZONE)
        with journal.page() as page:
            page.record(DayOpened(day), at, day, "hub")
            for k in range(1, 4):
                stops = (Stop("certify"),)
                event = TicketIssued(f"{n}-{k}", f"A{k:05}", k, stops, None, "all-day", "k1")
                page.record(event, at, day, "k1")
            page.record(DayEnded(day), at, day, "hub")
    journal.close()
    close_store(engine)
    return folder


def tamper(data: Path, statement: str) -> None:
    store = sqlite3.connect(data / "floor.db", isolation_level=None)
    store.execute(statement)
    store.close()


def test_every_problem_of_the_hub_has_its_sentence_in_both_languages() -> None:
    for language in LANGUAGES:
        sentences = load_sentences("centerfloor", language)
        assert [p for p in HubProblem if not sentences.has(f"problem.{p}")] == []
        assert [flaw for flaw in Flaw if not sentences.has(f"flaw.{flaw}")] == []


def test_a_whole_chain_is_told_in_one_line(data: Path) -> None:
    done = cf("journal", "verify", "--data", data)
    assert done.exit_code == 0
    assert re.fullmatch(r"10 rows, 2 days, last hash [0-9a-f]{64}\n", done.stdout)


@pytest.mark.parametrize(
    ("tampering", "row", "vi", "en"),
    [
        ("UPDATE journal SET body = '{}' WHERE seq = 4", 4, "đã bị sửa", "was altered"),
        ("DELETE FROM journal WHERE seq = 7", 7, "bị thiếu", "is missing"),
        ("UPDATE journal SET body = x'ff' WHERE seq = 2", 2, "không đọc được", "cannot be read"),
    ],
)
def test_a_row_that_is_wrong_is_named_with_the_ways_out(
    data: Path, tampering: str, row: int, vi: str, en: str
) -> None:
    tamper(data, tampering)
    done = cf("journal", "verify", "--data", data)
    assert done.exit_code == 1
    assert f"Dòng {row} của sổ nhật ký {vi}" in done.stderr
    assert f"Row {row} of the journal {en}" in done.stderr
    assert f"journal repair --data DIR --to {row - 1}" in done.stderr


def test_the_closing_hash_of_a_day_is_found_again_or_its_absence_told(data: Path) -> None:
    closed = cf("journal", "close-of-day", "--data", data, "--day", FRIDAY)
    assert closed.exit_code == 0
    assert "rows 1 to 5" in closed.stdout
    printed = closed.stdout.split()[-1]
    found = cf("journal", "verify", "--data", data, "--printed", printed[:16].upper())
    assert (found.exit_code, "row 5, day 2026-11-20" in found.stdout) == (0, True)
    other = cf("journal", "verify", "--data", data, "--printed", "f" * 16)
    assert other.exit_code == 1
    assert "Compare each character with the paper" in other.stderr
    for short in ("abc", "g" * 16):
        assert cf("journal", "verify", "--data", data, "--printed", short).exit_code == 2


def test_a_day_that_is_not_there_or_not_proven_has_no_closing_hash(data: Path) -> None:
    done = cf("journal", "close-of-day", "--data", data, "--day", "2026-12-24")
    assert (done.exit_code, "2026-12-24" in done.stderr) == (2, True)
    tamper(data, "UPDATE journal SET at = 'x' WHERE seq = 3")
    done = cf("journal", "close-of-day", "--data", data, "--day", FRIDAY)
    assert (done.exit_code, "Row 3" in done.stderr, done.stdout) == (1, True, "")


def script(tmp_path: Path) -> Path:
    """The script that the guide prints."""
    (block,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    file = tmp_path / "prove.py"
    file.write_text(block, encoding="utf-8")
    return file


def test_an_export_is_proven_by_the_script_of_the_guide(data: Path, tmp_path: Path) -> None:
    prove, lines = script(tmp_path), tmp_path / "rows.jsonl"
    assert len(prove.read_text().splitlines()) <= 20
    assert cf("journal", "export", "--data", data, lines).exit_code == 0
    closed = cf("journal", "close-of-day", "--data", data, "--day", "2026-11-21").stdout.split()[-1]
    done = subprocess.run(
        [sys.executable, prove, lines], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"before {'0' * 64}\nlast {closed}\n"
    saturday = cf("journal", "export", "--data", data, "--day", "2026-11-21", lines)
    assert (saturday.exit_code, "5 rows" in saturday.stderr) == (0, True)
    lines.write_text(lines.read_text().replace("A00002", "A00009"))
    done = subprocess.run(
        [sys.executable, prove, lines], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "row 8 is not as it was written" in done.stderr) == (1, True)


def test_an_export_to_the_screen_is_nothing_but_rows(data: Path) -> None:
    done = cf("journal", "export", "--data", data, "-")
    assert [json.loads(line)["seq"] for line in done.stdout.splitlines()] == list(range(1, 11))
    tamper(data, "UPDATE journal SET body = CAST(x'ff' AS TEXT) WHERE seq = 7")
    done = cf("journal", "export", "--data", data, "-")
    assert (done.exit_code, len(done.stdout.splitlines())) == (1, 9)
    assert "rows that cannot be read: 7" in done.stderr


def test_a_repair_asks_and_tells_where_everything_is(data: Path) -> None:
    tamper(data, "UPDATE journal SET body = '{}' WHERE seq = 8")
    no = cf("journal", "repair", "--data", data, "--to", 7, typed="n\n")
    assert (no.exit_code, "cut off 3 rows" in no.stdout) == (1, True)
    assert [path.name for path in data.iterdir()] == ["floor.db"]
    done = cf("journal", "repair", "--data", data, "--to", 7, "--yes")
    assert done.exit_code == 0, done.output
    (cut_off,) = data.glob("cut-off-*.jsonl")
    (before,) = data.glob("floor-until-*.db")
    assert str(cut_off) in done.stdout
    assert str(before) in done.stdout
    assert cf("journal", "verify", "--data", data).stdout.startswith("7 rows, 2 days")


def test_a_repair_beyond_the_proof_or_beside_a_hub_is_refused(data: Path) -> None:
    done = cf("journal", "repair", "--data", data, "--to", 11, "--yes")
    assert (done.exit_code, "from 0 to 10" in done.stderr) == (2, True)
    with lock_data_dir(data):
        done = cf("journal", "repair", "--data", data, "--to", 5, "--yes")
    assert (done.exit_code, "systemctl stop" in done.stderr) == (2, True)


def test_a_backup_takes_no_other_ones_name_unasked(data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert cf("backup", "--data", data, copy).exit_code == 0
    assert cf("backup", "--data", data, copy).exit_code == 2
    assert cf("backup", "--data", data, copy, "--replace").exit_code == 0
    tamper(data, "DELETE FROM journal WHERE seq = 4")
    done = cf("backup", "--data", data, copy, "--replace")
    assert (done.exit_code, f"{copy}.unproven" in done.stderr) == (1, True)
    assert cf("restore", "--data", tmp_path / "new", copy).stdout.startswith("10 rows")


def test_a_newer_journal_is_not_replaced_unasked(data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    cf("backup", "--data", data, copy)
    tamper(data, "INSERT INTO journal SELECT 11, day, at, kind, body, device, hash, hash FROM journal WHERE seq = 10")  # fmt: skip
    done = cf("restore", "--data", data, copy)
    assert (done.exit_code, "--replace" in done.stderr) == (2, True)
    assert cf("restore", "--data", data, copy, "--replace").exit_code == 0


@pytest.mark.parametrize(
    "command", [("journal", "verify"), ("journal", "export", "-"), ("backup", "copy.db")]
)
def test_a_folder_without_a_journal_is_said_and_none_is_made(
    tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    empty = tmp_path / "empty"
    empty.mkdir()
    done = cf(*command, "--data", empty)
    assert (done.exit_code, str(empty) in done.stderr) == (2, True)
    assert list(empty.iterdir()) == []


@pytest.mark.floor
def test_a_hub_does_not_open_on_a_journal_that_it_cannot_prove(run: Run, data: Path) -> None:
    tamper(data, "UPDATE journal SET device = 'k2' WHERE seq = 8")
    before = (data / "floor.db").read_bytes()
    done = run("hub", "--config", HALL, "--data", data, "--port", 0)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "Row 8 of the journal was altered" in done.stderr
    assert "Dòng 8 của sổ nhật ký đã bị sửa" in done.stderr
    assert "--to 7" in done.stderr
    assert (data / "floor.db").read_bytes() == before


class Kiosk:
    """Presses, one after the other, and can press the same once more."""

    def __init__(self, wire: ClientConnection) -> None:
        self._wire = wire
        self._say({"t": "hello", "device": "k1", "token": "k1-0123456789abcdef"})

    def press(self, req: str) -> dict[str, Any]:
        command = {"kind": "issue_ticket", "services": ["certify"]}
        self._say({"t": "cmd", "req": req, "cmd": command})
        while True:
            frame: dict[str, Any] = json.loads(self._wire.recv(timeout=20))
            if frame["t"] == "answer":
                return frame

    def _say(self, frame: dict[str, Any]) -> None:
        self._wire.send(json.dumps(frame))


@pytest.fixture
def kiosk_at() -> Iterator[Callable[[str], Kiosk]]:
    """Connects a kiosk to a hub."""
    with ExitStack() as stack:
        yield lambda url: Kiosk(stack.enter_context(connect(url, compression=None, proxy=None)))


@pytest.mark.floor
def test_the_drill_of_the_guide_from_backup_to_open_doors(
    start: Start, run: Run, kiosk_at: Callable[[str], Kiosk], tmp_path: Path
) -> None:
    data, copy = tmp_path / "data", tmp_path / "stick" / "friday.db"
    copy.parent.mkdir()
    hub = start("hub", "--config", HALL, "--data", data, "--port", 0)
    kiosk = kiosk_at(hub.line("floor "))
    pressed = {secrets.token_hex(8): "" for _ in range(20)}
    for req in pressed:
        pressed[req] = kiosk.press(req)["result"]["ticket"]["number"]

    backed_up = cf("backup", "--data", data, copy)
    assert backed_up.exit_code == 0, backed_up.stderr
    paper = cf("journal", "close-of-day", "--data", data, "--day", datetime.now(ZONE).date())
    printed = paper.stdout.split()[-1]
    assert kiosk.press("after-the-backup")["ok"]

    hub._process.send_signal(signal.SIGKILL)
    hub._process.wait(30)
    shutil.rmtree(data)

    restored = run("restore", "--data", data, copy)
    assert (restored.returncode, restored.stdout) == (0, backed_up.stdout.split("backup")[0])
    verified = run("journal", "verify", "--data", data, "--printed", printed[:16])
    assert (verified.returncode, "printed hash is that of row 22" in verified.stdout) == (0, True)

    again = start("hub", "--config", HALL, "--data", data, "--port", 0)
    pages = again.line("pages ")
    kiosk = kiosk_at(again.line("floor "))
    assert httpx.get(f"{pages}/healthz", timeout=10).json()["ok"] is True
    for req, number in pressed.items():
        answer = kiosk.press(req)
        assert (answer["replayed"], answer["result"]["ticket"]["number"]) == (True, number)
    assert kiosk.press("a-new-one")["result"]["ticket"]["number"] == "A00021"
    running = cf("restore", "--data", data, copy, "--replace")
    assert (running.exit_code, "systemctl stop" in running.stderr) == (2, True)
    assert again.terminate() == 0


@pytest.fixture
def marked(data: Path) -> Path:
    """The same with its mark at row 10."""
    engine = open_store(database_in(data))
    with engine.connect() as connection:
        last = connection.exec_driver_sql("SELECT hash FROM journal WHERE seq = 10").scalar_one()
    at = datetime(2026, 11, 21, 8, 0, tzinfo=ZONE)
    set_mark(mark_folder(data), MarkRecord(identity_of(engine), 10, last.hex(), at, ended=True))
    close_store(engine)
    return data


def deeds(data: Path) -> list[tuple[str, str]]:
    store = sqlite3.connect(data / "floor.db")
    found = store.execute("SELECT kind, subject FROM account_deeds ORDER BY seq").fetchall()
    store.close()
    return found


def test_the_mark_is_verified_too(marked: Path) -> None:
    done = cf("journal", "verify", "--data", marked)
    assert (done.exit_code, "last acknowledged row: row 10" in done.stdout) == (0, True)
    done = cf("journal", "verify", "--data", marked, "--mark", marked / "nowhere")
    assert (done.exit_code, "no mark of the last row" in done.stderr) == (0, True)
    tamper(marked, "DELETE FROM ticket_numbers WHERE day = '2026-11-21'")
    tamper(marked, "DELETE FROM journal WHERE seq > 6")
    done = cf("journal", "verify", "--data", marked)
    assert (done.exit_code, "4 rows are missing" in done.stderr) == (1, True)
    done = cf("journal", "repair", "--data", marked, "--to", 6, "--yes")
    assert done.exit_code == 0
    assert cf("journal", "verify", "--data", marked).exit_code == 0
    assert deeds(marked) == [("journal_repaired", "journal")]
    (marked / "floor.db").unlink()
    done = cf("journal", "verify", "--data", marked)
    assert (done.exit_code, "it is gone" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("moment", "rows"),
    [("2026-11-21", 5), ("2026-11-20 08:00", 0), ("2026-11-21T08:00:01", 10), ("2027-01-01", 10)],
)
def test_a_repair_keeps_what_was_before_a_moment(marked: Path, moment: str, rows: int) -> None:
    done = cf("journal", "repair", "--data", marked, "--before", moment, "--yes")
    assert done.exit_code == 0, done.output
    mark = read_mark(mark_folder(marked))
    assert mark is not None
    assert (mark.seq, mark.ended) == (rows, True)
    assert f"{rows} rows" in done.stdout


@pytest.mark.parametrize("words", [[], ["--to", "3", "--before", "2026-11-21"]])
def test_a_repair_is_to_a_row_or_before_a_moment(marked: Path, words: list[str]) -> None:
    done = cf("journal", "repair", "--data", marked, *words, "--yes")
    assert (done.exit_code, "either --to or --before" in done.stderr) == (2, True)


def test_a_new_journal_is_begun_where_one_is_gone(marked: Path) -> None:
    done = cf("journal", "begin", "--data", marked, "--yes")
    assert (done.exit_code, "holds a journal already" in done.stderr) == (2, True)
    (marked / "floor.db").write_bytes(b"")
    assert cf("journal", "begin", "--data", marked, typed="n\n").exit_code == 1
    done = cf("journal", "begin", "--data", marked, typed="y\n")
    assert (done.exit_code, "new journal" in done.stdout) == (0, True)
    assert "kept as" in done.stdout
    assert deeds(marked) == [("journal_begun", "journal")]
    assert cf("journal", "verify", "--data", marked).exit_code == 0


def test_a_restore_sets_the_mark(marked: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert cf("backup", "--data", marked, copy).exit_code == 0
    shutil.rmtree(marked)
    assert cf("restore", "--data", marked, copy).exit_code == 0
    assert deeds(marked) == [("journal_restored", "journal")]
    assert "row 10" in cf("journal", "verify", "--data", marked).stdout
    accounts = cf("accounts", "list", "--config", HALL, "--data", tmp_path / "data")
    assert accounts.exit_code == 0
    shutil.rmtree(marked)
    accounts = cf("accounts", "list", "--config", HALL, "--data", tmp_path / "data")
    assert (accounts.exit_code, "it is gone" in accounts.stderr) == (2, True)


def test_the_guide_names_only_commands_that_there_are() -> None:
    named = set(re.findall(r"centerfloor ((?:journal )?[a-z-]+) -", GUIDE.read_text("utf-8")))
    assert {"backup", "restore", "journal verify", "journal repair"} <= named
    for command in named:
        assert cf(*command.split(), "--help").exit_code == 0
