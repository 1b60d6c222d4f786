"""Pictures of the hall board in its states, sizes and languages, taken from the real page in a real browser."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hub.messages import CallView, CounterView, FloorView, ServiceView, Topic
from plumbing.languages import HOUSE_LANGUAGE, LANGUAGES
from queue_display.boards.browser import Browser, DevTools, Frame, Screen
from queue_display.boards.literal_floor import LiteralFloor
from queue_display.boards.server import PageServer
from service_floor.zone import ZONE

MORNING = datetime(2026, 11, 20, 9, 41, 20, tzinfo=ZONE)
SIZES = ((1920, 1080), (1280, 720), (1080, 1920))
PAGE_SECONDS = 20.0

CENTRE = "Trung tâm Phục vụ hành chính công tỉnh Lam Sơn"
LONG_CENTRE = (
    "Trung tâm Phục vụ hành chính công phường Đồi Xanh – Hoa Ban – Nguyệt Ấn, tỉnh Lam Sơn"
)
SERVICES = {
    "certification": ("Chứng thực", "Certified copies"),
    "civil-status": ("Hộ tịch", "Civil status"),
    "land": ("Đất đai", "Land"),
    "business": ("Đăng ký kinh doanh", "Business registration"),
    "insurance": ("Bảo hiểm xã hội, bảo hiểm y tế", "Social and health insurance"),
}
LONG_SERVICES = {
    "land": (
        "Đăng ký đất đai, tài sản gắn liền với đất, cấp Giấy chứng nhận quyền sử dụng đất lần đầu",
        "First registration of land and property on it, certificates of land use rights",
    ),
    "social": (
        "Nội vụ – Người có công – Bảo trợ xã hội – Giảm nghèo – Trẻ em – Bình đẳng giới",
        "Home affairs, people of merit, social protection, poverty, children, equality",
    ),
    "culture": (
        "Văn hóa – Thể thao – Du lịch – Thông tin – Truyền thông – Xuất bản",
        "Culture, sports, tourism, information, communication, publishing",
    ),
    "environment": ("Nông nghiệp – Môi trường – Thủy lợi", "Agriculture and environment"),
    "ministry": (
        "Nghiệp vụ chuyên ngành Ấp ủ Ễnh ương Ộp oạp Ữ Ỳ",
        "Line test of stacked marks ẤỄỘỮẰỲ",
    ),
    "result": ("Trả kết quả", "Results"),
}


@dataclass(frozen=True, slots=True)
class Scene:
    """One state of the hall: what the floor holds, and what is done to the page before the picture."""

    name: str
    device: Mapping[str, Any]
    fill: Callable[[LiteralFloor], None]
    ready: str
    lose_minutes: int = 0


def render_gallery(out: Path) -> list[Path]:
    """Write one PNG for each scene, size and language into `out`, and return them."""
    out.mkdir(parents=True, exist_ok=True)
    return asyncio.run(_render(out))


async def _render(out: Path) -> list[Path]:
    pictures = []
    async with Browser("about:blank", Screen(Frame.HEADLESS)) as browser:
        for scene in SCENES:
            for language in LANGUAGES:
                pictures += await _picture(browser.page, scene, language, out)
    return pictures


async def _picture(page: DevTools, scene: Scene, language: str, out: Path) -> list[Path]:
    """One scene in one language, in all sizes: the same page is given another window."""
    taken = []
    async with LiteralFloor(MORNING) as floor:
        scene.fill(floor)
        device = {**scene.device, **_in_language(scene, language), "floor_url": floor.url}
        async with PageServer(device) as pages:
            await page.navigate(pages.url)
            await page.wait_until(scene.ready, PAGE_SECONDS)
            await page.wait_until("document.fonts.status === 'loaded'", PAGE_SECONDS)
            if scene.lose_minutes:
                # The page takes its age from its monotonic clock: let that many minutes pass at once.
                await page.evaluate(_PASS.format(ms=scene.lose_minutes * 60_000))
                await floor.stop()
                await page.wait_until(
                    "document.getElementById('board')?.dataset.connection === 'lost'", PAGE_SECONDS
                )
                await asyncio.sleep(0.8)
            for width, height in SIZES:
                await page.set_size(width, height)
                await page.evaluate(_TWO_FRAMES)
                file = out / f"board-{scene.name}-{language}-{width}x{height}.png"
                file.write_bytes(await page.screenshot())
                taken.append(file)
            await page.navigate("about:blank")
    return taken


_PASS = "(() => {{ const real = performance.now.bind(performance); performance.now = () => real() + {ms}; }})()"
_TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_LIVE = "document.getElementById('board')?.dataset.connection === 'live'"


def _in_language(scene: Scene, language: str) -> dict[str, Any]:
    """The parts of the description that depend on the language; another than the house's has the English names."""
    name = "name" if language == HOUSE_LANGUAGE else "foreign"
    services = [{"id": each["id"], "name": each[name]} for each in scene.device["services"]]
    return {"language": language, "languages": LANGUAGES, "services": services}


