"""The board page in the system's Chromium, against a server that speaks the wire and against the real hub's rules of it."""

import asyncio
import contextlib
import re
import shutil
import time
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from hub.messages import CallView, CounterView, FloorView, ServiceView, Topic
from queue_display.boards.literal_floor import ZONE, LiteralFloor
from queue_display.boards.server import PageServer

CHROMIUM = shutil.which("chromium") or ""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="needs the system's chromium"),
    pytest.mark.asyncio(loop_scope="module"),
]

DEVICE = {
    "device": "board-1",
    "token": "a-token-of-a-board",
    "title": "Trung tâm",
    "rows": 6,
    "language": "vi",
    "hotline": "1900 0000",
    "counters": [{"id": f"c{n}", "number": n, "name": f"Quầy {n}"} for n in range(1, 41)],
    "services": [{"id": "land", "name": "Đất đai", "name_en": "Land"}],
}
LIVE = "document.getElementById('board')?.dataset.connection === 'live'"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        await browser.close()


class Board:
    """One page at one floor."""

    def __init__(self, page: Page, floor: LiteralFloor) -> None:
        self.page = page
        self.floor = floor

    async def until(self, expression: str, seconds: float = 8) -> None:
        """Wait for an expression to hold; asked from outside, because the page's policy forbids `eval`."""
        deadline = time.monotonic() + seconds
        while not await self.page.evaluate(expression):
            assert time.monotonic() < deadline, expression
            await asyncio.sleep(0.02)

    async def numbers(self) -> list[str]:
        """The ticket numbers on the board, from the top."""
        return await self.page.evaluate(
            "[...document.querySelectorAll('.call[data-slot]')]"
            ".sort((a, b) => a.dataset.slot - b.dataset.slot)"
            ".map((row) => row.querySelector('.number').textContent)"
        )  # type: ignore[no-any-return]

    async def text(self, part: str) -> str:
        return await self.page.locator(f'[data-part="{part}"]').inner_text()

    async def until_numbers(self, *expected: str) -> None:
        deadline = time.monotonic() + 8
        while (shown := await self.numbers()) != list(expected):
            assert time.monotonic() < deadline, shown
            await asyncio.sleep(0.02)

    def hellos(self) -> list[dict[str, Any]]:
        return [frame for frame in self.floor.heard if frame["t"] == "hello"]

    async def heard(self, wanted: Callable[[dict[str, Any]], bool], seconds: float = 10) -> None:
        deadline = time.monotonic() + seconds
        while not any(wanted(frame) for frame in self.floor.heard):
            assert time.monotonic() < deadline, self.floor.heard
            await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def a_board(chromium: Browser, *, clock: bool = False, **device: Any) -> AsyncIterator[Board]:
    async with (
        LiteralFloor() as floor,
        PageServer({**DEVICE, **device, "floor_url": floor.url}) as pages,
    ):
        page = await chromium.new_page(viewport={"width": 1920, "height": 1080})
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        try:
            if clock:
                await page.clock.install()
            await page.goto(pages.url)
            board = Board(page, floor)
            await board.until(LIVE)
            yield board
        finally:
            await page.close()
        assert problems == []


def call(
    floor: LiteralFloor, number: str, counter: int = 1, ago: float = 0, **more: Any
) -> CallView:
    given = {"attempt": 1, "priority": False, "over": False, **more}
    return CallView(
        call=f"call-{number}-{given['attempt']}",
        ticket=f"ticket-{number}",
        number=number,
        counter=f"c{counter}",
        called_at=floor.now() - timedelta(seconds=ago),
        **given,
    )


def put_call(floor: LiteralFloor, *args: Any, **more: Any) -> str:
    view = call(floor, *args, **more)
    floor.put(Topic.CALLS, view.call, view)
    return view.call


