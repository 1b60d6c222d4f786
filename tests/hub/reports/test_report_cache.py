"""Reports that the hub hands out: made apart, one at a time, and kept."""

import asyncio
import json
import os
import sys
from dataclasses import replace
from datetime import date

import pytest

from hub.database.storage import database_in
from hub.errors import HubError, HubProblem
from hub.reports import report_cache
from hub.reports.report_cache import MOST_KEPT, MOST_WAITING, ReportCache, ReportQueueFullError
from hub.reports.report_worker import ReportTask, answer, outcomes, tasks
from service_floor.queue.planning.plan import Hours

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


def test_a_task_travels_whole_and_shows_no_password(plan) -> None:
    task = ReportTask("postgresql://hub:secret@db/floor", replace(plan, hours=Hours(())), FRIDAY)
    assert tasks.validate_json(tasks.dump_json(task)) == task
    assert "secret" not in repr(task)


def test_the_answer_has_a_line_for_each_part(friday, plan) -> None:
    head, fairness, statistics = answer(ReportTask(database_in(friday), plan, FRIDAY))
    assert outcomes.validate_json(head).over
    assert json.loads(fairness)["totals"]["calls"] == 3
    assert json.loads(statistics)["figures"]["issued"] == 3
    (nothing,) = answer(ReportTask(database_in(friday), plan, date(2020, 1, 1)))
    assert not outcomes.validate_json(nothing).found


def test_a_journal_that_cannot_be_read_is_told_as_a_code(plan, tmp_path) -> None:
    (only,) = answer(ReportTask(database_in(tmp_path), plan, FRIDAY))
    assert outcomes.validate_json(only).problem is HubProblem.DATABASE_UNUSABLE


class Apart:
    """Stands for the process and counts how often it is started; `answer` itself is the real one."""

    def __init__(self, monkeypatch):
        self.asked, self.running = [], 0
        monkeypatch.setattr(report_cache, "_run_worker", self)

    async def __call__(self, task):
        self.asked.append(task.day)
        self.running += 1
        assert self.running == 1, "two at a time"
        await asyncio.sleep(0)
        self.running -= 1
        return b"\n".join(answer(task))


@pytest.mark.floor
async def test_a_process_makes_the_report(friday, plan) -> None:
    report = await ReportCache(database_in(friday), plan).report(FRIDAY)
    assert json.loads(report.fairness)["totals"]["calls"] == 3
    assert report.over


async def test_a_day_that_is_over_is_made_once_and_today_again_after_a_minute(
    friday, plan, monkeypatch
) -> None:
    apart, now = Apart(monkeypatch), [0.0]
    kept = ReportCache(database_in(friday), plan, lambda: now[0])
    for _ in range(2):
        assert await kept.report(FRIDAY)
        assert await kept.report(SATURDAY)
    assert apart.asked == [FRIDAY, SATURDAY]
    now[0] = 61.0
    await kept.report(FRIDAY)
    await kept.report(SATURDAY)
    assert apart.asked == [FRIDAY, SATURDAY, SATURDAY]


async def test_who_asks_together_is_answered_by_one_report(friday, plan, monkeypatch) -> None:
    apart = Apart(monkeypatch)
    kept = ReportCache(database_in(friday), plan)
    reports = await asyncio.gather(*(kept.report(FRIDAY) for _ in range(5)))
    assert apart.asked == [FRIDAY]
    assert len(set(map(id, reports))) == 1


async def test_too_many_who_wait_are_sent_away(friday, plan, monkeypatch) -> None:
    Apart(monkeypatch)
    kept = ReportCache(database_in(friday), plan)
    asked = [kept.report(FRIDAY) for _ in range(MOST_WAITING + 2)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(each, ReportQueueFullError) for each in answers) == 2
    assert await kept.report(FRIDAY)


async def test_only_a_month_is_kept(friday, plan, monkeypatch) -> None:
    apart = Apart(monkeypatch)
    kept = ReportCache(database_in(friday), plan)
    await kept.report(FRIDAY)
    known = kept._kept[FRIDAY]
    kept._kept |= {date(2026, 1, n + 1): known for n in range(MOST_KEPT)}
    await kept.report(SATURDAY)
    assert len(kept._kept) == MOST_KEPT
    await kept.report(FRIDAY)
    assert apart.asked == [FRIDAY, SATURDAY, FRIDAY]


@pytest.mark.floor
async def test_a_process_that_fails_is_a_code_and_leaves_the_next_question_open(
    plan, monkeypatch, tmp_path
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    kept = ReportCache(database_in(tmp_path), plan)
    for _ in range(2):
        with pytest.raises(HubError) as caught:
            await kept.report(FRIDAY)
        assert caught.value.code is HubProblem.DATABASE_UNUSABLE


@pytest.fixture
def endless(monkeypatch, tmp_path):
    """An interpreter that does nothing and does not end; the file in which it leaves its process number."""
    program, number = tmp_path / "endless", tmp_path / "number"
    program.write_text(f"#!/bin/sh\necho $$ > {number}\nexec sleep 60\n")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    return number


def gone(number):
    with pytest.raises(ProcessLookupError):
        os.kill(int(number.read_text()), 0)


async def test_a_process_that_takes_too_long_is_ended(plan, monkeypatch, tmp_path, endless) -> None:
    monkeypatch.setattr(report_cache, "LONGEST_SECONDS", 0.3)
    with pytest.raises(HubError) as caught:
        await ReportCache(database_in(tmp_path), plan).report(FRIDAY)
    assert caught.value.data["reason"] == "time is up"
    gone(endless)


async def test_a_process_does_not_outlive_who_asked(plan, tmp_path, endless) -> None:
    asking = asyncio.create_task(ReportCache(database_in(tmp_path), plan).report(FRIDAY))
    async with asyncio.timeout(10):
        while not endless.exists() or not endless.read_text():
            await asyncio.sleep(0.01)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    gone(endless)
