"""Forms that nobody honest sends: refused with a page, and nothing is changed."""

import re

import pytest

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
async def supervisor(enter):
    return await enter("supervisor")


async def token_of(visitor):
    page = await visitor.get("overview")
    return re.search(r'name="form_token" value="([^"]+)"', page.text)[1]


async def send(visitor, content, kind=FORM, **headers):
    headers = {"Origin": visitor.hub.http, "Content-Type": kind} | headers
    return await visitor.client.post("/console/floor/end-day", content=content, headers=headers)


async def test_a_form_without_the_token_of_the_session_does_nothing(supervisor) -> None:
    for token in ("", "form_token=&", "form_token=x&", "form_token=%ED%A0%80&", "form_token=ế&"):
        answer = await send(supervisor, f"{token}sure=yes&req=abcdefgh".encode())
        assert answer.status_code in (400, 403)
    assert "has ended" not in (await supervisor.get("overview")).text


async def test_a_form_of_another_site_does_nothing_even_with_the_token(supervisor) -> None:
    content = f"form_token={await token_of(supervisor)}&sure=yes&req=abcdefgh".encode()
    for site in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "none"}):
        answer = await send(supervisor, content, **site)
        assert answer.status_code == 403
        assert "does not come from an open page" in answer.text
    assert "has ended" not in (await supervisor.get("overview")).text


async def test_what_is_no_form_is_refused_by_a_page(supervisor) -> None:
    fields = b"&".join(b"a%d=1" % n for n in range(100))
    for content, kind, status in (
        (b"a=" + b"x" * 20_000, FORM, 413),
        (b"a=" + b"x" * 600, FORM, 413),
        (fields, FORM, 400),
        (b"a=\xff\xfe", FORM, 400),
        (b"a=%ff%fe", FORM, 400),
        (b'{"sure": "yes"}', "application/json", 415),
        (b"", "multipart/form-data; boundary=x", 415),
        (b"", FORM, 403),
    ):
        answer = await send(supervisor, content, kind)
        assert answer.status_code == status
        assert "<h1>This page cannot be opened</h1>" in answer.text


async def test_a_body_without_end_is_cut_off(supervisor) -> None:
    async def endless():
        for _ in range(1_000):
            yield b"x" * 1024

    answer = await send(supervisor, endless())
    assert answer.status_code == 413


async def test_a_request_id_is_not_whatever_is_sent(supervisor) -> None:
    token = await token_of(supervisor)
    for req in ("", "x" * 65, "a b", "%3Cb%3E", "ế"):
        content = f"form_token={token}&sure=yes&req={req}".encode()
        answer = await send(supervisor, content)
        assert answer.status_code in (303, 400)
    assert "cannot read what was sent" in (await supervisor.get("overview")).text


async def test_every_answer_carries_the_strict_policy(supervisor) -> None:
    for page in ("overview", "nowhere", "sign-in", "officers/pin/nobody"):
        answer = await supervisor.get(page)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-frame-options"] == "DENY"
        assert " style=" not in answer.text
        assert not re.search(
            r"<script(?! type=\"module\" src=\"/assets/console\.js\"></script>)", answer.text
        )
        assert not re.search(r"\son\w+=", answer.text)


async def test_a_page_that_is_not_there_says_so(supervisor) -> None:
    answer = await supervisor.get("../console/%3Cscript%3E")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert "<script>" not in answer.text
