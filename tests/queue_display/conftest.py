"""A real hub with the demonstration's hall, and hands that press its buttons over real websockets."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from config.loading import load
from config.model import Installation
from config.planning import floor_plan
from hub.client import Change, Link, Outbox, Policy, address_of
from hub.messages import Answer
from hub.running import HubOptions, RunningHub, serve
from hub.wire.encryption import Encryption
from service_floor.queue.commands import (
    CallNext,
    Command,
    IssueTicket,
    OpenCounter,
    SignIn,
)

DEMO = Path(str(resources.files("config"))) / "examples" / "demo.toml"
NO_PIN = {"hub.officer_sign_in": "name"}


class _Deaf:
    """A listener that follows nothing."""

    def changed(self, change: Change) -> None:
        """Not followed."""

    def connected(self, up: bool) -> None:
        """Not followed."""


@dataclass
class Hall:
    """A running hub, its configuration with the real port, and devices that give commands."""

    hub: RunningHub
    installation: Installation
    folder: Path
    links: contextlib.AsyncExitStack
    hands: dict[str, Link]

    async def order(self, device: str, command: Command) -> Answer:
        """Have a device give a command; it must be carried out."""
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        (await self._hand(device)).send(command, Policy.DURABLE, answered.set_result)
        answer = await asyncio.wait_for(answered, 10)
        assert answer.ok, answer.error
        return answer

    async def call(self, service: str, terminal: str = "terminal-1") -> str:
        """A citizen takes a ticket and is called; the ticket's number."""
        counter = terminal.replace("terminal-", "c")
        await self.order("kiosk-1", IssueTicket((service,)))
        answer = await self.order(terminal, CallNext(counter))
        number = answer.result["ticket"]["number"]
        assert isinstance(number, str)
        return number

    async def open(self, terminal: str, officer: str) -> None:
        """An officer sits down and opens the counter."""
        counter = terminal.replace("terminal-", "c")
        await self.order(terminal, SignIn(counter, officer))
        await self.order(terminal, OpenCounter(counter))

    async def _hand(self, device: str) -> Link:
        if device not in self.hands:
            configured = (*self.installation.kiosks, *self.installation.counter_terminals)
            (settings,) = [each for each in configured if each.name == device]
            token = settings.token.get_secret_value()
            outbox = Outbox(self.folder / f"{device}.outbox")
            self.links.callback(outbox.close)
            link = Link(address_of(self.installation, device, token), (), outbox, _Deaf())
            task = asyncio.create_task(link.run())
            self.links.push_async_callback(_end, task)
            self.hands[device] = link
        return self.hands[device]


async def _end(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


Opener = Callable[..., "contextlib.AbstractAsyncContextManager[Hall]"]


@pytest.fixture
def open_hall(tmp_path: Path) -> Opener:
    """Opens the demonstration's hall on free ports; `overrides` are places of the configuration."""

    @contextlib.asynccontextmanager
    async def opened(overrides: Mapping[str, object] | None = None) -> AsyncIterator[Hall]:
        plain = load(DEMO, {**NO_PIN, **(overrides or {})})
        plan = floor_plan(plain, date.today())
        encryption = Encryption.of(plain.hub.tls)
        options = HubOptions(tmp_path / "hub", encryption=encryption)
        async with (
            serve(plain, plan, options) as hub,
            contextlib.AsyncExitStack() as links,
        ):
            port = int(hub.floor.rsplit(":", 1)[1])
            installation = load(DEMO, {**NO_PIN, "hub.floor_port": port, **(overrides or {})})
            yield Hall(hub, installation, tmp_path, links, {})

    return opened


@pytest.fixture
def eventually() -> Callable[..., Awaitable[None]]:
    """Waits until a condition holds, and fails where it does not in time."""

    async def wait(condition: Callable[[], bool], seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "it did not come to pass in time"
            await asyncio.sleep(0.02)

    return wait
