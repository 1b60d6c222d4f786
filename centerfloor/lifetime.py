"""Process life of the programs: signal handlers for SIGTERM and SIGINT, logging to stderr, and the ready line."""

import logging
import signal
import sys
import threading
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)


def log_to_stderr() -> None:
    """One line for each event, with its area; a service manager keeps them."""
    logging.basicConfig(
        level=logging.INFO, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr
    )
    # The websocket library logs each connection; the hub logs devices.
    logging.getLogger("websockets").setLevel(logging.WARNING)


def stop_event() -> threading.Event:
    """An event that the signal handlers set, for a program that polls."""
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in SIGNALS:
        signal.signal(number, end)
    return stop


def print_ready(text: str) -> None:
    """Print the line by which the parent process learns that the program is ready."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
