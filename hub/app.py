"""The hub as a program: composition root and life of the server process, from start to SIGTERM.

Order of events: `hub.running` opens the database, restores the floor and listens · the service manager and the
`on_ready` callback are notified · SIGTERM or SIGINT · accept nothing more, finish what was accepted, close the
connections of devices and browsers, checkpoint the write-ahead log.
"""

import asyncio
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from config.model import Installation
from hub.running import HubOptions, serve
from hub.watchdog import ServiceManager
from hub.web.pages import BoardPages
from hub.wire.encryption import Encryption
from hub.wire.listening import allow_many_sockets
from plumbing.stop_signals import asked_to_stop
from service_floor.queue.planning.plan import FloorPlan
from service_floor.wall_clock import ClockLimits


@dataclass(frozen=True, slots=True)
class HubProgram:
    """Made by the command; `run` is its whole life."""

    installation: Installation
    plan: FloorPlan
    options: HubOptions

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
        """Build the hub of this installation. A port that is left out is the configured one; 0 takes a free port."""
        hub = installation.hub
        options = HubOptions(
            data_dir=data_dir,
            host=hub.host,
            http_port=hub.http_port if http_port is None else http_port,
            floor_port=hub.floor_port if floor_port is None else floor_port,
            board=board,
            encryption=Encryption.of(hub.tls),
            clock_limits=ClockLimits(
                jump=timedelta(seconds=hub.clock_jump_seconds),
                pause=timedelta(days=hub.longest_pause_days),
            ),
        )
        return cls(installation, plan, options)

    def marked_in(self, folder: Path | None) -> "HubProgram":
        """The same hub with the mark of its last row in this folder; None is the default place."""
        return replace(self, options=replace(self.options, mark=folder))

    async def run(self, on_ready: Callable[[Mapping[str, str]], None]) -> None:
        """Serve until SIGTERM or SIGINT; the callback `on_ready` gets the addresses `http` and `floor`.

        Raises HubError if the hub cannot start, and the exception that broke the writer thread if it could not go on.
        """
        allow_many_sockets()
        with asked_to_stop() as asked:
            async with (
                serve(self.installation, self.plan, self.options) as hub,
                ServiceManager(os.environ).kept_informed(hub.is_alive),
            ):
                on_ready({"http": hub.http, "floor": hub.floor})
                ends: list[asyncio.Future[Any]] = [
                    asyncio.ensure_future(asked.wait()),
                    hub.finished,
                ]
                await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
                ends[0].cancel()
