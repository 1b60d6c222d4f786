"""A repeated line does not fill the disk, and nothing is silently left out."""

import logging

import pytest

from plumbing import log_brake
from plumbing.limits import LOG_LINES_A_MINUTE, LOG_NOTES_A_MINUTE, LOG_TRACEBACKS_A_MINUTE
from plumbing.log_brake import LogBrake


@pytest.fixture
def now() -> list[float]:
    return [0.0]


@pytest.fixture
def lines(now):
    """What a log keeps behind the brake, as it is written."""
    kept: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(self.format(record))

    handler = Kept()
    handler.addFilter(LogBrake(lambda: now[0]))
    logger = logging.getLogger("braked")
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    logger.addHandler(handler)
    yield kept
    logger.removeHandler(handler)


log = logging.getLogger("braked")


def test_lines_of_one_kind_are_limited_and_the_others_come(lines, now) -> None:
    for n in range(1_000):
        log.warning("%s knocks, for the %d. time", f"stranger-{n}", n)
    log.error("the disk is full")
    assert len(lines) == LOG_LINES_A_MINUTE + 1
    now[0] = 60.0
    log.warning("%s knocks, for the %d. time", "eve", 1)
    left_out = 1_000 - LOG_LINES_A_MINUTE
    assert lines[-1] == f"eve knocks, for the 1. time ({left_out} more like it were left out)"
    log.warning("%s knocks, for the %d. time", "eve", 2)
    assert lines[-1] == "eve knocks, for the 2. time"


def test_notes_of_a_busy_morning_all_come(lines) -> None:
    for n in range(LOG_NOTES_A_MINUTE + 5):
        log.info("%s is here", n)
    assert len(lines) == LOG_NOTES_A_MINUTE


def test_tracebacks_are_fewer_than_lines(lines) -> None:
    for _ in range(10):
        try:
            raise OSError(24, "Too many open files")
        except OSError:
            log.exception("accept")
    assert sum("Traceback" in line for line in lines) == LOG_TRACEBACKS_A_MINUTE
    assert lines[-1] == "accept: OSError(24, 'Too many open files')"


def test_addresses_and_numbers_in_a_text_make_no_new_kind(lines) -> None:
    for n in range(100):
        log.error("task 0x7f%02x on socket %d failed" % (n, n))  # noqa: UP031, G002 - as asyncio does
    assert len(lines) == LOG_LINES_A_MINUTE


def test_kinds_are_forgotten_by_age(lines, monkeypatch) -> None:
    monkeypatch.setattr(log_brake, "_MOST_KINDS", 2)
    for text in ("a", "b", "c"):
        for _ in range(LOG_LINES_A_MINUTE):
            log.warning(text)
    log.warning("a")
    assert len(lines) == 3 * LOG_LINES_A_MINUTE + 1
