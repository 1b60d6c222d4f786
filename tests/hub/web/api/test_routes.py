"""The open interface over real HTTP, asked as a stranger's program would."""

import re
import sqlite3
from pathlib import Path

import httpx
import pytest
from pydantic import TypeAdapter

from config.loading import load
from hub.dossiers.register import TakeOutcome
from hub.messages import TicketPlace
from hub.reports import report_cache
from hub.reports.day_report import FairnessOfDay, StatisticsOfDay
from hub.web.api.answers import (
    CallsAnswer,
    CountersAnswer,
    FloorAnswer,
    ServicesAnswer,
    TicketsAnswer,
)
from hub.web.api.errors import ApiProblem

PAGE = Path(__file__).resolve().parents[4] / "docs" / "api.md"
FLOOR_KEY = "floor-key-0123456789abcdef"
REPORTS_KEY = "reports-key-0123456789abcdef"
DAY = "/days/2026-11-20"
PATHS = ["/floor", "/services", "/counters", "/calls", "/tickets", "/tickets/A00001"]
WRITING = {"/dossiers/{code}": ["get", "put"], "/dossiers/bulk": ["post"]}
REPORTS = [f"{DAY}/statistics", f"{DAY}/fairness"]


@pytest.fixture(scope="session")
def hall():
    keys = [
        {"name": "one-stop", "key": FLOOR_KEY, "scopes": ["floor:read"]},
        {"name": "province", "key": REPORTS_KEY, "scopes": ["reports:read"]},
    ]
    return load(Path(__file__).parents[2] / "hall.toml", {"api_keys": keys})


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


@pytest.fixture
async def api(start_hub):
    async with (
        start_hub() as hub,
        httpx.AsyncClient(
            base_url=f"{hub.http}/api/v1",
            trust_env=False,
            verify=False,
            headers=bearer(FLOOR_KEY),
            timeout=30,
        ) as client,
    ):
        client.hub = hub
        yield client


def read(model, response):
    assert response.status_code == 200, response.text
    return TypeAdapter(model).validate_json(response.content)


async def test_nothing_is_read_without_a_key(api) -> None:
    api.headers.pop("Authorization")
    for path in (*PATHS, *REPORTS):
        for header in ({}, {"Authorization": "Basic abc"}, {"Authorization": "Bearer"}):
            response = await api.get(path, headers=header)
            assert response.status_code == 401
            assert response.json() == {"error": {"code": "key_missing", "data": {}}}
            assert response.headers["www-authenticate"] == "Bearer"


async def test_a_wrong_key_opens_nothing_and_is_not_repeated(api) -> None:
    for key in ("wrong", FLOOR_KEY[:-1], f"{FLOOR_KEY}x", "x" * 4_000, "é".encode()):
        key = key if isinstance(key, bytes) else key.encode()
        response = await api.get("/floor", headers={"Authorization": b"Bearer " + key})
        assert response.status_code == 401
        assert response.json() == {"error": {"code": "key_unknown", "data": {}}}


async def test_a_key_in_an_address_is_no_key(api) -> None:
    api.headers.pop("Authorization")
    response = await api.get("/floor", params={"key": FLOOR_KEY, "token": FLOOR_KEY})
    assert response.status_code == 401


async def test_a_key_opens_what_its_scopes_say_and_no_more(api) -> None:
    closed = [(path, REPORTS_KEY, "floor:read") for path in PATHS]
    closed += [(path, FLOOR_KEY, "reports:read") for path in REPORTS]
    for path, key, scope in closed:
        response = await api.get(path, headers=bearer(key))
        assert response.status_code == 403
        assert response.json() == {"error": {"code": "scope_missing", "data": {"scope": scope}}}


