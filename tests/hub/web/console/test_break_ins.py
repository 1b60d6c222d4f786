"""Attempts to get at what is somebody else's: addresses typed by hand and forms sent by hand, with a good session of one's own."""

import re

import pytest

from hub.messages import Topic

# For whom each address is, held against the tables of rights by hand.
ABOVE_TECHNICIAN = {
    "get": ["floor/counter/c1", "floor/end-day", "officers/pin/an", "fairness", "fairness/sheet.csv"],
    "post": ["floor/counter", "floor/end-day", "officers/pin", "officers/unlock"],
}  # fmt: skip
ABOVE_GREETER = {
    "get": [*ABOVE_TECHNICIAN["get"], "devices", "devices/now", "devices/revoke/k1", "officers"],
    "post": [*ABOVE_TECHNICIAN["post"], "devices/enrol", "devices/revoke"],
}
NOT_FOR_TECHNICIAN = {**ABOVE_TECHNICIAN, "post": [*ABOVE_TECHNICIAN["post"], "greeter/issue"]}
EVERYTHING = {
    "device": "k1", "officer": "an", "first": "864209", "second": "864209", "counter": "c1",
    "action": "close", "code": "BCDFGHJK", "sure": "yes",
}  # fmt: skip


async def state(hub):
    feed = hub._floor_service.feed
    accounts = hub.authentication.accounts
    topics = {topic: dict(feed.values(topic)) for topic in Topic}
    return hub.health().journal_rows, topics, accounts.audit_log(), accounts.officers()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("officer", "denied"), [("greeter", ABOVE_GREETER), ("technician", NOT_FOR_TECHNICIAN)]
)
async def test_what_is_not_ones_own_stays_shut_with_a_good_form_token_too(
    enter, hub, talk, officer, denied
) -> None:
    terminal = await talk(hub, "t1")
    await terminal.open_counter()
    visitor = await enter(officer)
    own = await visitor.get("greeter" if officer == "greeter" else "overview")
    token = re.search(r'name="form_token" value="([^"]+)"', own.text)[1]
    before = await state(hub)
    for path in denied["get"]:
        assert (await visitor.get(path)).status_code in (401, 403), path
    for path in denied["post"]:
        answer = await visitor.post(path, form_token=token, req="0" * 32, **EVERYTHING)
        assert answer.status_code == 403, path
    assert await state(hub) == before


async def test_a_stranger_gets_nothing_but_the_door(visitor, hub, talk) -> None:
    await talk(hub, "t1")
    before = await state(hub)
    for path in [*ABOVE_GREETER["get"], "greeter", "greeter/now", "overview", "overview/now"]:
        answer = await visitor.client.get(f"/console/{path}")
        assert answer.status_code in (303, 401), path
        assert not answer.content
    for path in [*ABOVE_GREETER["post"], "greeter/issue", "greeter/cancel", "sign-out", "language"]:
        answer = await visitor.client.post(
            f"/console/{path}", data=EVERYTHING, headers={"Origin": hub.http}
        )
        assert answer.status_code in (303, 404), path
        assert answer.headers.get("location", "/console/sign-in") == "/console/sign-in"
    assert await state(hub) == before
