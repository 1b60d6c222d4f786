"""The page of a real day, in both languages."""

from dataclasses import replace
from datetime import date

import pytest

from hub.reports import fairness_page, ways_page
from hub.reports.columns import clock, table
from hub.reports.day_report import report_of
from hub.reports.fairness_page import FairnessPage
from hub.reports.names import Names
from plumbing.languages import LANGUAGES
from plumbing.sentences import load_sentences
from service_floor.queue.audit.fairness import Cause
from service_floor.queue.audit.fairness_totals import ClaimStanding, ReprintTotals, totals
from service_floor.queue.audit.statistics import KioskFigures
from service_floor.queue.audit.ways import Ground, JudgedWay, Way
from service_floor.queue.commands import ReprintReason


@pytest.fixture
def page(engine, plan, hall):
    def in_language(language):
        report = report_of(engine, plan, date(2026, 11, 20))
        names = Names.of(hall, language)
        sentences = load_sentences("hub.reports", language)
        return FairnessPage(report, names, sentences, "hall.toml")

    return in_language


def test_both_languages_have_the_same_words() -> None:
    vi, en = (load_sentences("hub.reports", language).entries for language in LANGUAGES)
    assert set(vi) == set(en)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cause_and_every_standing_of_a_claim_has_its_words(language) -> None:
    words = load_sentences("hub.reports", language)
    assert all(words.has(f"fairness.cause.{cause}") for cause in Cause)
    assert all(words.has(f"fairness.claim.{each}") for each in ClaimStanding)


def test_the_page_of_a_day_that_is_over_says_so_and_names_its_last_row(page) -> None:
    friday = page("vi")
    text = friday.text()
    assert "Ngày đã khép." in text
    assert friday.report.span.closing_hash in text
    assert "hall.toml" in text


def test_long_lists_are_cut_and_the_rest_is_counted(page, monkeypatch) -> None:
    monkeypatch.setattr(fairness_page, "LISTED", 0)
    assert "… and 1 more; --csv gives all of them." in page("en").text()


def test_reprints_stand_there_by_who_asked(page) -> None:
    friday = page("en")
    asked = (ReprintTotals("o1", 3, 2, 1, 1, 1), ReprintTotals("", 1, 1, 1, 0, 0))
    fairness = replace(friday.report.fairness, reprints=asked)
    text = replace(friday, report=replace(friday.report, fairness=fairness)).text()
    assert "TICKET SLIPS PRINTED AGAIN" in text
    assert text.endswith(
        "(made at the printer)         1        1        1            0        0\n"
    )
    assert "PRINTED AGAIN" not in friday.text()


def test_numbers_that_kiosks_gave_alone_stand_there_by_kiosk(page) -> None:
    friday = page("en")
    figures = replace(friday.report.figures, kiosks=(KioskFigures("k1", 12, 3, 57_600),))
    text = replace(friday, report=replace(friday.report, figures=figures)).text()
    assert text.splitlines()[-1].split() == ["k1", "12", "3", "16:00:00"]
    assert "WITHOUT THE HUB" not in friday.text()


def test_the_sheet_has_a_row_for_each_call(page) -> None:
    head, *rows = page("en").rows()
    assert len(rows) == 3
    assert {len(row) for row in (head, *rows)} == {16}
    said = dict(zip(head, rows[0], strict=True))
    assert said["Why"] == "A priority class went first"
    assert said["Officer on the claim"] == "NOT CONFIRMED"
    assert (said["Waited longest"], said["Waited (seconds)"]) == ("A00001", "10")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("=1+1", "'=1+1"),
        ("+84", "'+84"),
        ("@a", "'@a"),
        ("-", "'-"),
        ("a;=1+1", "a;'=1+1"),
        ("x; -2|@y", "x; '-2|'@y"),
        ("a;b", "a;b"),
        ("\t=1", "\\u0009=1"),
    ],
)
def test_a_reason_is_never_a_formula(page, typed, told) -> None:
    friday = page("en")
    call = friday.report.judge.calls[1]
    friday.report.judge.calls[1] = replace(call, reason=typed)
    assert list(friday.rows())[2][8] == told


