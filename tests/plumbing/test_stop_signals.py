"""SIGTERM and SIGINT set the event, and only inside the block."""

import asyncio
import os
import signal

import pytest

from plumbing.stop_signals import STOP_SIGNALS, asked_to_stop, stop_event


@pytest.mark.parametrize("number", STOP_SIGNALS)
async def test_a_stop_signal_sets_the_event(number) -> None:
    with asked_to_stop() as asked:
        assert not asked.is_set()
        os.kill(os.getpid(), number)
        async with asyncio.timeout(10):
            await asked.wait()
    assert signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}


@pytest.fixture
def handlers():
    before = {number: signal.getsignal(number) for number in STOP_SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", STOP_SIGNALS)
def test_a_stop_signal_sets_the_event_of_a_program_that_polls(handlers, number) -> None:
    stop = stop_event()
    os.kill(os.getpid(), number)
    assert stop.wait(10)
