"""Who gets in, who does not, and what they are told."""

import logging
import ssl
from datetime import UTC, date, datetime

import httpx

from config.planning import floor_plan
from hub.accounts.store import PinState, PinVerdict
from hub.running import HubOptions, serve
from hub.upkeep.certificates import make_authority
from hub.web.console.access import sign_in
from hub.wire.encryption import Encryption


async def test_the_right_pin_opens_the_first_page_of_the_role(visitor) -> None:
    for officer, page in (
        ("greeter", "greeter"),
        ("technician", "overview"),
        ("supervisor", "overview"),
    ):
        answer = await visitor.sign_in(officer)
        assert str(answer.url).endswith(f"/console/{page}")
        assert answer.status_code == 200


async def test_the_cookie_is_for_the_hub_alone(visitor) -> None:
    headers = {"Origin": visitor.hub.http}
    form = {"officer": "greeter", "pin": "135790"}
    answer = await visitor.client.post("/console/sign-in", data=form, headers=headers)
    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 303
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/" in cookie
    assert len(cookie.split("=")[1].split(";")[0]) >= 43


async def test_over_tls_the_cookie_never_travels_plainly(console_hall, clock, tmp_path) -> None:
    keys = tmp_path / "tls"
    make_authority(keys, ["127.0.0.1"], datetime(2026, 11, 20, tzinfo=UTC))
    encryption = Encryption(keys / "hub.pem", keys / "hub-key.pem")
    plan = floor_plan(console_hall, date(2026, 11, 20))
    options = HubOptions(tmp_path / "data", encryption=encryption)
    context = ssl.create_default_context(cafile=keys / "authority.pem")
    async with (
        serve(console_hall, plan, options, clock) as hub,
        httpx.AsyncClient(base_url=hub.http, verify=context, trust_env=False) as client,
    ):
        hub.authentication.accounts.set_pin("greeter", "135790", "test", clock())
        form = {"officer": "greeter", "pin": "135790"}
        answer = await client.post("/console/sign-in", data=form, headers={"Origin": hub.http})
        assert answer.headers["set-cookie"].startswith("__Host-console=")
        assert "Secure" in answer.headers["set-cookie"]
        assert (await client.get("/console/greeter")).status_code == 200


async def test_a_wrong_pin_an_unknown_name_and_nothing_at_all_sound_the_same(visitor) -> None:
    told = set()
    for officer, pin in (("greeter", "999999"), ("nobody", "135790"), ("", "")):
        answer = await visitor.sign_in(officer, pin)
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers
        told.add("Name and PIN do not belong together." in answer.text)
    assert told == {True}


async def test_who_has_no_page_here_is_nobody_and_cannot_be_locked_out_from_here(
    visitor, hub, clock
) -> None:
    for pin in ["135790"] + ["999999"] * 6:
        answer = await visitor.sign_in("an", pin)
        assert answer.status_code == 401
        assert "Name and PIN do not belong together." in answer.text
    assert "Lê Thu An" not in answer.text
    assert hub.authentication.accounts.check_pin("an", "135790", clock()) == PinVerdict(PinState.OK)


async def test_wrong_pins_lock_the_officer_and_say_until_when(visitor) -> None:
    for _ in range(5):
        answer = await visitor.sign_in("greeter", "999999")
    assert "locked until 08:05" in answer.text
    assert (await visitor.sign_in("greeter")).status_code == 401


async def test_an_account_without_a_pin_says_whom_to_ask(visitor) -> None:
    answer = await visitor.sign_in("newcomer")
    assert "no PIN yet" in answer.text


async def test_one_address_cannot_use_up_the_attempts_of_all(visitor, hub, monkeypatch) -> None:
    monkeypatch.setattr(sign_in, "MOST_A_MINUTE", 40)
    async with httpx.AsyncClient(
        base_url=hub.http,
        trust_env=False,
        timeout=60,
        verify=False,
        transport=httpx.AsyncHTTPTransport(verify=False, local_address="127.0.0.2"),
    ) as client:
        other = type(visitor)(hub, client)
        for n in range(sign_in.MOST_A_MINUTE + 10):
            await other.sign_in(f"x{n}", "1")
        assert (await other.sign_in("greeter")).status_code == 429
    assert (await visitor.sign_in("greeter")).status_code == 200