async def test_the_floor_is_read_as_it_stands(api, talk) -> None:
    kiosk, officer = await talk(api.hub, "k1"), await talk(api.hub, "t1")
    first = (await kiosk.issue(priority="elderly"))["result"]["ticket"]["id"]
    await kiosk.issue("land")
    await officer.open_counter()
    await officer.order("call_next", counter="c1")
    floor = read(FloorAnswer, await api.get("/floor"))
    assert (str(floor.floor.day), floor.floor.session) == ("2026-11-20", "all-day")
    certify, land = read(ServicesAnswer, await api.get("/services")).services
    assert (certify.name, certify.agency, certify.waiting) == ("Chứng thực", "justice", 0)
    assert (land.waiting, land.left_today) == (1, 4)
    one, *others = read(CountersAnswer, await api.get("/counters")).counters
    assert (one.id, one.sign, one.number, one.officer) == ("c1", 1, "A00001", "o1")
    assert one.profile == (("certify",), ("land",))
    assert len(others) == 7
    (call,) = read(CallsAnswer, await api.get("/calls")).calls
    assert (call.number, call.counter, call.priority) == ("A00001", "c1", True)
    tickets = read(TicketsAnswer, await api.get("/tickets"))
    assert [each.number for each in tickets.tickets] == ["A00001", "B001"]
    assert tickets.now.isoformat() == "2026-11-20T08:00:00+07:00"
    for code in (first, "A00001"):
        place = read(TicketPlace, await api.get(f"/tickets/{code}"))
        assert (place.ticket.id, place.ahead) == (first, None)


async def test_a_ticket_that_there_is_not_is_a_clear_404(api) -> None:
    for code in ("A00009", "é", "%3Cscript%3E"):
        response = await api.get(f"/tickets/{code}")
        assert response.status_code == 404
        assert response.json()["error"] == {"code": "unknown_ticket", "data": {}}


async def test_who_has_seen_this_floor_is_told_so_until_something_happens(api, talk) -> None:
    kiosk = await talk(api.hub, "k1")
    seen = (await api.get("/tickets")).headers["etag"]
    again = await api.get("/tickets", headers={"If-None-Match": f'"other", {seen}'})
    assert (again.status_code, again.content) == (304, b"")
    await kiosk.issue()
    assert (await api.get("/tickets", headers={"If-None-Match": seen})).status_code == 200


async def test_a_hub_that_takes_nothing_more_says_so(api) -> None:
    api.hub._floor_service.close()
    response = await api.get("/tickets/A00001")
    assert (response.status_code, response.json()["error"]["code"]) == (503, "busy")


async def test_nothing_is_changed_over_it(api) -> None:
    for path in PATHS:
        response = await api.post(path, json={})
        assert response.status_code == 405
        assert response.json()["error"]["code"] == "method_not_allowed"
        assert response.headers["allow"] == "GET"


async def test_what_is_wrong_is_answered_with_a_code_and_its_place(api) -> None:
    response = await api.get("/nowhere")
    assert response.status_code == 404
    assert response.json() == {"error": {"code": "not_found", "data": {}}}
    response = await api.get(f"/tickets/{'x' * 65}")
    where = {"at": "path.code", "problem": "string_too_long"}
    assert response.status_code == 422
    assert response.json() == {"error": {"code": "bad_request", "data": where}}


async def test_a_day_that_is_no_date_is_refused_before_anything_is_read(api) -> None:
    for day in ("yesterday", "2026-13-01", "2026-11-20T08:00:00"):
        response = await api.get(f"/days/{day}/fairness", headers=bearer(REPORTS_KEY))
        assert response.status_code == 422, day
        assert response.json()["error"]["data"]["at"] == "path.day"
        assert day not in response.text


@pytest.mark.slow
async def test_a_day_is_read_and_kept(api, talk, monkeypatch) -> None:
    kiosk, officer = await talk(api.hub, "k1"), await talk(api.hub, "t1")
    await officer.open_counter()
    await kiosk.issue()
    second = (await kiosk.issue())["result"]["ticket"]["id"]
    await officer.order("call_ticket", counter="c1", ticket=second, reason="wheelchair")
    api.headers.update(bearer(REPORTS_KEY))
    report = read(FairnessOfDay, await api.get(f"{DAY}/fairness"))
    assert (str(report.head.day), report.head.over) == ("2026-11-20", False)
    assert report.totals.causes["out_of_order"] == report.totals.calls == 1
    (call,) = report.out_of_order
    assert (call.number, call.turn, call.reason, call.officer) == (
        "A00002",
        "A00001",
        "wheelchair",
        "o1",
    )
    assert report.unexplained == ()

    async def not_again(task):
        raise AssertionError("made a second time")

    monkeypatch.setattr(report_cache, "_run_worker", not_again)
    figures = read(StatisticsOfDay, await api.get(f"{DAY}/statistics")).figures
    assert (figures.issued, figures.counters[0].called) == (2, 1)


