"""Stub of the hub's websocket with literal values, for the gallery and for the tests of the page.
Not simulated: commands, roles, tokens, journal, rules."""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed

from hub.messages import Delta, HubFrame, Put, Resumed, Snapshot, Tick, Topic
from hub.messages.views import View
from service_floor.zone import ZONE

State = dict[Topic, dict[str, dict[str, Any]]]


class LiteralFloor:
    """A websocket server on a free loopback port: hello → snapshot or resumed, then what is put."""

    def __init__(self, now: datetime | None = None, epoch: str = "literal") -> None:
        self.epoch = epoch
        self.seq = 0
        self.state: State = {topic: {} for topic in Topic}
        self.heard: list[dict[str, Any]] = []
        self.arrived = asyncio.Event()
        self._shift = now - datetime.now(ZONE) if now is not None else timedelta(0)
        self._deltas: list[Delta] = []
        self._clients: set[ServerConnection] = set()
        self._server: Server | None = None

    async def __aenter__(self) -> "LiteralFloor":
        self._server = await serve(self._converse, "127.0.0.1", 0, compression=None)
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """Where clients connect."""
        assert self._server is not None
        host, port = next(iter(self._server.sockets)).getsockname()[:2]
        return f"ws://{host}:{port}/"

    def now(self) -> datetime:
        """The time of this floor."""
        return datetime.now(ZONE) + self._shift

    def put(self, topic: Topic, key: str, value: View | None, *, silent: bool = False) -> None:
        """Change one key and broadcast it; `silent` loses the delta on the way."""
        shown = None if value is None else value.model_dump(mode="json")
        if shown is None:
            self.state[topic].pop(key, None)
        else:
            self.state[topic][key] = shown
        self.seq += 1
        delta = Delta(
            epoch=self.epoch, seq=self.seq, puts=(Put(topic=topic, key=key, value=shown),)
        )
        self._deltas.append(delta)
        if not silent:
            self.send(delta)

    def fill(self, topic: Topic, values: Mapping[str, View]) -> None:
        """Put literal values before the first client connects."""
        for key, value in values.items():
            self.put(topic, key, value)

    def tick(self) -> None:
        """Broadcast the time and the position."""
        self.send(Tick(epoch=self.epoch, seq=self.seq, now=self.now()))

    def send(self, frame: HubFrame) -> None:
        """Send one frame to every client after its hello."""
        broadcast(self._clients, frame.model_dump_json())

    async def stop(self) -> None:
        """Stop to listen and to answer. Idempotent."""
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    def drop_clients(self) -> None:
        """Break every connection without a farewell."""
        for client in tuple(self._clients):
            client.transport.abort()

    async def _converse(self, client: ServerConnection) -> None:
        try:
            async for text in client:
                frame = json.loads(text)
                self.heard.append(frame)
                if frame["t"] == "hello":
                    await self._welcome(client, frame)
                self.arrived.set()
        except ConnectionClosed:
            pass  # a page that was closed or torn away: it comes back with a hello
        finally:
            self._clients.discard(client)

    async def _welcome(self, client: ServerConnection, hello: dict[str, Any]) -> None:
        known = hello.get("epoch") == self.epoch and hello.get("seq", -1) <= self.seq
        if not known:
            frame: HubFrame = Snapshot(
                epoch=self.epoch, seq=self.seq, now=self.now(), state=self.state
            )
            await client.send(frame.model_dump_json())
        else:
            resumed = Resumed(epoch=self.epoch, seq=self.seq, now=self.now())
            await client.send(resumed.model_dump_json())
            for delta in self._deltas:
                if delta.seq > hello["seq"]:
                    await client.send(delta.model_dump_json())
        self._clients.add(client)
