"""How the programs live and end: SIGTERM and SIGINT end each of them cleanly, whatever loop it has."""

import logging
import signal
import sys
import threading
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)


def log_to_stderr() -> None:
    """One line for each event, with its area; what a service manager keeps."""
    logging.basicConfig(
        level=logging.INFO, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr
    )
    # The websocket library tells of each connection; the hub tells of devices.
    logging.getLogger("websockets").setLevel(logging.WARNING)


def stop_event() -> threading.Event:
    """An event that the signals set, for a program that polls."""
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in SIGNALS:
        signal.signal(number, end)
    return stop


def say_ready(text: str) -> None:
    """Tell whoever started the program, on a line of its own, that it is there."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
