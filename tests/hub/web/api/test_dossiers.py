"""Dossiers pushed and pulled over real HTTP, as a province's one-stop software would."""

import asyncio
import sqlite3
from pathlib import Path

import httpx
import pytest

from config.loading import load
from hub.database import storage

WRITE = "push-key-0123456789abcdefgh"
READ = "pull-key-0123456789abcdefgh"
CODE = "H56.14-261103-0007"
ROW = {
    "version": 1,
    "status": "in_progress",
    "procedure_name": "Chứng thực bản sao",
    "agency": "Sở Tư pháp",
    "received_at": "2026-11-03T08:15:00+07:00",
    "due_at": "24/11/2026",
}


@pytest.fixture(scope="session")
def hall():
    keys = [
        {"name": "one-stop", "key": WRITE, "scopes": ["dossiers:write", "dossiers:read"]},
        {"name": "reader", "key": READ, "scopes": ["dossiers:read"], "per_minute": 60_000},
    ]
    return load(Path(__file__).parents[2] / "hall.toml", {"api_keys": keys})


@pytest.fixture(autouse=True)
def short_wait_for_a_lock(monkeypatch) -> None:
    monkeypatch.setattr(storage, "BUSY_TIMEOUT_MS", 50)


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
            headers=bearer(WRITE),
            timeout=30,
        ) as client,
    ):
        client.hub = hub
        yield client


def row(number: int, **more):
    return ROW | {"code": f"H56.14-261103-{number:04}"} | more


def errors_of(response):
    assert response.status_code == 200, response.text
    return {
        each["index"]: each["error"]["code"] for each in response.json()["rows"] if "error" in each
    }


async def test_a_dossier_is_pushed_read_and_found_by_a_scan(api, talk) -> None:
    put = await api.put(f"/dossiers/{CODE}", json=ROW)
    assert (put.status_code, put.json()["outcome"]) == (200, "taken")
    told = (await api.get(f"/dossiers/{CODE.lower()}", headers=bearer(READ))).json()
    assert told["version"] == 1
    assert told["dossier"]["status"] == "in_progress"
    assert told["dossier"]["due_at"] == "2026-11-24"
    kiosk = await talk(api.hub, "k1")
    assert (await kiosk.ask("dossier", CODE))["result"]["standing"] == "on_time"


async def test_the_same_again_is_unchanged_and_a_version_stands_for_one_content(api) -> None:
    await api.put(f"/dossiers/{CODE}", json=ROW | {"version": 3})
    again = await api.put(f"/dossiers/{CODE}", json=ROW | {"version": 3})
    assert (again.status_code, again.json()["outcome"]) == (200, "unchanged")
    for change, code in (({"version": 2}, "stale"), ({"version": 3, "note": "x"}, "conflict")):
        response = await api.put(f"/dossiers/{CODE}", json=ROW | change)
        assert response.status_code == 409
        assert response.json()["error"]["code"] == code
    assert (await api.get("/dossiers")).json()["next"] == 1


async def test_of_a_bulk_the_good_rows_are_kept_and_the_others_told(api) -> None:
    await api.put("/dossiers/H56.14-261103-0002", json=ROW | {"version": 5})
    rows = [
        row(1),
        row(2),
        row(3, code="no code"),
        row(4, status="lost"),
        row(5, due_at="31/02/2026"),
        row(6, owner="Nguyễn Văn An"),
        row(7, version="1"),
        {"code": CODE},
        "no row",
        row(1),
        row(1, note="other"),
    ]
    response = await api.post("/dossiers/bulk", json={"dossiers": rows})
    assert errors_of(response) == {
        1: "stale",
        2: "bad_dossier_code",
        3: "unknown_status",
        4: "bad_date",
        5: "unknown_field",
        6: "bad_value",
        7: "missing_field",
        8: "bad_value",
        10: "conflict",
    }
    told = response.json()
    assert (told["taken"], told["unchanged"], told["refused"]) == (1, 1, 9)
    assert told["rows"][4]["error"]["data"] == {"field": "due_at"}
    assert "Nguyễn" not in response.text
    assert "due_at" in told["rows"][4]["error"]["sentence"]


