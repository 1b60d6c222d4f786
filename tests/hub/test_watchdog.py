"""What the service manager hears, over a real datagram socket."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.watchdog import ServiceManager

DEADLINE = 5.0


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)
        yield listening


async def heard(manager: socket.socket) -> str:
    async with asyncio.timeout(DEADLINE):
        return (await asyncio.get_running_loop().sock_recv(manager, 100)).decode()


async def test_it_is_told_of_readiness_of_life_and_of_the_end(manager) -> None:
    told = ServiceManager({"NOTIFY_SOCKET": manager.getsockname(), "WATCHDOG_USEC": "20000"})
    async with told.kept_informed(lambda seconds: seconds == 0.02):
        assert [await heard(manager) for _ in range(3)] == ["READY=1", "WATCHDOG=1", "WATCHDOG=1"]
    while (last := manager.recv(100)) != b"STOPPING=1":
        assert last == b"WATCHDOG=1"


@pytest.mark.parametrize("sign", ["", "@"])
async def test_a_sign_at_the_beginning_alone_means_the_abstract_namespace(
    tmp_path: Path, sign: str
) -> None:
    folder = tmp_path / "user@1000"
    folder.mkdir()
    place = f"{folder}/notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0{place}" if sign else place)
        listening.setblocking(False)
        ServiceManager({"NOTIFY_SOCKET": sign + place}).notify("READY=1")
        assert await heard(listening) == "READY=1"


async def test_a_hub_that_does_not_work_gives_no_sign(manager) -> None:
    asked = asyncio.Event()

    def works(_: float) -> bool:
        asked.set()
        return False

    told = ServiceManager({"NOTIFY_SOCKET": manager.getsockname(), "WATCHDOG_USEC": "2000"})
    async with told.kept_informed(works):
        assert await heard(manager) == "READY=1"
        await asyncio.wait_for(asked.wait(), DEADLINE)
    assert await heard(manager) == "STOPPING=1"


async def test_without_a_watchdog_only_readiness_is_told(manager) -> None:
    told = ServiceManager({"NOTIFY_SOCKET": manager.getsockname()})
    async with told.kept_informed(lambda _: True):
        assert await heard(manager) == "READY=1"
    assert await heard(manager) == "STOPPING=1"


async def test_without_a_manager_or_with_one_that_has_gone_the_hub_goes_on(tmp_path: Path) -> None:
    for environment in ({}, {"NOTIFY_SOCKET": str(tmp_path / "gone")}):
        async with ServiceManager(environment).kept_informed(lambda _: True):
            pass


async def test_a_running_hub_works_and_its_writer_is_asked(hub) -> None:
    assert hub.is_alive(DEADLINE)
    assert not hub.is_alive(0)
