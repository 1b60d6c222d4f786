"""SIGTERM and SIGINT set the event, and only inside the block."""

import asyncio
import os
import signal

import pytest

from plumbing.stop_signals import STOP_SIGNALS, asked_to_stop


@pytest.mark.parametrize("number", STOP_SIGNALS)
async def test_a_stop_signal_sets_the_event(number) -> None:
    with asked_to_stop() as asked:
        assert not asked.is_set()
        os.kill(os.getpid(), number)
        async with asyncio.timeout(10):
            await asked.wait()
    assert signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}
