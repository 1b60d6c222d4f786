"""`centerfloor journal`, `backup`, `restore` and `clock`: maintenance of the hub's data. Only repair, begin and restore
need the hub stopped."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Final, NoReturn

import click
from sqlalchemy import Engine

from centerfloor.commands.day_slip import print_day
from centerfloor.installation import mark_option
from centerfloor.ownership import keep_owner
from centerfloor.problems import exit_with, print_problem
from centerfloor.terminal import acting_user, echo, words
from hub.accounts.audit_log import THE_CLOCK, AuditAction, record_entry
from hub.database.storage import close_store, database_in, make_folder, open_store
from hub.errors import HubError, HubProblem
from hub.journal.chain import ChainBrokenError, Flaw
from hub.journal.journal import broken
from hub.journal.loss import refuse_loss, refuse_missing
from hub.journal.mark import mark_folder, read_mark
from hub.upkeep.backups import back_up
from hub.upkeep.backups import restore as bring_back
from hub.upkeep.data_lock import lock_data_dir
from hub.upkeep.database_files import NAME, database_file, opened_read_only
from hub.upkeep.deeds import Deed, begin_journal
from hub.upkeep.exporting import Exported
from hub.upkeep.exporting import export as write_out
from hub.upkeep.journal_repair import Cut, last_before, plan_cut
from hub.upkeep.journal_repair import repair as cut_back
from hub.upkeep.verification import DayClosing, Verdict, closing, verify
from plumbing.languages import LANGUAGES
from plumbing.private_files import open_private
from service_floor.zone import ZONE

NOT_PROVEN: Final = 1
"""Exit status if a row is not as it was written."""

_LOSSES: Final = (HubProblem.JOURNAL_MISSING, HubProblem.JOURNAL_SHORT, HubProblem.JOURNAL_OTHER)

_SHORTEST_HASH: Final = 16
"""Characters of a hash that are enough: rows with the same beginning cannot be found."""

_folder = click.Path(path_type=Path, file_okay=False)
_file = click.Path(path_type=Path, dir_okay=False)
_data = click.option("--data", required=True, type=_folder, metavar="DIR", help="The data folder of the hub.")  # fmt: skip
_moment = click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])  # fmt: skip
_day = click.DateTime(["%Y-%m-%d"])


def _printed_hash(_context: click.Context, _option: click.Parameter, value: str) -> str:
    value = value.strip().lower()
    if value and (len(value) < _SHORTEST_HASH or set(value) - set("0123456789abcdef")):
        raise click.BadParameter(words("usage.hash", least=_SHORTEST_HASH))
    return value


@click.group()
def journal() -> None:
    """The journal: what happened on the floor, each row tied to the one before by its hash."""


@journal.command("verify")
@_data
@mark_option
@click.option("--printed", default="", metavar="HASH", callback=_printed_hash, help="Also look for the closing hash of a printed report; its first 16 characters do.")  # fmt: skip
def verify_journal(data: Path, mark: Path | None, printed: str) -> None:
    """Read every row: one that was removed, altered, moved or inserted is named. The hub may be running.

    The journal is also compared with the mark of the last row that the hub acknowledged. Exit status 0 where all rows
    are as they were written, 1 where one is not, rows at the end are missing or the hash is not among them, 2 where the
    journal cannot be opened.
    """
    folder = mark or mark_folder(data)
    try:
        marked = read_mark(folder)
        refuse_missing(marked, data / NAME)
        with opened_read_only(database_file(data)) as engine:
            verdict = verify(engine, printed)
            _say_verdict(verdict)
            if not verdict.broken:
                refuse_loss(marked, engine)
    except HubError as error:
        if error.code in _LOSSES:
            print_problem(error.code, error.data)
            raise SystemExit(NOT_PROVEN) from error
        exit_with(error.code, error.data)
    if marked is None:
        echo("journal.no_mark", err=True, folder=folder)
    elif not verdict.broken:
        echo("journal.marked", row=marked.seq, time=f"{marked.at:%Y-%m-%d %H:%M:%S}")
    if verdict.printed is not None:
        row = verdict.printed
        echo("journal.printed", row=row.seq, day=row.day, time=row.at)
    elif printed and not verdict.broken:
        print_problem("hash_of_no_row", {"printed": printed})
        raise SystemExit(NOT_PROVEN)
    if verdict.broken:
        _end_broken(*verdict.broken)


@journal.command("export")
@_data
@click.option("--day", type=_day, metavar="D", help="One business day, e.g. 2026-11-20; all where it is left out.")  # fmt: skip
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
def export_journal(data: Path, day: datetime | None, file: Path) -> None:
    """Write the rows to FILE as JSON lines, hashes included; FILE - is the screen. The hub may be running.

    How anyone can prove such a file by a few lines of a script stands in docs/recovery.md.
    Exit status 1 where a row could not be read.
    """
    wanted = day.date() if day else None
    try:
        with opened_read_only(database_file(data)) as engine:
            if str(file) == "-":
                exported = write_out(engine, sys.stdout, wanted)
            else:
                with open_private(file) as lines:
                    exported = write_out(engine, lines, wanted)
    except HubError as error:
        exit_with(error.code, error.data)
    except OSError as problem:
        _end_unwritable(file, problem)
    echo("journal.exported", err=True, rows=exported.rows, file=file)
    _say_unreadable(exported)
    if exported.unreadable:
        raise SystemExit(NOT_PROVEN)


@journal.command("close-of-day")
@_data
@click.option("--day", required=True, type=_day, metavar="D", help="Business day, e.g. 2026-11-20.")
@click.option("--print", "paper", type=(_file, str), metavar="CONFIG KIOSK", help="Also print it, with the day's figures, on the printer of a kiosk; stop the kiosk first.")  # fmt: skip
@click.option("--language", type=click.Choice(LANGUAGES), default="vi", show_default=True)
def close_of_day(data: Path, day: datetime, paper: tuple[Path, str] | None, language: str) -> None:
    """Print the closing hash of a day, to be kept on paper.

    With it, it can be proven years later, by `journal verify --printed HASH`, that no row up to then was changed.
    Exit status 1 where a row up to then is not as it was written, 2 where there is no such day.
    """
    try:
        with opened_read_only(database_file(data)) as engine:
            closed = closing(engine, day.date())
            if closed and paper:
                print_day(engine, closed, *paper, language)
    except HubError as error:
        exit_with(error.code, error.data)
    except ChainBrokenError as problem:
        _end_broken(problem.seq, problem.flaw)
    if closed is None:
        exit_with("no_such_day", {"day": day.date().isoformat(), "folder": str(data)})
    _say_closing(closed)


@journal.command("repair")
@_data
@mark_option
@click.option("--to", type=int, metavar="N", help="The last row that is kept.")
@click.option("--before", type=_moment, metavar="MOMENT", help="Keep the rows before the first one of this moment or later, e.g. '2026-11-21' or '2026-11-20 14:30', by the hub's clock of then.")  # fmt: skip
@click.option("--yes", is_flag=True, help="Do not ask.")
def repair_journal(
    data: Path, mark: Path | None, to: int | None, before: datetime | None, yes: bool
) -> None:
    """Keep the beginning of the journal and cut off the rows behind it. The hub must be stopped.

    Give either --to or --before. What is cut off is written to a file in DIR first, and the whole database as it was is
    kept there too. It is recorded who did it, and the mark of the last row is set.
    """
    if (to is None) == (before is None):
        raise click.UsageError(words("usage.to_or_before"))
    now = datetime.now(ZONE)
    keep_owner(data, mark)
    try:
        file = database_file(data)
        with lock_data_dir(data), opened_read_only(file) as engine:
            last = to if to is not None else _last_before(engine, before)
            cut = plan_cut(engine, last, data / f"cut-off-{now:%Y%m%d-%H%M%S}.jsonl")
            _ask(cut, yes)
            repaired = cut_back(engine, data, cut, Deed(acting_user(), now, mark))
    except HubError as error:
        exit_with(error.code, error.data)
    _say_verdict(repaired.verdict)
    if repaired.cut_off.rows:
        echo("journal.cut_off", rows=repaired.cut_off.rows, file=cut.file)
    _say_unreadable(repaired.cut_off)
    echo("journal.answers_dropped", count=repaired.requests_dropped)
    for table in repaired.lost:
        echo("journal.table_in_part", err=True, table=table)
    echo("journal.kept_aside", file=repaired.aside)


@journal.command("begin")
@_data
@mark_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def begin_new(data: Path, mark: Path | None, yes: bool) -> None:
    """Begin a new, empty journal where the mark knows of one that is gone. The hub must be stopped.

    Numbers that were given today would be given again: see docs/recovery.md. Tokens that were revoked stay revoked. It
    is recorded who did it.
    """
    echo("journal.begin_plan", folder=data)
    if not yes:
        click.confirm(words("journal.begin_sure"), abort=True)
    keep_owner(data, mark)
    try:
        aside = begin_journal(data, Deed(acting_user(), datetime.now(ZONE), mark))
    except HubError as error:
        exit_with(error.code, error.data)
    echo("journal.begun", folder=data)
    if aside is not None:
        echo("backup.kept_aside", file=aside)


@click.command()
@_data
@click.option("--replace", is_flag=True, help="Take the place of an older backup of this name.")
@click.argument("file", type=_file)
def backup(data: Path, replace: bool, file: Path) -> None:
    """Copy the hub's database to FILE and prove the copy. The hub may be running.

    Exit status 1 where a row is not as it was written: the copy is then kept as FILE.unproven.
    """
    if file.exists() and not replace:
        exit_with(HubProblem.COPY_EXISTS, {"file": str(file)})
    try:
        verdict = back_up(data, file)
    except HubError as error:
        exit_with(error.code, error.data)
    _say_verdict(verdict)
    if verdict.broken:
        echo("backup.unproven", err=True, file=f"{file}.unproven")
        _end_broken(*verdict.broken)
    echo("backup.done", file=file)


@click.command()
@_data
@mark_option
@click.option("--replace", is_flag=True, help="Even where DIR holds rows that FILE has not.")
@click.argument("file", type=_file)
def restore(data: Path, mark: Path | None, replace: bool, file: Path) -> None:
    """Prove the backup FILE and make it the journal in DIR. The hub must be stopped.

    What DIR held is kept there beside; the mark of the last row is set, and it is recorded who did it. Exit status 2 where the backup cannot be proven or the hub is running.
    """
    keep_owner(data, mark)
    try:
        make_folder(data)
        restored = bring_back(file, data, Deed(acting_user(), datetime.now(ZONE), mark), replace)
    except HubError as error:
        exit_with(error.code, error.data)
    _say_verdict(restored.verdict)
    if restored.aside is not None:
        echo("backup.kept_aside", file=restored.aside)


@click.group()
def clock() -> None:
    """The hub's clock: held while the machine's clock is not believed."""


@clock.command()
@_data
@click.option("--yes", is_flag=True, help="Do not ask.")
def confirm(data: Path, yes: bool) -> None:
    """Confirm that this machine's clock is right now. Run it on the hub's machine.

    A running hub that holds its clock goes on with this one within a few seconds; if the date is a later one, the
    business day is rolled over. A hub that is started within ten minutes takes it too. It is recorded who confirmed.
    """
    now = datetime.now(ZONE)
    echo("clock.now", time=f"{now:%Y-%m-%d %H:%M:%S}")
    if not yes:
        click.confirm(words("clock.sure"), abort=True)
    keep_owner(data)
    try:
        database_file(data)
        engine = open_store(database_in(data))
        try:
            confirmed = AuditAction.CLOCK_CONFIRMED
            record_entry(engine, confirmed, THE_CLOCK, acting_user(), datetime.now(ZONE))
        finally:
            close_store(engine)
    except HubError as error:
        exit_with(error.code, error.data)
    echo("clock.confirmed")


def _last_before(engine: Engine, before: datetime | None) -> int:
    assert before is not None
    return last_before(engine, before.replace(tzinfo=ZONE))


def _ask(cut: Cut, yes: bool) -> None:
    cut_off = cut.last - cut.to
    echo("journal.plan", keep=cut.to, cut=cut_off)
    if not yes:
        click.confirm(words("journal.sure"), abort=True)


def _say_verdict(verdict: Verdict) -> None:
    echo("journal.verdict", rows=verdict.rows, days=verdict.days, hash=verdict.last_hash)


def _say_closing(closed: DayClosing) -> None:
    echo("journal.closing", day=closed.day, first=closed.first, last=closed.last, hash=closed.hash)
    if not closed.over:
        echo("journal.not_over", err=True)


def _say_unreadable(exported: Exported) -> None:
    if exported.unreadable:
        rows = ", ".join(map(str, exported.unreadable))
        echo("journal.unreadable", err=True, rows=rows)


def _end_broken(seq: int, flaw: Flaw) -> NoReturn:
    problem = broken(seq, flaw)
    print_problem(problem.code, problem.data)
    raise SystemExit(NOT_PROVEN)


def _end_unwritable(file: Path, problem: OSError) -> NoReturn:
    reason = problem.strerror or str(problem)
    exit_with(HubProblem.FILE_UNWRITABLE, {"file": str(file), "reason": reason})
