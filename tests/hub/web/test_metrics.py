"""The figures for Prometheus, over real HTTP and in its own format."""

import asyncio

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from hub.wire import clients


@pytest.fixture
async def figures(start_hub):
    async with (
        start_hub() as hub,
        httpx.AsyncClient(base_url=hub.http, trust_env=False, verify=False) as client,
    ):

        async def ask():
            response = await client.get("/metrics")
            assert response.status_code == 200
            assert response.headers["content-type"].startswith("text/plain; version=")
            return {
                (sample.name, *sample.labels.values()): sample.value
                for family in text_string_to_metric_families(response.text)
                for sample in family.samples
            }

        ask.hub = hub
        yield ask


async def test_what_happened_today_is_counted(figures, talk) -> None:
    kiosk, officer = await talk(figures.hub, "k1"), await talk(figures.hub, "t1")
    agent = await talk(figures.hub, "hall")
    ticket = (await kiosk.issue())["result"]["ticket"]["id"]
    await kiosk.issue("land")
    await kiosk.order("report_slip", ticket=ticket, outcome="printed")
    await officer.open_counter()
    call = (await officer.order("call_next", counter="c1"))["result"]["call"]
    await agent.order("report_announced", call=call, outcome="announced")
    told = await figures()
    assert told["centerfloor_ready",] == 1
    assert told["centerfloor_issued_total",] == 2
    assert told["centerfloor_called_total",] == 1
    assert told["centerfloor_printed_total",] == 1
    assert told["centerfloor_announced_total",] == 1
    assert told["centerfloor_journal_rows",] == 9
    assert told["centerfloor_feed_seq",] == 6
    assert told["centerfloor_waiting", "land"] == 1
    assert told["centerfloor_waiting", "certify"] == 0
    assert told["centerfloor_open_counters", "certify"] == 1
    assert told["centerfloor_estimated_wait_seconds", "land"] > 0


async def test_devices_are_counted_by_role_and_shown_with_what_they_have_applied(
    figures, talk
) -> None:
    first, _ = await talk(figures.hub, "k1"), await talk(figures.hub, "k2")
    await first.issue()
    await first.say({"t": "hb", "seq": 0})
    await first.ask("ticket", "x")
    told = await figures()
    assert told["centerfloor_devices_connected", "kiosk"] == 2
    assert told["centerfloor_devices_connected", "board"] == 0
    assert told["centerfloor_device_behind", "k1"] == 1
    assert ("centerfloor_device_behind", "k2") not in told


async def test_printers_are_told_by_what_holds_now(figures, talk) -> None:
    def holding(told):
        # The parser sorts labels: attached, condition, device, kind.
        named = (key for key in told if key[0] == "centerfloor_device_condition")
        return {key[2] for key in named if key[1:] == ("printer", key[2], "k1", "printer")}

    assert holding(await figures()) == {"unknown"}
    kiosk = await talk(figures.hub, "k1")
    for conditions in (["paper_low", "cover_open"], ["ready"]):
        await kiosk.say({"t": "attached", "devices": [{"id": "printer", "conditions": conditions}]})
        await kiosk.ask("ticket", "x")
        assert holding(await figures()) == set(conditions)


@pytest.mark.slow
async def test_answers_of_the_open_interface_are_counted_by_status(figures) -> None:
    async with httpx.AsyncClient(
        base_url=figures.hub.http, trust_env=False, verify=False
    ) as client:
        for path in ("floor", "floor", "nowhere"):
            await client.get(f"/api/v1/{path}")
    told = await figures()
    assert told["centerfloor_api_answers_total", "401"] == 2
    assert told["centerfloor_api_answers_total", "404"] == 1


async def test_a_hub_that_takes_nothing_more_is_not_ready(figures) -> None:
    figures.hub._floor_service.close()
    assert (await figures())["centerfloor_ready",] == 0


async def test_two_hubs_in_one_process_do_not_share_figures(start_hub, figures, tmp_path) -> None:
    told = await figures()
    assert told["centerfloor_issued_total",] == 0
    assert told["process_resident_memory_bytes",] > 0
    assert not any("looked_up_created" in name for name, *_ in told)


async def test_requests_are_counted_by_kind_and_outcome_and_commits_by_their_time(
    figures, talk
) -> None:
    kiosk = await talk(figures.hub, "k1")
    issue = {"services": ["certify"], "req": "request-1"}
    await kiosk.order("issue_ticket", **issue)
    await kiosk.order("issue_ticket", **issue)
    await kiosk.issue("nowhere")
    await kiosk.order("end_day")
    figures.hub._floor_service.close()
    await kiosk.issue()
    told = await figures()
    of_kind = {
        labels: count for (name, *labels), count in told.items() if name == "centerfloor_requests_total"
        for labels in [tuple(labels)]
    }  # fmt: skip
    assert of_kind == {
        ("issue_ticket", "done"): 1,
        ("issue_ticket", "repeated"): 1,
        ("issue_ticket", "refused"): 1,
        ("issue_ticket", "busy"): 1,
        ("end_day", "refused"): 1,
    }
    assert told["centerfloor_commit_seconds_count",] >= 4
    assert (
        told["centerfloor_commit_seconds_bucket", "+Inf"]
        == told["centerfloor_commit_seconds_count",]
    )
    assert 0 < told["centerfloor_commit_seconds_sum",] < 60


@pytest.mark.slow
async def test_devices_that_may_come_and_numbers_held_in_advance_are_told(figures, talk) -> None:
    kiosk = await talk(figures.hub, "k1")
    leased = await kiosk.order("lease_numbers", service="certify", count=3)
    held = len(leased["result"].get("numbers", ()))
    before = (await figures())["centerfloor_devices_enrolled", "kiosk"]
    assert before == 8
    await figures.hub.authentication.revoke("k2", "test")
    assert (await figures())["centerfloor_devices_enrolled", "kiosk"] == before - 1
    async with asyncio.timeout(10):
        while (await figures()).get(("centerfloor_leased_numbers", "k1")) != held:
            await asyncio.sleep(0.01)


async def test_a_screen_that_does_not_read_is_counted_when_it_is_cut_off(
    figures, talk, monkeypatch
) -> None:
    assert (await figures())["centerfloor_slow_readers_cut_off_total",] == 0
    board = await talk(figures.hub, "board", "calls")
    monkeypatch.setattr(clients.Client, "allowance", property(lambda _: -1, lambda *_: None))
    await board.say({"t": "ask", "req": "request-1", "ask": {}})
    assert await board.closing() == 1006
    async with asyncio.timeout(10):
        while (await figures())["centerfloor_slow_readers_cut_off_total",] != 1:
            await asyncio.sleep(0.01)