async def test_the_hall_sees_calls_counters_queues_and_the_hub_s_clock(chromium: Browser) -> None:
    async with a_board(chromium) as board:
        floor = board.floor
        day = FloorView(day=floor.now().date(), ended=False, session="morning")
        service = ServiceView(
            id="land", waiting=12, issued=30, left_today=None, open_counters=1, estimate_seconds=60
        )
        counter = CounterView(
            id="c2", state="paused", officer=None, ticket=None, number=None, ticket_state=None,
            pause_reason="break",
        )  # fmt: skip
        floor.put(Topic.FLOOR, "day", day)
        floor.put(Topic.SERVICES, "land", service)
        floor.put(Topic.COUNTERS, "c2", counter)
        assert await board.text("notice") == "Chưa có số nào được mời"

        shown = put_call(floor, "A025", 3, priority=True)

        await board.until_numbers("A025")
        row = board.page.locator(".call[data-slot='0']")
        assert await row.locator(".counter").inner_text() == "3"
        assert "MỜI" in await row.locator(".tag").inner_text()
        assert await row.locator(".priority").inner_text() == "Ưu tiên"
        assert await board.text("notice") == ""
        assert "12" in await board.text("service-lines")
        assert "Tạm nghỉ" in await board.text("counter-lines")
        assert await board.text("time") == floor.now().strftime("%H:%M")
        await board.heard(lambda frame: frame["t"] == "hb" and shown in frame["shown"])
        last = [frame for frame in floor.heard if frame["t"] == "hb"][-1]
        assert last["seq"] == floor.seq


async def test_a_gap_is_asked_for_and_never_guessed(chromium: Browser) -> None:
    async with a_board(chromium) as board:
        put_call(board.floor, "A001", ago=3)
        await board.until_numbers("A001")

        view = call(board.floor, "A002", ago=2)
        board.floor.put(Topic.CALLS, view.call, view, silent=True)
        put_call(board.floor, "A003", ago=1)

        await board.until_numbers("A003", "A002", "A001")
        first, second = board.hellos()
        assert "epoch" not in first
        assert (second["epoch"], second["seq"]) == ("literal", 1)

        # In a quiet hall no delta follows the lost one: the next tick tells.
        view = call(board.floor, "A004")
        board.floor.put(Topic.CALLS, view.call, view, silent=True)
        board.floor.tick()
        await board.until_numbers("A004", "A003", "A002", "A001")


async def test_after_a_broken_line_the_page_goes_on_where_it_was_or_starts_anew(
    chromium: Browser,
) -> None:
    async with a_board(chromium) as board:
        put_call(board.floor, "A001", ago=2)
        await board.until_numbers("A001")

        board.floor.drop_clients()
        put_call(board.floor, "A002", ago=1)

        await board.until_numbers("A002", "A001")
        assert board.hellos()[-1]["seq"] == 1
        assert await board.page.locator(".banner").is_hidden()

        # A hub that was started anew has another history: its state is taken whole.
        board.floor.epoch = "another"
        board.floor.state[Topic.CALLS].clear()
        put_call(board.floor, "B001")
        await board.until_numbers("B001")


async def test_a_page_without_news_says_so_and_never_shows_a_live_clock(chromium: Browser) -> None:
    async with a_board(chromium, clock=True) as board:
        put_call(board.floor, "A025")
        board.floor.tick()
        await board.page.clock.run_for(500)
        await board.until_numbers("A025")
        last_news = board.floor.now().strftime("%H:%M")

        await board.page.clock.run_for(11_000)
        assert await board.page.locator(".banner").is_hidden()
        await board.floor.stop()
        await board.page.clock.run_for(2_000)

        assert (await board.text("lost")).startswith("MẤT KẾT NỐI – dữ liệu lúc ")
        assert last_news[:4] in await board.text("lost")
        assert await board.text("time") == ""
        assert await board.page.locator("#board[data-dim]").count() == 0

        await board.page.clock.fast_forward(50_000)
        await board.page.clock.run_for(500)
        assert await board.page.locator("#board[data-dim]").count() == 1
        assert await board.numbers() == ["A025"]


async def test_ten_calls_in_one_second_all_appear(chromium: Browser) -> None:
    async with a_board(chromium) as board:
        began = time.monotonic()
        for n in range(10):
            put_call(board.floor, f"A{n:03d}", n + 1, ago=(9 - n) / 1000)
            await asyncio.sleep(0.05)

        await board.until_numbers(*(f"A{n:03d}" for n in reversed(range(10))))
        assert time.monotonic() - began < 2
        lights = await board.page.evaluate(
            "[...document.querySelectorAll('.call[data-slot]')].map((row) => row.dataset.standing)"
        )
        assert lights == ["calling"] * 10