async def test_too_many_attempts_are_turned_away_without_a_check(visitor, monkeypatch) -> None:
    monkeypatch.setattr(sign_in, "MOST_A_MINUTE", 3)
    codes = [(await visitor.sign_in("nobody", "999999")).status_code for _ in range(20)]
    assert set(codes) == {401, 429}
    assert codes[-1] == 429
    assert "Too many attempts" in (await visitor.sign_in("greeter")).text


async def test_a_form_of_another_place_opens_nothing(visitor) -> None:
    form = {"officer": "greeter", "pin": "135790"}
    for headers in ({}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = await visitor.client.post("/console/sign-in", data=form, headers=headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = await visitor.client.post("/console/sign-in", data=form, headers=headers)
    assert answer.status_code == 303


async def test_signing_out_ends_the_session_in_the_hub_too(enter, visitor) -> None:
    await enter("supervisor")
    kept = dict(visitor.client.cookies)
    answer = await visitor.send("sign-out", on="overview")
    assert str(answer.url).endswith("/console/sign-in?lang=en")
    visitor.client.cookies.update(kept)
    assert "/sign-in" in str((await visitor.get("overview")).url)


async def test_signing_in_again_ends_the_session_before(enter, visitor) -> None:
    await enter("supervisor")
    before = dict(visitor.client.cookies)
    await enter("greeter")
    assert dict(visitor.client.cookies) != before
    visitor.client.cookies.update(before)
    assert "/sign-in" in str((await visitor.get("overview")).url)


async def test_nobody_sees_a_page_without_signing_in(visitor) -> None:
    for page in (
        "",
        "overview",
        "greeter",
        "devices",
        "officers",
        "fairness",
        "fairness/sheet.csv",
    ):
        answer = await visitor.get(page)
        assert str(answer.url).endswith("/console/sign-in")
    for part in ("overview/now", "greeter/now", "devices/now"):
        assert (await visitor.client.get(f"/console/{part}")).status_code == 401
    assert str((await visitor.client.get("/greeter")).headers["location"]) == "/console/greeter"


async def test_a_forged_cookie_is_nobody(visitor) -> None:
    for forged in ("x", "x" * 5000, "ế", '"; drop'):
        answer = await visitor.client.get(
            "/console/overview", headers={"Cookie": f"console={forged}".encode()}
        )
        assert answer.status_code == 303


async def test_the_page_speaks_the_language_that_is_asked_for(visitor) -> None:
    assert "Đăng nhập" in (await visitor.get("sign-in")).text
    assert "Sign in" in (await visitor.get("sign-in?lang=en")).text
    answer = await visitor.sign_in("supervisor", lang="vi")
    assert "Toàn cảnh" in answer.text
    answer = await visitor.send("language", on="overview", language="en", back="officers")
    assert str(answer.url).endswith("/console/officers")
    assert "<h1>Officers</h1>" in answer.text
    answer = await visitor.send("language", on="overview", language="xx", back="//evil.example")
    assert str(answer.url).endswith("/console/overview")


async def test_no_pin_and_no_token_stands_in_a_log(visitor, enter, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    await visitor.sign_in("greeter", "864209")
    await enter("greeter")
    (token,) = visitor.client.cookies.values()
    ours = [each for each in caplog.records if not each.name.startswith("http")]
    told = "\n".join(each.getMessage() for each in ours)
    for secret in ("864209", "135790", token):
        assert secret not in told


async def test_a_flood_of_attempts_is_turned_away_and_leaves_nothing_behind(
    visitor, monkeypatch
) -> None:
    monkeypatch.setattr(sign_in, "MOST_A_MINUTE", 40)
    codes = set()
    for n in range(60):
        answer = await visitor.sign_in(f"x{n}", "1")
        codes.add(answer.status_code)
    assert codes <= {401, 429}
    assert (await visitor.client.get("/healthz")).status_code == 200


async def test_other_methods_are_refused_by_a_page(visitor) -> None:
    for method in ("PUT", "DELETE", "PATCH", "POST"):
        answer = await visitor.client.request(method, "/console/overview")
        assert answer.status_code == 405
        assert answer.headers["content-type"].startswith("text/html")
