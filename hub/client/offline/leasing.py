"""Leases of numbers in advance: requests for what a kiosk lacks, and the return of what the hall's queue needs more."""

import logging
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from hub.client.link import Link, new_request_id
from hub.client.offline.lease_book import GrantedLease, LeaseBook
from hub.client.requests import Policy, Then
from hub.messages import Answer, FloorView
from service_floor.queue.commands import LeaseNumbers, ReturnNumbers

log = logging.getLogger("hub.client")

LEASE: Final = "lease-"
RETURN: Final = "return-"
MOST_RETURNED_AT_ONCE: Final = 16


class Leasing:
    """Keeps up to `most` numbers of each service leased, on the link's thread; `on_change` is called when that was tried."""

    def __init__(
        self, services: Iterable[str], most: int, book: LeaseBook, on_change: Callable[[], None]
    ) -> None:
        self._services = tuple(services)
        self._most = most
        self._book = book
        self._on_change = on_change
        self._asked: set[str] = set()
        self._refused: set[tuple[str, date, str | None]] = set()
        self._returned: set[tuple[str, date]] = set()

    def look_after(self, link: Link) -> None:
        """Ask for what is missing, and give back what others need more."""
        floor = link.mirror.floor
        if floor is None or floor.day is None:
            return
        try:
            self._book.forget_before(floor.day)
            if floor.ended:
                self._book.strike_out(floor.day)
            held = self._book.held(floor.day)
            for service in () if floor.ended else self._services:
                self._look_after_service(link, service, floor.day, held)
        except sqlite3.Error as problem:
            log.warning("the numbers held in advance cannot be looked after: %s", problem)
        self._on_change()

    def asked(self, link: Link, service: str) -> Then:
        """A lease of this service is on its way; returns the callback for its answer."""
        self._asked.add(service)
        return partial(self._take, link, service)

    def _look_after_service(
        self, link: Link, service: str, day: date, held: Mapping[str, int]
    ) -> None:
        view, has = link.mirror.services.get(service), held.get(service, 0)
        if view is not None and view.left_today == 0 and has:
            # The quota is used up: citizens in the hall come before those of an outage that may never happen.
            self._returned.add((service, day))
            self._give_back(link, service, day)
            return
        session = link.mirror.floor.session if link.mirror.floor else None
        settled = (service, day) in self._returned or (service, day, session) in self._refused
        if has < self._most and service not in self._asked and not settled:
            wanted = LeaseNumbers(service, self._most - has)
            then = self.asked(link, service)
            link.send(wanted, Policy.DURABLE, then, LEASE + new_request_id())

    def _give_back(self, link: Link, service: str, day: date) -> None:
        for lease, numbers in self._book.take_back(service, day).items():
            for start in range(0, len(numbers), MOST_RETURNED_AT_ONCE):
                some = tuple(numbers[start : start + MOST_RETURNED_AT_ONCE])
                returned = ReturnNumbers(lease, some)
                link.send(returned, Policy.DURABLE, log_refusal, RETURN + new_request_id())

    def _take(self, link: Link, service: str, answer: Answer) -> None:
        self._asked.discard(service)
        granted = _granted(answer) if answer.ok else None
        floor: FloorView | None = link.mirror.floor
        day = floor.day if floor else None
        enough = granted is not None and granted.day != day
        try:
            if granted is not None:
                self._book.keep(granted)
            if day and self._book.held(day).get(service, 0) >= self._most:
                enough = True
        except sqlite3.Error as problem:
            log.error("numbers held in advance cannot be kept: %s", problem)
        if floor and day and not enough:
            # The hub had no more to spare: it is not asked again before the next session.
            self._refused.add((service, day, floor.session))
        self._on_change()


def log_refusal(answer: Answer) -> None:
    """Callback that logs why the hub did not accept a command of the kiosk's own."""
    if answer.error is not None:
        log.error(
            "the hub did not take %s: %s %s", answer.req, answer.error.code, answer.error.data
        )


def _granted(answer: Answer) -> GrantedLease | None:
    result: dict[str, Any] = answer.result
    try:
        day = date.fromisoformat(result["day"])
        numbers = tuple(map(str, result["numbers"]))
        return GrantedLease(str(result["lease"]), str(result["service"]), day, numbers)
    except (KeyError, TypeError, ValueError):
        return None