async def test_a_recall_is_lit_again_and_says_which_call_it_is(chromium: Browser) -> None:
    async with a_board(chromium) as board:
        first = call(board.floor, "A025", ago=60)
        board.floor.put(Topic.CALLS, first.call, first)
        await board.until("document.querySelector('.call[data-slot=\"0\"]')")
        assert await board.page.locator(".call[data-light='lit']").count() == 0

        board.floor.put(Topic.CALLS, first.call, first.model_copy(update={"over": True}))
        put_call(board.floor, "A025", attempt=2)

        await board.until("document.querySelector('.call[data-light=\"lit\"]')")
        assert await board.numbers() == ["A025"]
        assert await board.page.locator(".call[data-slot='0'] .word").inner_text() == "MỜI LẦN 2"


_ARRANGED = """async ({ calls, rows, seconds }) => {
  const { arrange, NOTHING_SHOWN } = await import('/board/arrangement.js');
  const frames = [];
  let before = NOTHING_SHOWN;
  for (let now = 0; now < seconds * 1000; now += 250) {
    const present = calls.filter((call) => Date.parse(call.called_at) <= now);
    before = arrange(before, present, { now, hubNow: now }, rows);
    frames.push({ dense: before.dense, shown: before.shown.map((call) => call.call) });
  }
  return frames;
}"""


async def test_no_call_is_dropped_because_others_came_with_it(chromium: Browser) -> None:
    calls = [
        {
            "call": f"k{n:02d}", "ticket": f"t{n:02d}", "counter": "c1", "over": n % 3 == 0,
            "called_at": datetime.fromtimestamp(1 + n / 30, ZONE).isoformat(),
        }
        for n in range(30)
    ]  # fmt: skip
    async with a_board(chromium) as board:
        frames = await board.page.evaluate(_ARRANGED, {"calls": calls, "rows": 6, "seconds": 40})

    for each in calls:
        stands = "".join("#" if each["call"] in frame["shown"] else "." for frame in frames)
        runs = [len(run) for run in re.findall(r"#+(?=\.)", stands)]
        assert min(runs) >= 20, f"{each['call']} stood less than 5 s: {stands}"
    # Within three turns of a dense board everybody has been shown.
    seen = {name for frame in frames[: 4 * (1 + 2 + 3 * 5)] for name in frame["shown"]}
    assert seen == {each["call"] for each in calls}
    assert max(len(frame["shown"]) for frame in frames) == 12
    assert all(len(frame["shown"]) <= (12 if frame["dense"] else 6) for frame in frames)
    # Twenty are still called at the end: they take turns, and the board does not freeze on some of them.
    late = {name for frame in frames[-60:] for name in frame["shown"]}
    assert late >= {each["call"] for each in calls if not each["over"]}


_LIT = """async () => {
  const { lighting } = await import('/board/arrangement.js');
  const entry = { first: 0, since: 0, until: 0, old: false };
  return Array.from({ length: 250 }, (_, tenth) => lighting(entry, tenth * 100 + 1));
}"""


async def test_a_new_call_flashes_within_the_limits_and_then_stands_lit(chromium: Browser) -> None:
    async with a_board(chromium) as board:
        lights = await board.page.evaluate(_LIT)

    flashes = "".join("#" if light == "lit" else "." for light in lights)
    assert flashes == ("#" * 5 + "." * 5) * 4 + "#" * 160 + "." * 50


_LAYOUT = """() => {
  const boxes = (selector) => [...document.querySelectorAll(selector)].map((node) => {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    return [left, top, right, bottom].map(Math.round);
  });
  const wide = (node) => node.scrollWidth > node.clientWidth + 1;
  return {
    screen: [innerWidth, innerHeight],
    rows: boxes('.call[data-slot]'),
    frame: boxes('.head, .side, .foot, .headings, .counters li, .services li'),
    cut: [...document.querySelectorAll('.call[data-slot] .number, .call[data-slot] .counter, .call[data-slot] .tag, .counters .ticket, .counters .word, .waiting, .foot p')]
      .filter(wide).map((node) => node.textContent),
    overlaps: [...document.querySelectorAll('.call[data-slot]')].filter((row) =>
      row.querySelector('.number').getBoundingClientRect().right > row.querySelector('.counter').getBoundingClientRect().left + 1).length,
    cap: document.querySelector('.call[data-slot="0"] .number').computedStyleMap().get('font-size').value * 0.714,
  };
}"""