async def test_a_day_that_is_not_in_the_journal_is_a_clear_404(api, reports_made_here) -> None:
    response = await api.get("/days/2020-01-01/fairness", headers=bearer(REPORTS_KEY))
    assert response.status_code == 404
    assert response.json()["error"] == {"code": "unknown_day", "data": {"day": "2020-01-01"}}


async def test_a_journal_that_was_touched_is_told_by_its_row(
    api, talk, tmp_path, reports_made_here
) -> None:
    await (await talk(api.hub, "k1")).issue()
    with sqlite3.connect(tmp_path / "data" / "floor.db") as database:
        database.execute("UPDATE journal SET device = 'k2' WHERE seq = 2")
    database.close()
    response = await api.get(f"{DAY}/fairness", headers=bearer(REPORTS_KEY))
    assert response.status_code == 503
    assert response.json()["error"] == {"code": "journal_unreadable", "data": {"row": 2}}


async def test_what_breaks_is_a_code_for_who_asked_and_the_hub_goes_on(
    api, monkeypatch, caplog
) -> None:
    async def broken(task):
        raise ValueError("the inside of the hub")

    monkeypatch.setattr(report_cache, "_run_worker", broken)
    response = await api.get(f"{DAY}/fairness", headers=bearer(REPORTS_KEY))
    assert response.status_code == 500
    assert response.json() == {"error": {"code": "internal", "data": {}}}
    assert (await api.get("/floor")).status_code == 200
    assert "the inside of the hub" in caplog.text


@pytest.fixture
async def described(api):
    api.headers.pop("Authorization")
    return (await api.get("/openapi.json")).json()


@pytest.mark.slow
async def test_the_description_is_openapi_3_1_and_open_to_all(described) -> None:
    assert described["openapi"].startswith("3.1.")
    assert described["servers"] == [{"url": "/api/v1"}]
    for path, methods in described["paths"].items():
        assert list(methods) == WRITING.get(path, ["get"]), path
        for told in methods.values():
            assert told["security"] == [{"key": []}], path
            schema = told["responses"]["200"]["content"]["application/json"]["schema"]
            assert "$ref" in schema, path
            assert {"401", "403", "404", "422", "429", "503"} <= set(told["responses"]), path
    assert described["components"]["securitySchemes"]["key"]["scheme"] == "bearer"


@pytest.mark.slow
async def test_the_page_for_programmers_names_every_path_and_every_code(described) -> None:
    page = PAGE.read_text("utf-8")
    assert set(re.findall(r"^\| `(/[^`]+)` \|", page, re.MULTILINE)) == set(described["paths"])
    codes = page.partition("## When it says no")[2]
    told = {*ApiProblem, TakeOutcome.STALE, TakeOutcome.CONFLICT}
    assert set(re.findall(r"^\| \d+ \| `(\w+)` \|", codes, re.MULTILINE)) == told


async def test_every_answer_carries_the_security_headers(api) -> None:
    for path in ("/floor", "/nowhere", "/openapi.json"):
        headers = (await api.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers


async def test_a_path_with_a_line_break_is_refused_like_any_other(api) -> None:
    response = await api.get("/tickets/%0AA00001")
    assert response.status_code == 404
    assert response.json() == {"error": {"code": "not_found", "data": {}}}


@pytest.mark.slow
async def test_all_that_a_path_does_is_told_to_who_asks_for_something_else(api) -> None:
    response = await api.delete("/dossiers/H56.14-261103-0007")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, PUT"
