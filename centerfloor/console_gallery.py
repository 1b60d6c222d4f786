"""Pictures of the console: its real pages in a real browser, from a hub of the example's hall with a morning in it."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect

from centerfloor.demo.hall import HALL_FILE, REGISTER_FILE
from config.loading import load
from config.model import Installation
from config.planning import floor_plan
from hub.messages import PROTOCOL
from hub.running import HubOptions, RunningHub, serve
from plumbing.languages import LANGUAGES
from queue_display.boards.browser import Browser, DevTools, Frame, Screen
from service_floor.zone import ZONE

SIZES: Final = ((1366, 768), (820, 1180))
"""An office computer, and a tablet held upright."""
SUPERVISOR, PIN = "thao", "570394"
NAMES: Final[Mapping[str, object]] = {
    "hub.officer_sign_in": "name",
    "hub.public_url": "http://127.0.0.1:8710",
    "centre.names.vi": "Trung tâm Phục vụ hành chính công phường Đồi Xanh – Hoa Ban – Nguyệt Ấn",
    "services[2].names.vi": "Đăng ký đất đai, tài sản gắn liền với đất, cấp Giấy chứng nhận lần đầu",
    "services[2].names.en": "First registration of land and of property on it",
    "counters[5].name": "Bảo hiểm xã hội, bảo hiểm y tế, bảo hiểm thất nghiệp",
}
"""Names as long as they are in some provinces."""
PAGES: Final[Mapping[str, str]] = {
    "overview": "overview",
    "counter": "floor/counter/c1",
    "end-day": "floor/end-day",
    "greeter": "greeter",
    "devices": "devices",
    "revoke": "devices/revoke/terminal-1",
    "officers": "officers",
    "pin": "officers/pin/an",
    "fairness": "fairness?only=all",
    "not-found": "nowhere",
}
SECONDS: Final = 20.0
_SIGN_IN: Final = "document.querySelector('#officer').value = '{officer}'; document.querySelector('#pin').value = '{pin}'; document.forms[0].requestSubmit()"
_LOOK_UP: Final = "document.querySelector('[data-scan]').value = '{code}'; document.querySelector('[data-scan]').form.requestSubmit()"


def render_gallery(out: Path) -> list[Path]:
    """One PNG for each page, language and size; each as long as the page is."""
    out.mkdir(parents=True, exist_ok=True)
    return asyncio.run(_render(out))


async def _render(out: Path) -> list[Path]:
    hall = load(HALL_FILE, NAMES)
    pictures: list[Path] = []
    with TemporaryDirectory(prefix="centerfloor-gallery-") as folder:
        plan = floor_plan(hall, datetime.now(ZONE).date())
        async with (
            serve(hall, plan, HubOptions(Path(folder))) as hub,
            _morning(hub, hall) as morning,
            Browser("about:blank", Screen(Frame.HEADLESS)) as browser,
        ):
            for language in LANGUAGES:
                pictures += await _pages(browser.page, hub.http, language, morning, out)
            await _end_day(browser.page, hub.http)
            pictures += await _picture(browser.page, out, f"overview-ended-{LANGUAGES[-1]}")
    return pictures


async def _pages(
    page: DevTools, pages: str, language: str, morning: "GalleryMorning", out: Path
) -> list[Path]:
    await page.call("Network.clearBrowserCookies")
    await _open(page, f"{pages}/console/sign-in?lang={language}")
    pictures = await _picture(page, out, f"sign-in-{language}")
    await _leave_by(page, _SIGN_IN.format(officer=SUPERVISOR, pin=PIN))
    for name, address in PAGES.items():
        await _open(page, f"{pages}/console/{address}")
        # A report that is still being made reloads by itself.
        await page.wait_until("!document.querySelector('meta[http-equiv=refresh]')", SECONDS)
        pictures += await _picture(page, out, f"{name}-{language}")
    for name, code in (("ticket", morning.missed), ("dossier", morning.dossier)):
        await _open(page, f"{pages}/console/greeter")
        await _leave_by(page, _LOOK_UP.format(code=code))
        pictures += await _picture(page, out, f"greeter-{name}-{language}")
    return pictures


async def _end_day(page: DevTools, pages: str) -> None:
    await _open(page, f"{pages}/console/floor/end-day")
    sure = "document.querySelector('[name=sure]').checked = true"
    await _leave_by(page, f"{sure}; document.querySelector('[data-once]').requestSubmit()")


async def _picture(page: DevTools, out: Path, name: str) -> list[Path]:
    pictures = []
    for width, height in SIZES:
        await page.set_size(width, height)
        whole = int(await page.evaluate("document.documentElement.scrollHeight"))
        await page.set_size(width, max(height, whole))
        pictures.append(out / f"console-{name}-{width}.png")
        pictures[-1].write_bytes(await page.screenshot())
    return pictures


async def _open(page: DevTools, url: str) -> None:
    await page.evaluate("window.left = true")
    await page.navigate(url)
    await page.wait_until("!window.left && document.readyState === 'complete'", SECONDS)


async def _leave_by(page: DevTools, script: str) -> None:
    await page.evaluate(f"window.left = true; {script}")
    await page.wait_until("!window.left && document.readyState === 'complete'", SECONDS)


class GalleryMorning:
    """What happens before the pictures: `missed` is a ticket of a citizen who did not come."""

    def __init__(self, kiosk: "Device", desks: Mapping[str, "Device"]) -> None:
        self.kiosk, self.desks = kiosk, desks
        self.missed = ""
        self.dossier = REGISTER_FILE.read_text("utf-8-sig").splitlines()[1].split(",")[0]

    async def play(self) -> None:
        """Printers that need attention; tickets, calls in and out of order, a no-show, one that is being served."""
        await self.kiosk.attach("paper_low", seconds=840)
        await self.desks["terminal-4"].attach("cover_open", seconds=95)
        for number, service in enumerate(("certification", "civil-status", "land") * 3):
            priority = "elderly" if number % 4 == 3 else None
            await self.kiosk.order("issue_ticket", services=[service], priority=priority)
        for terminal, officer in (("terminal-1", "an"), ("terminal-4", "dung")):
            desk, counter = self.desks[terminal], f"c{terminal[-1]}"
            await desk.order("sign_in", counter=counter, officer=officer)
            await desk.order("open_counter", counter=counter)
            called = await desk.order("call_next", counter=counter)
            self.missed = called["ticket"]["number"]
            await desk.order("mark_no_show", counter=counter)
            await desk.order("call_next", counter=counter)
            await desk.order("start_serving", counter=counter)


class Device:
    """A device of the hall on a bare websocket."""

    def __init__(self, wire: ClientConnection) -> None:
        self._wire = wire
        self._sent = 0

    async def attach(self, condition: str, seconds: int) -> None:
        """Report the state of its printer."""
        printer = {"id": "printer", "conditions": [condition], "seconds": seconds}
        await self._wire.send(json.dumps({"t": "attached", "devices": [printer]}))

    async def order(self, kind: str, **what: Any) -> dict[str, Any]:
        """Send a command; its result, empty if the floor refuses."""
        self._sent += 1
        req = f"gallery{id(self)}x{self._sent}"
        await self._wire.send(json.dumps({"t": "cmd", "req": req, "cmd": {"kind": kind, **what}}))
        async for text in self._wire:
            answer = json.loads(text)
            if answer.get("req") == req:
                return dict(answer.get("result") or {})
        return {}


@asynccontextmanager
async def _morning(hub: RunningHub, hall: Installation) -> AsyncIterator[GalleryMorning]:
    accounts, now = hub.authentication.accounts, datetime.now(ZONE)
    for officer in (SUPERVISOR, "an"):
        await asyncio.to_thread(accounts.set_pin, officer, PIN, "command:root", now)
    await asyncio.to_thread(hub.register.import_file, REGISTER_FILE)
    async with (
        connect(hub.floor, compression=None, proxy=None) as stranger,
        _device(hub, hall, "kiosk-1") as kiosk,
        _device(hub, hall, "terminal-1") as first,
        _device(hub, hall, "terminal-4") as fourth,
    ):
        await stranger.send(json.dumps({"t": "enrol", "kind": "board", "proto": [PROTOCOL]}))
        morning = GalleryMorning(kiosk, {"terminal-1": first, "terminal-4": fourth})
        await morning.play()
        yield morning


@asynccontextmanager
async def _device(hub: RunningHub, hall: Installation, name: str) -> AsyncIterator[Device]:
    known = {each.name: each for each in (*hall.kiosks, *hall.counter_terminals)}
    token = known[name].token
    hello = {"t": "hello", "device": name, "token": token.get_secret_value() if token else ""}
    async with connect(hub.floor, compression=None, proxy=None) as wire:
        await wire.send(json.dumps(hello | {"topics": ["floor"]}))
        yield Device(wire)
