"""The hub as a program: puts it together, says where it listens, and serves until it is asked to stop.

Order of events: `hub.running` opens, restores and listens · the service manager and `on_ready` hear of it · SIGTERM or SIGINT ·
take nothing more, finish what was taken, say goodbye to devices and browsers, fold the write-ahead log away.
"""

import asyncio
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.model import Installation
from hub.running import Surroundings, serve
from hub.watchdog import ServiceManager
from hub.web.pages import BoardPages
from hub.wire.encryption import Encryption
from hub.wire.listening import allow_many_sockets
from plumbing.stop_signals import asked_to_stop
from service_floor.queue.planning.plan import FloorPlan


@dataclass(frozen=True, slots=True)
class HubProgram:
    """Made by the command; `run` is its whole life."""

    installation: Installation
    plan: FloorPlan
    surroundings: Surroundings

    @classmethod
    def compose(
        cls,
        installation: Installation,
        plan: FloorPlan,
        data_dir: Path,
        http_port: int | None = None,
        floor_port: int | None = None,
        board: BoardPages | None = None,
    ) -> "HubProgram":
        """A hub of this installation. A port left out is the configured one; 0 takes a free one."""
        hub = installation.hub
        surroundings = Surroundings(
            data_dir=data_dir,
            host=hub.host,
            http_port=hub.http_port if http_port is None else http_port,
            floor_port=hub.floor_port if floor_port is None else floor_port,
            board=board,
            encryption=Encryption.of(hub.tls),
        )
        return cls(installation, plan, surroundings)

    async def run(self, on_ready: Callable[[Mapping[str, str]], None]) -> None:
        """Serve until SIGTERM or SIGINT; `on_ready` gets the addresses `http` and `floor`.

        Raises HubError where it cannot start, and whatever broke the writer where it could not go on.
        """
        allow_many_sockets()
        with asked_to_stop() as asked:
            async with (
                serve(self.installation, self.plan, self.surroundings) as hub,
                ServiceManager(os.environ).informed(hub.works),
            ):
                on_ready({"http": hub.http, "floor": hub.floor})
                ends: list[asyncio.Future[Any]] = [
                    asyncio.ensure_future(asked.wait()),
                    hub.finished,
                ]
                await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
                ends[0].cancel()