async def test_the_sentence_of_a_row_is_in_the_language_that_is_asked_for(api) -> None:
    bad = {"dossiers": [row(1, status="lost")]}
    said = [
        (await api.post("/dossiers/bulk", json=bad, headers={"Accept-Language": language})).json()
        for language in ("vi", "en")
    ]
    vi, en = (each["rows"][0]["error"]["sentence"] for each in said)
    assert vi.startswith("Trạng thái")
    assert en.startswith("The status")


async def test_what_has_changed_is_pulled_by_a_cursor(api) -> None:
    await api.post("/dossiers/bulk", json={"dossiers": [row(n) for n in range(1, 6)]})
    seen, since = [], 0
    while True:
        told = (await api.get("/dossiers", params={"since": since, "limit": 2})).json()
        seen += [each["dossier"]["code"][-1] for each in told["changes"]]
        since = told["next"]
        if not told["more"]:
            break
    assert (seen, since) == (["1", "2", "3", "4", "5"], 5)
    await api.put("/dossiers/H56.14-261103-0002", json=ROW | {"version": 2})
    (only,) = (await api.get("/dossiers", params={"since": since})).json()["changes"]
    assert (only["change"], only["version"]) == (6, 2)
    ahead = await api.get("/dossiers", params={"since": 7})
    assert (ahead.status_code, ahead.json()["error"]["data"]) == (409, {"last": 6})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[]", 422),
        (b'{"dossiers": []}', 422),
        (b'{"dossiers": {}}', 422),
        (b'{"dossiers": ["\\ud800"]}', 422),
        (b'{"dossiers": [NaN]}', 422),
        (b'{"dossiers": [1], "more": 1}', 422),
        (b'{"dossiers": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 422),
        (b'{"dossiers": [' + b"1," * 1_000 + b"1]}", 413),
        (b" " * (2 * 2**20 + 1), 413),
    ],
    ids=[
        "empty",
        "half",
        "array",
        "none",
        "object",
        "surrogate",
        "nan",
        "more",
        "deep",
        "many",
        "long",
    ],
)
async def test_a_body_that_is_no_bulk_is_refused_and_changes_nothing(api, body, status) -> None:
    response = await api.post("/dossiers/bulk", content=body)
    assert response.status_code == status, response.text
    assert (await api.get("/dossiers")).json()["next"] == 0


async def test_huge_and_odd_values_are_refused_row_by_row(api) -> None:
    odd = b'{"dossiers": [{"code": "%s", "status": "4", "version": %s}, {"code": "%s", "status": true, "version": 1}]}'
    body = odd % (CODE.encode(), b"9" * 4_000, CODE.encode())
    response = await api.post("/dossiers/bulk", content=body)
    assert errors_of(response) == {0: "bad_value", 1: "bad_value"}


@pytest.mark.slow
async def test_the_key_is_looked_at_before_the_body(api) -> None:
    large = b" " * (3 * 2**20)
    for key, status in (("wrong", 401), (READ, 403)):
        response = await api.post("/dossiers/bulk", content=large, headers=bearer(key))
        assert response.status_code == status


@pytest.mark.slow
async def test_a_register_that_cannot_be_written_is_told_and_goes_on(api, tmp_path) -> None:
    other = sqlite3.connect(tmp_path / "data" / "floor.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    pushing = asyncio.create_task(api.put(f"/dossiers/{CODE}", json=ROW))
    response = await pushing
    other.execute("ROLLBACK")
    other.close()
    assert (response.status_code, response.json()["error"]["code"]) == (503, "storage")
    assert (await api.put(f"/dossiers/{CODE}", json=ROW)).json()["outcome"] == "taken"