def test_a_reason_cannot_move_the_cursor_of_who_reads_it() -> None:
    assert table(["reason"], [["\x1b[2J"]], 0)[1] == "  \\u001b[2J"


def test_a_day_of_plain_ways_says_nothing_of_them(page) -> None:
    text = page("en").text()
    assert "WAYS INTO" not in text
    assert "every way" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_and_every_ground_has_its_words(language) -> None:
    words = load_sentences("hub.reports", language)
    assert all(words.has(f"fairness.way.{way}") for way in Way)
    assert all(words.has(f"fairness.ground.{ground}") for ground in Ground)
    assert all(words.has(f"fairness.reprint_reason.{reason}") for reason in ReprintReason)


def with_ways(friday, *ways):
    friday.report.judge.ways.extend(ways)
    return replace(friday, report=replace(friday.report, fairness=totals(friday.report.judge)))


def test_ways_stand_there_by_who_did_them_and_those_without_explanation_first(page) -> None:
    friday = page("en")
    at = friday.report.judge.calls[0].at
    plain = JudgedWay(
        at, Way.NO_SHOW, Ground.RULE, "c1", "o1", "", "t1", "A001", "certify", "", 3, 61
    )
    asked = replace(plain, ground=Ground.REASON, reason="left", seconds=4)
    mark = replace(plain, ground=Ground.UNEXPLAINED, seconds=2)
    own = replace(plain, way=Way.PRIORITY_CONFIRMED, own_priority=True)
    reception = replace(plain, way=Way.ISSUED, elsewhere=True, counter="", officer="", device="x")
    again = replace(plain, way=Way.REPRINTED, reason="lost")
    text = with_ways(friday, plain, asked, mark, own, reception, again).text()
    assert "Ways into or out of the queue with NEITHER a rule NOR a reason: 1." in text
    listed = text.partition("TO LOOK AT\n")[2].partition("\n\n")[0].splitlines()[1:]
    said = ("NO EXPLANATION", "left", "gave the priority", "reception")
    assert all(word in line for word, line in zip(said, listed, strict=True))
    table = text.partition("OUT OF THE QUEUE, BY COUNTER AND OFFICER")[2]
    assert [line.split()[-4:] for line in table.splitlines() if "Marked absent" in line] == [
        ["3", "1", "1", "0"]
    ]
    sheet = [row for row in friday.rows() if "Slip printed again" in row]
    assert [row[8] for row in sheet] == ["the citizen lost it"]


def test_ways_with_a_reason_each_leave_a_clean_result(page, monkeypatch) -> None:
    friday = page("vi")
    at = friday.report.judge.calls[0].at
    way = JudgedWay(
        at, Way.CANCELLED, Ground.REASON, "", "", "", "t1", "A001", "certify", "away", None, None
    )
    monkeypatch.setattr(ways_page, "LISTED", 1)
    text = with_ways(friday, way, way).text()
    assert "mọi lượt vào và ra khỏi hàng đều đúng quy tắc hoặc có lý do" in text
    assert "… và 1 lượt nữa" in text
    assert "(chưa rõ)" in text


def test_a_day_without_calls_says_so(page, plan) -> None:
    friday = page("en")
    empty = replace(
        friday.report.fairness, calls=0, causes=dict.fromkeys(Cause, 0), desks=(), waits=()
    )
    text = replace(friday, report=replace(friday.report, fairness=empty)).text()
    assert "There were no calls." in text
    assert "%" not in text


def test_names_that_the_configuration_does_not_know_stand_for_themselves(hall) -> None:
    names = Names.of(hall, "en")
    assert names.service("certify") == "Certified copies"
    assert names.service("gone") == "gone"
    assert names.counter("c9") == "c9"
    assert names.officer("o1") == "Công chức 1"
    assert names.priority(None) == ""
    assert names.reason("typed by hand") == "typed by hand"


def test_durations_read_like_a_clock() -> None:
    assert [clock(seconds) for seconds in (0, 59, 61, 3_600, 90_061)] == [
        "0:00:00",
        "0:00:59",
        "0:01:01",
        "1:00:00",
        "25:01:01",
    ]