def _drawn(calls: int) -> str:
    return f"document.querySelectorAll('.call[data-slot]').length === {calls}"


def _device(counters: int, services: Mapping[str, tuple[str, str]], **more: Any) -> dict[str, Any]:
    names = [vi for vi, _ in services.values()]
    return {
        "device": "board-1",
        "token": "literal",
        "title": CENTRE,
        "authority": "UBND tỉnh Lam Sơn",
        "hotline": "1900 0000",
        "rows": 6,
        "counters": [
            {"id": f"c{number}", "number": number, "name": names[number % len(names)]}
            for number in range(1, counters + 1)
        ],
        "services": [{"id": key, "name": vi, "foreign": en} for key, (vi, en) in services.items()],
        **more,
    }


def call(number: str, counter: int, ago: float, **more: Any) -> CallView:
    """A literal call, `ago` seconds before the picture's morning."""
    given = {"attempt": 1, "priority": False, "over": False, **more}
    return CallView(
        call=f"call-{number}-{given['attempt']}",
        ticket=f"ticket-{number}",
        number=number,
        counter=f"c{counter}",
        called_at=MORNING - timedelta(seconds=ago),
        **given,
    )


def counter(
    number: int, state: str, ticket: str = "", ticket_state: str | None = None
) -> CounterView:
    """A literal counter."""
    return CounterView.model_validate(
        {
            "id": f"c{number}",
            "state": state,
            "officer": None,
            "ticket": f"ticket-{ticket}" if ticket else None,
            "number": ticket or None,
            "ticket_state": ticket_state,
            "pause_reason": "",
        }
    )


def _fill(
    floor: LiteralFloor,
    calls: list[CallView],
    counters: list[CounterView],
    waiting: Mapping[str, int],
) -> None:
    day = FloorView(day=MORNING.date(), ended=False, session="morning")
    floor.put(Topic.FLOOR, "day", day)
    floor.fill(Topic.CALLS, {one.call: one for one in calls})
    floor.fill(Topic.COUNTERS, {one.id: one for one in counters})
    for key, count in waiting.items():
        service = ServiceView(
            id=key, waiting=count, issued=count, left_today=None, open_counters=1, estimate_seconds=None
        )  # fmt: skip
        floor.put(Topic.SERVICES, key, service)


def _morning(floor: LiteralFloor) -> None:
    calls = [
        call("A025", 1, 2),
        call("B014", 3, 14, attempt=2),
        call("C007", 4, 45, priority=True),
        call("A024", 2, 130, over=True),
        call("D011", 5, 190, over=True),
        call("E030", 6, 260, over=True),
    ]
    counters = [
        counter(1, "open", "A025", "called"),
        counter(2, "open", "A024", "serving"),
        counter(3, "open", "B014", "called"),
        counter(4, "open", "C007", "called"),
        counter(5, "open", "D011", "serving"),
        counter(6, "paused"),
    ]
    waiting = {"certification": 7, "civil-status": 12, "land": 23, "business": 4, "insurance": 0}
    _fill(floor, calls, counters, waiting)


def _ten_at_once(floor: LiteralFloor) -> None:
    letters = "ABCDEABCDE"
    calls = [call(f"{letters[i]}{100 + i}", i + 1, 1.1 - i / 10) for i in range(10)]
    counters = [counter(i + 1, "open", one.number, "called") for i, one in enumerate(calls)]
    counters += [counter(11, "paused"), counter(12, "closed")]
    _fill(floor, calls, counters, dict.fromkeys(SERVICES, 31))


def _before_opening(floor: LiteralFloor) -> None:
    _fill(
        floor, [], [counter(number, "closed") for number in range(1, 7)], dict.fromkeys(SERVICES, 0)
    )


def _longest(floor: LiteralFloor) -> None:
    calls = [
        call("HC1042", 22, 30, attempt=3, priority=True),
        call("TN0999", 18, 60),
        call("KQ2000", 9, 120, over=True),
        call("HC1041", 21, 180, over=True),
        call("HC1040", 20, 240, over=True),
        call("HC1039", 19, 300, over=True),
    ]
    counters = [counter(number, "open") for number in range(1, 23)]
    counters[0:3] = [
        counter(1, "open", "HC0998", "serving"),
        counter(2, "paused"),
        counter(3, "closed"),
    ]
    counters[8] = counter(9, "open", "KQ2000", "serving")
    counters[21] = counter(22, "open", "HC1042", "called")
    _fill(floor, calls, counters, dict.fromkeys(LONG_SERVICES, 128))


SCENES = (
    Scene("morning", _device(6, SERVICES), _morning, _drawn(6)),
    Scene("ten-at-once", _device(12, SERVICES), _ten_at_once, _drawn(10)),
    Scene("before-opening", _device(6, SERVICES), _before_opening, _LIVE),
    Scene("lost", _device(6, SERVICES), _morning, _drawn(6), lose_minutes=2),
    Scene("longest-names", _device(22, LONG_SERVICES, title=LONG_CENTRE), _longest, _drawn(6)),
)
