"""Process life of the programs: logging to stderr, and the line by which a parent process learns that they are ready."""

import logging
import sys

from plumbing.log_brake import LogBrake


def log_to_stderr() -> None:
    """One line for each event, with its area; a service manager keeps them. Repeated lines are rate limited."""
    logging.basicConfig(
        level=logging.INFO, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr
    )
    for handler in logging.getLogger().handlers:
        handler.addFilter(LogBrake())
    # The websocket library logs each connection; the hub logs devices.
    logging.getLogger("websockets").setLevel(logging.WARNING)


def print_ready(text: str) -> None:
    """Print the line by which the parent process learns that the program is ready."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
