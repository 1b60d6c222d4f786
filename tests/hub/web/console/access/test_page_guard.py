"""The page guard: session cookie, role, origin and form token, each refused on its own."""

import re

import pytest
from starlette.requests import Request

from hub.web.console.access.page_guard import cookie_name, session_token


def request(scheme, cookie):
    headers = [(b"cookie", cookie.encode()), (b"host", b"hub.lan")]
    return Request({"type": "http", "scheme": scheme, "path": "/", "headers": headers, "query_string": b""})  # fmt: skip


def test_over_tls_the_cookie_is_bound_to_its_host() -> None:
    assert cookie_name(request("https", "")) == "__Host-console"
    assert session_token(request("https", "console=plain; __Host-console=bound")) == "bound"
    assert session_token(request("http", "console=plain")) == "plain"
    assert session_token(request("http", "")) == ""


@pytest.mark.slow
async def test_without_a_session_a_page_leads_to_the_sign_in_and_a_fragment_is_empty(
    visitor,
) -> None:
    page = await visitor.client.get("/console/overview")
    assert (page.status_code, page.headers["location"]) == (303, "/console/sign-in")
    fragment = await visitor.client.get("/console/overview/now")
    assert (fragment.status_code, fragment.content) == (401, b"")


async def test_a_page_of_another_role_is_refused(enter) -> None:
    browser = await enter("greeter")
    assert (await browser.get("officers")).status_code == 403
    assert (await browser.get("greeter")).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {},
    ],
)
async def test_a_form_from_another_site_is_refused_with_a_good_token_too(enter, headers) -> None:
    browser = await enter("greeter")
    page = await browser.get("greeter")
    token = re.search(r'name="form_token" value="([^"]+)"', page.text)[1]
    answer = await browser.client.post(
        "/console/sign-out", data={"form_token": token}, headers=headers
    )
    assert answer.status_code == 403
    assert (await browser.get("greeter")).status_code == 200


async def test_a_form_with_another_sessions_token_is_refused(enter) -> None:
    browser = await enter("greeter")
    assert (await browser.post("sign-out", form_token="guessed")).status_code == 403
