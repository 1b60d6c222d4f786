"""A short run of the attacks, all at once, on a hub that is a program of its own."""

import asyncio
from pathlib import Path

import pytest

from benchmarks.attacks.assaults import (
    Target,
    deaf,
    half_open,
    oversized,
    slow_bodies,
    slow_handshakes,
    slow_heads,
    wrong_tokens,
)
from benchmarks.attacks.bench import MOST_MORE_MIB, under
from benchmarks.hall import free_port, hub_running, write_hall

WRONG_TOKENS = 600
PATIENCE = 10.0


@pytest.mark.floor
async def test_a_kiosk_gives_numbers_while_the_hub_is_attacked(tmp_path: Path) -> None:
    port = free_port()
    target = Target(port, port + 1)
    async with hub_running(write_hall(tmp_path), tmp_path / "data", port) as hub:
        before = hub.memory_bytes()
        # Together fewer than one address may hold: the others are to be heard.
        slow = [
            asyncio.create_task(assault(target, 12))
            for assault in (slow_handshakes, slow_heads, slow_bodies, half_open)
        ]
        too_large = await under(hub, target, oversized, 3)
        never_read = await under(hub, target, deaf, 3)
        guessed = await under(hub, target, wrong_tokens, WRONG_TOKENS)
        for each in slow:
            each.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        assert (hub.memory_bytes() - before) / 2**20 < MOST_MORE_MIB
    assert (too_large.outcomes["1009"], too_large.outcomes["403"]) == (3, 3)
    assert never_read.outcomes == {"cut": 3}
    assert guessed.outcomes.total() == WRONG_TOKENS
    # The address is listened to all the same: a board that was there is away, and must be able to come back.
    assert guessed.outcomes["4401"] == WRONG_TOKENS
    for suffered in (too_large, never_read, guessed):
        assert suffered.more_mib < MOST_MORE_MIB
        assert max(suffered.waits) < PATIENCE
    log = (tmp_path / "data" / "hub.log").read_text("utf-8")
    assert "guess-" not in log
    assert "Traceback" not in log
