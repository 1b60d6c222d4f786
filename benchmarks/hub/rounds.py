"""Closed-loop load on a hub: each client sends its next command as soon as it has the answer to the one before."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from benchmarks.devices import Device, Kiosk, Terminal
from benchmarks.figures import percentile
from benchmarks.hall import SERVICES, HubProcess
from benchmarks.hub.witness import Witness
from benchmarks.place import BenchFailedError


@dataclass(frozen=True, slots=True)
class Round:
    """What one round measured; `cpu_us` is the hub's processor time for a command, which other programs disturb least."""

    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_us: float


def middle(rounds: Sequence[Round]) -> Round:
    """The median of each value over the rounds."""
    return Round(
        median(each.per_second for each in rounds),
        median(each.p50_ms for each in rounds),
        median(each.p99_ms for each in rounds),
        median(each.cpu_us for each in rounds),
    )


async def measured(hub: HubProcess, devices: Sequence[Device], load: Awaitable[None]) -> Round:
    """Let the devices carry out their load."""
    for device in devices:
        device.latencies.clear()
    cpu, began = hub.cpu_seconds(), perf_counter()
    await load
    took, cpu = perf_counter() - began, hub.cpu_seconds() - cpu
    times = [seconds * 1e3 for device in devices for seconds in device.latencies]
    many = len(times)
    return Round(many / took, percentile(times, 0.5), percentile(times, 0.99), cpu / many * 1e6)


async def issue_for(kiosks: Sequence[Kiosk], seconds: float, witness: Witness) -> None:
    """All kiosks issue for so long."""
    end = perf_counter() + seconds

    async def issuing(kiosk: Kiosk, service: str) -> None:
        while perf_counter() < end:
            witness.tickets.append(await kiosk.issue(service))

    async with asyncio.TaskGroup() as tasks:
        for n, kiosk in enumerate(kiosks):
            tasks.create_task(issuing(kiosk, SERVICES[n % len(SERVICES)]))


async def call_for(terminals: Sequence[Terminal], seconds: float, witness: Witness) -> None:
    """All counters call and serve for this many seconds; the queue must not run empty."""
    end = perf_counter() + seconds

    async def calling(terminal: Terminal) -> None:
        while perf_counter() < end:
            call = await terminal.call_next()
            if call is None:
                raise BenchFailedError("nobody waits any more")
            witness.calls.append(call)
            await terminal.serve()

    async with asyncio.TaskGroup() as tasks:
        for terminal in terminals:
            tasks.create_task(calling(terminal))


async def issue(kiosks: Sequence[Kiosk], count: int, witness: Witness) -> None:
    """Issue so many tickets, shared out evenly."""

    async def issuing(kiosk: Kiosk, tickets: int, service: str) -> None:
        for _ in range(tickets):
            witness.tickets.append(await kiosk.issue(service))

    async with asyncio.TaskGroup() as tasks:
        for n, kiosk in enumerate(kiosks):
            share = (count + n) // len(kiosks)
            tasks.create_task(issuing(kiosk, share, SERVICES[n % len(SERVICES)]))


async def issue_and_call(
    kiosks: Sequence[Kiosk], terminals: Sequence[Terminal], count: int, witness: Witness
) -> None:
    """Issue so many tickets while the counters call and serve as many."""
    left = count

    async def calling(terminal: Terminal) -> None:
        nonlocal left
        while left > 0:
            left -= 1
            call = await terminal.call_next()
            if call is None:
                left += 1
                continue
            witness.calls.append(call)
            await terminal.serve()

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(issue(kiosks, count, witness))
        for terminal in terminals:
            tasks.create_task(calling(terminal))


async def call_and_serve(terminal: Terminal, count: int, witness: Witness) -> None:
    """One counter calls and serves so many, one after another."""
    for _ in range(count):
        call = await terminal.call_next()
        if call is not None:
            witness.calls.append(call)
            await terminal.serve()
