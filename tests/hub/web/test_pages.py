"""The pages over real HTTP."""

import json
import time

import httpx
import pytest

from hub.web.pages import BoardPages
from plumbing import fonts


@pytest.fixture
async def web(start_hub, tmp_path):
    boards = tmp_path / "boards"
    boards.mkdir()
    (boards / "hall.html").write_text("<!doctype html><title>Bảng gọi số</title>", "utf-8")
    async with (
        start_hub(board=BoardPages(boards, {"title": "Trung tâm"})) as hub,
        httpx.AsyncClient(base_url=hub.http, trust_env=False, verify=False) as client,
    ):
        client.hub = hub
        yield client


async def test_health_tells_how_the_hub_is(web, talk) -> None:
    kiosk = await talk(web.hub, "k1")
    ticket = (await kiosk.issue())["result"]["ticket"]["id"]
    await kiosk.order("report_slip", ticket=ticket, outcome="printed")
    await kiosk.say({"t": "hb", "seq": 2})
    await kiosk.ask("ticket", "x")
    response = await web.get("/healthz")
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    health = response.json()
    assert health["ok"] is True
    assert (health["day"], health["now"]) == ("2026-11-20", "2026-11-20T08:00:00+07:00")
    assert health["journal_rows"] == 4
    assert health["devices"] == [
        {
            "device": "k1",
            "role": "kiosk",
            "connections": 1,
            "applied_seq": 2,
            "last_heartbeat": "2026-11-20T08:00:00+07:00",
        }
    ]
    assert health["counts"] == {
        "issued": 1,
        "called": 0,
        "printed": 1,
        "shown": 0,
        "announced": 0,
        "looked_up": 0,
    }


async def test_the_schema_of_the_wire_describes_every_frame(web) -> None:
    schema = (await web.get("/schema/wire.json")).json()
    definitions = schema["$defs"]
    assert {"ClientFrame", "HubFrame", "IssueTicket", "Snapshot", "TicketView"} <= set(definitions)
    text = json.dumps(schema)
    named = {part.split('"')[0] for part in text.split('"#/$defs/')[1:]}
    assert named <= set(definitions)
    assert definitions["IssueTicket"]["additionalProperties"] is False


@pytest.mark.slow
async def test_the_schema_does_not_keep_the_floor_waiting(web) -> None:
    await web.get("/schema/wire.json")
    before = time.process_time()
    for _ in range(50):
        assert (await web.get("/schema/wire.json")).status_code == 200
    assert time.process_time() - before < 1


async def test_a_page_learns_where_the_websocket_is(web) -> None:
    port = int(web.hub.floor.rsplit(":", 1)[1])
    assert (await web.get("/floor.json")).json() == {"floor_port": port, "proto": 1}


async def test_boards_are_served_from_the_folder_that_was_given(web) -> None:
    assert "Bảng gọi số" in (await web.get("/board/hall.html")).text
    assert (await web.get("/board/../../data/floor.db")).status_code == 404
    assert (await web.get("/board/%2e%2e/data/floor.db")).status_code == 404


async def test_a_hub_without_boards_has_none(start_hub) -> None:
    async with (
        start_hub() as hub,
        httpx.AsyncClient(base_url=hub.http, trust_env=False, verify=False) as client,
    ):
        assert (await client.get("/board/hall.html")).status_code == 404


async def test_noto_sans_of_the_system_is_served(web) -> None:
    response = await web.get("/fonts/NotoSans-Bold.ttf")
    assert response.status_code == 200
    assert response.headers["content-type"] == "font/ttf"
    assert response.content[:4] == b"\x00\x01\x00\x00"


@pytest.mark.parametrize("name", ["NotoSans-Bold.ttf", "Arial.ttf", "..%2f..%2fetc%2fpasswd"])
async def test_a_font_that_is_missing_or_not_ours_is_a_clear_404(web, monkeypatch, name) -> None:
    monkeypatch.setattr(fonts, "FOLDERS", ())
    response = await web.get(f"/fonts/{name}")
    assert response.status_code == 404
    if "%" not in name:
        assert response.json() == {"error": "font_missing", "install": "fonts-noto-core"}


@pytest.mark.parametrize(
    "path", ["/healthz", "/t/nothing", "/board/hall.html", "/assets/ticket.css", "/nowhere"]
)
async def test_every_answer_carries_the_security_headers(web, path) -> None:
    headers = (await web.get(path)).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


async def test_a_citizen_sees_number_place_and_state(web, talk) -> None:
    kiosk, officer = await talk(web.hub, "k1"), await talk(web.hub, "t1")
    await kiosk.issue("land")
    ticket = (await kiosk.issue("land"))["result"]["ticket"]["id"]
    page = await web.get(f"/t/{ticket}")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert '<html lang="vi">' in page.text
    assert "<h1>B002</h1>" in page.text
    assert "Đang chờ" in page.text
    assert "<dt>Số người trước bạn</dt><dd>1</dd>" in page.text
    assert "Đất đai &lt;&amp; nhà ở&gt;" in page.text
    await officer.open_counter()
    called = await officer.order("call_ticket", counter="c1", ticket=ticket, reason="elderly")
    assert called["ok"], called
    english = await web.get(f"/t/{ticket}", headers={"accept-language": "en-GB,en;q=0.9"})
    assert "Please come to the counter" in english.text
    assert "<dt>Counter</dt><dd>1</dd>" in english.text
    assert "People before you" not in english.text


@pytest.mark.parametrize("code", ["B001", "nothing", "x" * 3_000, "%3Cscript%3E", "é"])
async def test_only_the_tickets_own_id_opens_its_page(web, talk, code) -> None:
    """Numbers are easily guessed: they must not show who waits."""
    await (await talk(web.hub, "k1")).issue("land")
    page = await web.get(f"/t/{code}?lang=en")
    assert page.status_code == 404
    assert "There is no such ticket today" in page.text
    assert "<script>" not in page.text


async def test_nobody_can_change_anything_from_a_browser(web) -> None:
    for path in ("/healthz", "/t/x", "/floor.json", "/board/hall.html"):
        assert (await web.post(path, json={})).status_code == 405


async def test_a_hub_that_takes_nothing_more_says_so_and_not_that_the_ticket_is_unknown(
    web, talk
) -> None:
    ticket = (await (await talk(web.hub, "k1")).issue())["result"]["ticket"]["id"]
    web.hub._floor_service.close()
    page = await web.get(f"/t/{ticket}?lang=en")
    assert (page.status_code, "One moment, please" in page.text) == (503, True)
    health = await web.get("/healthz")
    assert (health.status_code, health.json()["ok"]) == (503, False)


async def test_a_plain_tv_learns_the_names_behind_the_ids_and_no_token(web) -> None:
    response = await web.get("/board/labels.json")
    assert response.json() == {"title": "Trung tâm"}
    assert (await web.get("/board/device.json")).status_code == 404
