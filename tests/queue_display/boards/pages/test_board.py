"""What the hall sees: the page follows the wire, says when its data is old, and fits every screen."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from hub.messages import CounterView, FloorView, ServiceView, Topic

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
]

BEAT_MS = 5_000


async def test_the_hall_sees_calls_counters_queues_and_the_hub_s_clock(a_board: Any) -> None:
    async with a_board(clock=True) as board:
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

        shown = board.put_call("A025", 3, priority=True)

        await board.until_numbers("A025")
        row = board.page.locator(".call[data-slot='0']")
        assert await row.locator(".counter").inner_text() == "03"
        assert "MỜI" in await row.locator(".tag").inner_text()
        assert await row.locator(".priority").inner_text() == "Ưu tiên"
        assert await board.text("notice") == ""
        assert "12" in await board.text("service-lines")
        assert "Tạm nghỉ" in await board.text("counter-lines")
        assert await board.text("time") == "09:41"
        await board.page.clock.fast_forward(BEAT_MS)
        await board.heard(lambda frame: frame["t"] == "hb" and shown in frame["shown"])
        last = [frame for frame in floor.heard if frame["t"] == "hb"][-1]
        assert last["seq"] == floor.seq


async def test_a_gap_is_asked_for_and_never_guessed(a_board: Any) -> None:
    async with a_board() as board:
        board.put_call("A001", ago=3)
        await board.until_numbers("A001")

        board.put_call("A002", ago=2, silent=True)
        board.put_call("A003", ago=1)

        await board.until_numbers("A003", "A002", "A001")
        first, second = board.hellos()
        assert "epoch" not in first
        assert (second["epoch"], second["seq"]) == ("literal", 1)

        # In a quiet hall no delta follows the lost one: the next tick tells.
        board.put_call("A004", silent=True)
        board.floor.tick()
        await board.until_numbers("A004", "A003", "A002", "A001")


async def test_after_a_broken_line_the_page_goes_on_where_it_was_or_starts_anew(
    a_board: Any,
) -> None:
    async with a_board() as board:
        board.put_call("A001", ago=2)
        await board.until_numbers("A001")

        board.floor.drop_clients()
        board.put_call("A002", ago=1)

        await board.until_numbers("A002", "A001")
        assert board.hellos()[-1]["seq"] == 1
        assert await board.page.locator(".banner").is_hidden()

        # A hub that was started anew has another history: its state is taken whole.
        board.floor.epoch = "another"
        board.floor.state[Topic.CALLS].clear()
        board.put_call("B001")
        await board.until_numbers("B001")


async def test_a_page_without_news_says_so_and_never_shows_a_live_clock(a_board: Any) -> None:
    async with a_board(clock=True) as board:
        pass_time = board.page.clock.run_for
        shown_now = await board.page.evaluate("Date.now()")
        await board.page.clock.pause_at(datetime.fromtimestamp(shown_now / 1000 + 1, UTC))
        board.put_call("A025")
        while await board.numbers() != ["A025"]:
            await pass_time(50)
        assert await board.text("time") == "09:41"

        # The line stands and the hub is silent, as a stopped process is: no close will ever come.
        await pass_time(11_400)
        assert await board.page.locator(".banner").is_hidden()
        await pass_time(700)
        assert await board.text("lost") == "MẤT KẾT NỐI – dữ liệu lúc 09:41"
        assert await board.text("time") == ""
        assert await board.page.locator("#board[data-dim]").count() == 0

        # The page gives that line up and comes back by another one; only what it hears there counts.
        await pass_time(1_500)
        await board.heard(lambda frame: frame.get("seq") == 1 and frame["t"] == "hello")
        while not await board.is_live():
            await pass_time(50)
        assert await board.page.locator(".banner").is_hidden()
        assert await board.text("time") == "09:41"

        await board.floor.stop()
        await pass_time(13_000)
        assert await board.page.locator(".banner").is_visible()
        await board.page.clock.fast_forward(50_000)
        await pass_time(500)
        assert await board.page.locator("#board[data-dim]").count() == 1
        assert await board.numbers() == ["A025"]


async def test_ten_calls_in_one_second_all_appear(a_board: Any) -> None:
    async with a_board() as board:
        began = time.monotonic()
        for n in range(10):
            board.put_call(f"A{n:03d}", n + 1, ago=(9 - n) / 1000)
            await asyncio.sleep(0.05)

        await board.until_numbers(*(f"A{n:03d}" for n in reversed(range(10))))
        assert time.monotonic() - began < 2
        lights = await board.page.evaluate(
            "[...document.querySelectorAll('.call[data-slot]')].map((row) => row.dataset.standing)"
        )
        assert lights == ["calling"] * 10


async def test_a_recall_is_lit_again_and_says_which_call_it_is(a_board: Any) -> None:
    async with a_board() as board:
        first = board.call("A025", ago=60)
        board.floor.put(Topic.CALLS, first.call, first)
        await board.until("document.querySelector('.call[data-slot=\"0\"]')")
        assert await board.page.locator(".call[data-light='lit']").count() == 0

        board.floor.put(Topic.CALLS, first.call, first.model_copy(update={"over": True}))
        board.put_call("A025", attempt=2)

        await board.until("document.querySelector('.call[data-light=\"lit\"]')")
        assert await board.numbers() == ["A025"]
        assert await board.page.locator(".call[data-slot='0'] .word").inner_text() == "MỜI LẦN 2"


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


async def test_long_names_and_numbers_fit_every_screen_and_nothing_moves(a_board: Any) -> None:
    name = (
        "Đăng ký đất đai, tài sản gắn liền với đất, cấp Giấy chứng nhận quyền sử dụng đất lần đầu"
    )
    counters = [{"id": f"c{n}", "number": n, "name": name} for n in range(1, 23)]
    services = [{"id": f"s{n}", "name": name} for n in range(15)]
    async with a_board(counters=counters, services=services, title=name) as board:
        for n in range(6):
            last = {"attempt": 3, "priority": True, "over": n < 4}
            board.put_call(f"HC{1040 + n}", 17 + n, ago=30 - n, **last)
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
        board.put_call("HC1050", 1)
        await board.until(
            "document.querySelector('.call[data-slot=\"0\"] .number').textContent === 'HC1050'"
        )
        after = await board.page.evaluate(_LAYOUT)
        assert sorted(after["rows"]) == sorted(before["rows"])
        assert after["frame"] == before["frame"]


async def test_the_newest_number_can_be_read_from_ten_metres_and_the_page_does_not_grow(
    a_board: Any,
) -> None:
    async with a_board() as board:
        board.put_call("A000", 12)
        await board.until_numbers("A000")
        # 190 of 1080 pixels on a 55-inch television are 12 cm: 0.7 degrees at 10 m (EN 301 549).
        assert (await board.page.evaluate(_LAYOUT))["cap"] >= 190
        nodes = await board.page.evaluate("document.querySelectorAll('*').length")

        for n in range(1, 1_200):
            board.put_call(f"A{n % 1000:03d}", n % 40 + 1, over=True, attempt=n)
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
