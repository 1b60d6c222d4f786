"""The hall with people of the console in it, whose names and reasons would be markup where nobody escapes them."""

import re
import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx
import pytest

from config.loading import load
from config.planning import floor_plan
from hub.running import HubOptions, RunningHub, serve

PIN = "135790"
NASTY = "<script>alert('x')</script> & \"Ỷ\""
STAFF = f"""
[reasons]
cancel = [{{ id = "left", name = "Bỏ về <b>&</b>", name_en = "Left <b>&</b>" }}]
out_of_order = [{{ id = "frail", name = "Yếu <i>", name_en = "Frail <i>" }}]

[[officers]]
id = "greeter"
name = "Nguyễn Thị Hoa"
role = "greeter"

[[officers]]
id = "technician"
name = "Đặng Văn Ẩn"
role = "technician"

[[officers]]
id = "newcomer"
name = "Vũ Thị Mới"
role = "greeter"

[[officers]]
id = "supervisor"
name = '''{NASTY}'''
role = "supervisor"
"""


@dataclass
class Browser:
    """What a browser does with the console: cookies, the tokens of forms, and where a form came from."""

    hub: RunningHub
    client: httpx.AsyncClient

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(f"/console/{path}", follow_redirects=True)

    async def send(self, path: str, *, on: str | None = None, **fields: str) -> httpx.Response:
        """Send a form of a page, with the token that stands on it."""
        page = await self.get(on or path.split("/")[0])
        token = re.search(r'name="form_token" value="([^"]+)"', page.text)
        req = re.search(r'name="req" value="(\w+)"', page.text)
        own = {"form_token": token[1] if token else "", "req": req[1] if req else ""}
        return await self.post(path, **(own | fields))

    async def post(self, path: str, **fields: str) -> httpx.Response:
        headers = {"Origin": self.hub.http}
        return await self.client.post(
            f"/console/{path}", data=fields, headers=headers, follow_redirects=True
        )

    async def sign_in(
        self, officer: str, pin: str = PIN, lang: str = "en", **more: str
    ) -> httpx.Response:
        return await self.post("sign-in", officer=officer, pin=pin, lang=lang, **more)


@pytest.fixture(scope="session")
def console_hall(tmp_path_factory):
    text = (Path(__file__).parents[2] / "hall.toml").read_text("utf-8")
    file = tmp_path_factory.mktemp("console") / "hall.toml"
    file.write_text(text + STAFF, "utf-8")
    return load(file)


@pytest.fixture(autouse=True)
def cheap_pins(quick_pins) -> None:
    """Whatever signs in here pays little for it."""


@pytest.fixture
async def hub(console_hall, clock, tmp_path, empty_database):
    (tmp_path / "data").mkdir()
    shutil.copy(empty_database, tmp_path / "data")
    plan = floor_plan(console_hall, date(2026, 11, 20))
    async with serve(console_hall, plan, HubOptions(tmp_path / "data"), clock) as running:
        for officer in ("greeter", "technician", "supervisor", "an"):
            running.authentication.accounts.set_pin(officer, PIN, "test", clock())
        yield running


@pytest.fixture
async def visitor(hub):
    """Somebody at a browser who has not signed in."""
    # It is plain HTTP: to read the certificates of all authorities would take longer than most tests.
    async with httpx.AsyncClient(
        base_url=hub.http, trust_env=False, verify=False, timeout=60
    ) as client:
        yield Browser(hub, client)


@pytest.fixture
async def stranger(hub):
    """Somebody at another address whose browser keeps nothing."""
    way = httpx.AsyncHTTPTransport(local_address="127.0.0.2", verify=False)
    async with httpx.AsyncClient(
        base_url=hub.http, trust_env=False, timeout=60, transport=way, verify=False
    ) as client:
        yield Browser(hub, client)


@pytest.fixture
async def enter(visitor):
    """Signs somebody in."""

    async def entered(officer, lang="en"):
        answer = await visitor.sign_in(officer, lang=lang)
        assert answer.status_code == 200
        assert "/console/sign-in" not in str(answer.url)
        return visitor

    return entered


@pytest.fixture
def browser_on():
    """Opens a browser on a hub that a test has started by itself."""

    @asynccontextmanager
    async def opened(hub):
        async with httpx.AsyncClient(
            base_url=hub.http, trust_env=False, verify=False, timeout=60
        ) as client:
            yield Browser(hub, client)

    return opened
