"""The fairness of a day for a supervisor: call by call, filtered, in pages, and as a sheet."""

import csv
import io
import re
from unittest.mock import AsyncMock

import pytest

from hub.errors import HubError, HubProblem
from hub.reports.report_cache import ReportCache, ReportQueueFullError
from hub.web.console import fairness

DAY = "fairness?day=2026-11-20"


@pytest.fixture
async def open_day(enter, hub, talk, clock, monkeypatch):
    """A claim that nobody confirmed goes first, then a call with a reason, then who came first."""
    monkeypatch.setattr(fairness, "TIMEOUT_SECONDS", 60.0)
    kiosk, officer = await talk(hub, "k1"), await talk(hub, "t1")
    await officer.open_counter()
    tickets = []
    for priority in (None, None, "elderly"):
        answer = await kiosk.issue(priority=priority)
        tickets.append(answer["result"]["ticket"]["id"])
        clock.pass_by(seconds=10)
    for kind, what in (
        ("call_next", {}),
        ("call_ticket", {"ticket": tickets[1], "reason": "frail"}),
        ("call_next", {}),
    ):
        assert (await officer.order(kind, counter="c1", **what))["ok"]
        await officer.order("start_serving", counter="c1")
        await officer.order("reprint_slip", ticket=tickets[2], reason="lost")
        clock.pass_by(minutes=2)
        await officer.order("finish", counter="c1")
    return await enter("supervisor")


@pytest.fixture
def day(open_day, reports_made_here):
    return open_day


def calls(page):
    """The numbers in the list."""
    table = page.text.split('<table class="calls">')
    return re.findall(r'<th scope="row" class="figure">(\w+)<', table[1]) if table[1:] else []


async def test_only_differences_stand_there_until_all_are_asked_for(day) -> None:
    page = await day.get(DAY)
    assert calls(page) == ["A00003", "A00002"]
    assert "NOT CONFIRMED" in page.text
    assert "Frail &lt;i&gt;" in page.text
    assert "Every call has its rule or its reason." in page.text
    reprints = page.text.partition('<h2 id="reprints">')[2]
    assert re.findall(r"<t[hd][^>]*>([^<]+)</t[hd]>", reprints)[6:] == [
        "Công chức 1", "1", "1", "0", "0", "1"
    ]  # fmt: skip
    assert calls(await day.get(f"{DAY}&only=all")) == ["A00003", "A00002", "A00001"]
    assert calls(await day.get(f"{DAY}&only=out_of_order")) == ["A00002"]
    assert calls(await day.get(f"{DAY}&only=unconfirmed")) == ["A00003"]
    assert "There are no such calls." in (await day.get(f"{DAY}&only=unexplained")).text


async def test_counters_and_officers_are_counted_and_lead_to_their_calls(day) -> None:
    page = await day.get(DAY)
    links = re.findall(
        r'href="/console/(fairness\?[^"]+only=out_of_order&amp;counter=c1[^"]*)"', page.text
    )
    assert calls(await day.get(links[0].replace("&amp;", "&"))) == ["A00002"]
    filtered = await day.get(f"{DAY}&only=all&counter=c2")
    assert "Only Quầy 2" in filtered.text
    assert calls(filtered) == []


async def test_ways_are_counted_by_counter_and_officer_and_marks_stand_first(
    day, hub, talk, clock
) -> None:
    kiosk, officer = await talk(hub, "k1"), await talk(hub, "t2")
    await officer.open_counter()
    await kiosk.issue()
    await officer.order("call_next", counter="c2")
    assert not (await officer.order("mark_no_show", counter="c2"))["ok"]
    assert (await officer.order("mark_no_show", counter="c2", reason="<i>left"))["ok"]
    page = (await day.get(DAY)).text
    ways = page.partition('<h2 id="ways">')[2].partition("</section>")[0]
    cells = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", ways)
    row = cells.index("Quầy 2")
    assert cells[row : row + 7] == ["Quầy 2", "Công chức 2", "Marked absent", "1", "1", "0", "0"]
    assert "&lt;i&gt;left" in ways
    assert "Every way into and out of the queue has a rule or a reason" in page


async def test_numbers_of_another_day_are_shown_with_their_kiosk(day, hub, talk) -> None:
    kiosk = await talk(hub, "k1")
    given = {"lease": "of-yesterday", "number": "A00499", "service": "certification"}
    answer = await kiosk.order("hand_in_ticket", issued_at="2026-11-19T16:00:00+07:00", **given)
    assert answer["ok"]
    page = await day.get("fairness?day=2026-11-20&only=all")
    kiosks = page.text.partition('<h2 id="kiosks">')[2]
    assert re.findall(r"<t[hd][^>]*>([^<]+)</t[hd]>", kiosks)[4:] == ["k1", "0", "1", "16:06:30"]


async def test_long_days_come_in_pages(day, monkeypatch) -> None:
    monkeypatch.setattr(fairness, "ON_A_PAGE", 2)
    first = await day.get(f"{DAY}&only=all")
    assert calls(first) == ["A00003", "A00002"]
    assert "Page 1 of 2" in first.text
    assert calls(await day.get(f"{DAY}&only=all&page=2")) == ["A00001"]
    assert calls(await day.get(f"{DAY}&only=all&page=9")) == []


async def test_the_sheet_is_for_excel_and_has_every_call(day) -> None:
    answer = await day.get("fairness/sheet.csv?day=2026-11-20")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "fairness-2026-11-20.csv" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    ways = [row for row in rows if row["Why"] == "Slip printed again"]
    assert [row["Number"] for row in rows if row not in ways] == ["A00003", "A00002", "A00001"]
    assert [(row["Number"], row["Officer"]) for row in ways] == [("A00003", "Công chức 1")]


async def test_a_day_without_journal_says_so(day) -> None:
    for page in ("fairness?day=2020-01-01", "fairness/sheet.csv?day=2020-01-01"):
        answer = await day.get(page)
        assert answer.status_code == 200
        assert "The journal has nothing of this day." in answer.text


async def test_an_address_of_anybodys_making_is_no_trouble(day) -> None:
    for query in (
        *("day=x", "only=%3Cb%3E", "page=-1", "page=99999", "page=x", "page=1e9", "page=²"),
        *("counter=%3Cscript%3E", "officer=" + "x" * 500, "day=9999-12-31"),
    ):
        answer = await day.get(f"fairness?{query}")
        assert answer.status_code == 200
        assert "<script>" not in answer.text


async def test_a_report_that_cannot_be_made_says_why(enter, monkeypatch) -> None:
    supervisor = await enter("supervisor")
    for problem, told in (
        (ReportQueueFullError(), "Many reports are being made."),
        (HubError(HubProblem.JOURNAL_BROKEN, {"seq": 7}), "is not as it was written"),
        (HubError(HubProblem.DATABASE_UNUSABLE, {"reason": "x"}), "cannot be read"),
    ):
        monkeypatch.setattr(ReportCache, "report", AsyncMock(side_effect=problem))
        assert told in (await supervisor.get(DAY)).text


@pytest.mark.slow
async def test_a_report_that_takes_long_is_told_and_made_all_the_same(
    open_day, monkeypatch
) -> None:
    monkeypatch.setattr(fairness, "TIMEOUT_SECONDS", 0.0)
    page = await open_day.get(DAY)
    assert "The report is being made." in page.text
    assert 'http-equiv="refresh"' in page.text
    while "being made" in page.text.split("<main")[1].split("</form>")[1]:
        page = await open_day.get(DAY)
    assert calls(page) == ["A00003", "A00002"]
