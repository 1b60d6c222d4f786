"""What the board program serves, and to whom."""

import json
from urllib.parse import urljoin

import httpx
import pytest

from queue_display.boards.server import PageServer

DEVICE = {"device": "board-1", "token": "a-token-of-a-board", "rows": 6}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html"),
        ("main.js", "text/javascript"),
        ("texts/vi.js", "text/javascript"),
        ("board.css", "text/css"),
        ("/fonts/NotoSans-Regular.ttf", "font/ttf"),
        ("/fonts/NotoSans-Bold.ttf", "font/ttf"),
    ],
)
async def test_the_page_comes_with_everything_that_it_needs(path: str, kind: str) -> None:
    async with PageServer(DEVICE) as pages, httpx.AsyncClient(verify=False) as client:
        answer = await client.get(urljoin(pages.url, path))

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


async def test_the_page_learns_who_it_is_without_a_token_in_its_address() -> None:
    async with PageServer(DEVICE) as pages, httpx.AsyncClient(verify=False) as client:
        answer = await client.get(f"{pages.url}device.json")

    assert answer.json() == json.loads(json.dumps(DEVICE))
    assert DEVICE["token"] not in pages.url
    assert pages.url.startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    "path",
    [
        "/fonts/NotoSans-Italic.ttf",
        "/fonts/..%2f..%2f..%2fetc%2fpasswd",
        "../server.py",
        "absent.js",
    ],
)
async def test_nothing_else_is_served(path: str) -> None:
    async with PageServer(DEVICE) as pages, httpx.AsyncClient(verify=False) as client:
        assert (await client.get(urljoin(pages.url, path))).status_code == 404


async def test_a_page_of_another_name_cannot_read_the_token() -> None:
    async with PageServer(DEVICE) as pages, httpx.AsyncClient(verify=False) as client:
        answer = await client.get(f"{pages.url}device.json", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert DEVICE["token"] not in answer.text


GIVEN = {"device": "board-1", "token": "a-new-token"}


async def test_the_token_of_an_enrolled_page_is_kept_and_told_to_the_next_page() -> None:
    kept: list[str] = []
    async with PageServer(DEVICE, kept.append) as pages, httpx.AsyncClient(verify=False) as client:
        own = {"origin": pages.url.removesuffix("/board/")}
        answer = await client.post(f"{pages.url}token", json=GIVEN, headers=own)
        told = (await client.get(f"{pages.url}device.json")).json()

    assert answer.status_code == 204
    assert kept == ["a-new-token"]
    assert told == {**DEVICE, "token": "a-new-token"}


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[" * 900,
        "[]",
        "\udcff".encode("utf-8", "surrogateescape"),
        json.dumps({"device": "board-1"}),
        json.dumps({**GIVEN, "device": "board-2"}),
        json.dumps({**GIVEN, "token": ""}),
        json.dumps({**GIVEN, "token": 7}),
        json.dumps({**GIVEN, "token": "x" * 201}),
        json.dumps({**GIVEN, "token": "a\nb"}),
        json.dumps({**GIVEN, "more": "x" * 1000}),
    ],
)
async def test_what_is_no_token_of_this_board_is_not_kept(said: str | bytes) -> None:
    kept: list[str] = []
    async with PageServer(DEVICE, kept.append) as pages, httpx.AsyncClient(verify=False) as client:
        own = {"origin": pages.url.removesuffix("/board/")}
        answer = await client.post(f"{pages.url}token", content=said, headers=own)

    assert (answer.status_code, kept) == (400, [])


@pytest.mark.parametrize("origin", [{}, {"origin": "http://evil.example"}, {"origin": "null"}])
async def test_a_page_of_another_origin_hands_no_token_over(origin: dict[str, str]) -> None:
    kept: list[str] = []
    async with PageServer(DEVICE, kept.append) as pages, httpx.AsyncClient(verify=False) as client:
        answer = await client.post(f"{pages.url}token", json=GIVEN, headers=origin)

    assert (answer.status_code, kept) == (403, [])