async def test_long_names_and_numbers_fit_every_screen_and_nothing_moves(chromium: Browser) -> None:
    name = (
        "Đăng ký đất đai, tài sản gắn liền với đất, cấp Giấy chứng nhận quyền sử dụng đất lần đầu"
    )
    counters = [{"id": f"c{n}", "number": n, "name": name} for n in range(1, 23)]
    services = [{"id": f"s{n}", "name": name, "name_en": name} for n in range(15)]
    async with a_board(chromium, counters=counters, services=services, title=name) as board:
        for n in range(6):
            last = {"attempt": 3, "priority": True, "over": n < 4}
            put_call(board.floor, f"HC{1040 + n}", 17 + n, ago=30 - n, **last)
        await board.until("document.querySelectorAll('.call[data-slot]').length === 6")
        for width, height in ((1920, 1080), (1280, 720), (3840, 2160), (1080, 1920), (1366, 768)):
            await board.page.set_viewport_size({"width": width, "height": height})
            layout = await board.page.evaluate(_LAYOUT)
            assert layout["screen"] == [width, height]
            assert layout["cut"] == []
            assert layout["overlaps"] == 0
            for left, top, right, bottom in (*layout["rows"], *layout["frame"]):
                assert 0 <= left <= right <= width
                assert 0 <= top <= bottom <= height

        await board.page.set_viewport_size({"width": 1920, "height": 1080})
        before = await board.page.evaluate(_LAYOUT)
        put_call(board.floor, "HC1050", 1)
        await board.until(
            "document.querySelector('.call[data-slot=\"0\"] .number').textContent === 'HC1050'"
        )
        after = await board.page.evaluate(_LAYOUT)
        assert sorted(after["rows"]) == sorted(before["rows"])
        assert after["frame"] == before["frame"]


async def test_the_newest_number_can_be_read_from_ten_metres_and_the_page_does_not_grow(
    chromium: Browser,
) -> None:
    async with a_board(chromium) as board:
        put_call(board.floor, "A000", 12)
        await board.until_numbers("A000")
        # 190 of 1080 pixels on a 55-inch television are 12 cm: 0.7 degrees at 10 m (EN 301 549).
        assert (await board.page.evaluate(_LAYOUT))["cap"] >= 190
        nodes = await board.page.evaluate("document.querySelectorAll('*').length")

        for n in range(1, 3_000):
            put_call(board.floor, f"A{n % 1000:03d}", n % 40 + 1, over=True, attempt=n)
            if n > 50:
                board.floor.put(Topic.CALLS, f"call-A{(n - 50) % 1000:03d}-{n - 50}", None)
            if n % 200 == 0:
                await asyncio.sleep(0)
        last = ServiceView(
            id="land", waiting=77, issued=77, left_today=None, open_counters=1, estimate_seconds=60
        )
        board.floor.put(Topic.SERVICES, "land", last)
        await board.until("document.querySelector('.waiting').textContent === '77'")

        assert await board.page.evaluate("document.querySelectorAll('*').length") == nodes


async def test_a_plain_television_is_told_once_who_it_is(chromium: Browser) -> None:
    async with a_board(chromium) as board:
        labels = {key: DEVICE[key] for key in ("title", "rows", "language", "counters", "services")}
        port = int(board.floor.url.rsplit(":", 1)[1].strip("/"))
        page = board.page
        await page.route("**/device.json", lambda route: route.fulfill(status=404))
        await page.route("**/labels.json", lambda route: route.fulfill(json=labels))
        await page.route("**/floor.json", lambda route: route.fulfill(json={"floor_port": port}))
        await page.reload()

        await page.get_by_label("Tên thiết bị").fill("board-7")
        await page.get_by_label("Mã bí mật").fill("the-token-of-board-7")
        await page.get_by_role("button", name="Kết nối").click()
        await board.until(LIVE)
        await page.reload()
        await board.until(LIVE)

        last = board.hellos()[-1]
        assert (last["device"], last["token"]) == ("board-7", "the-token-of-board-7")
        assert "token" not in page.url
