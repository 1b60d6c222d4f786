"""Totals of the judged ways in and out of the queue, by who answers for them."""

from collections.abc import Iterable
from dataclasses import dataclass

from service_floor.queue.audit.ways import Ground, JudgedWay, Way


@dataclass(frozen=True, slots=True)
class WayTotals:
    """How often one officer let tickets in or took them out in one way at one counter. Without an officer `device` did.

    `reasons` counts those that needed a reason and have one, `unexplained` those that have none, `noted` what is by rule
    and worth a look: a priority that one officer gave and confirmed, or a reception's deed for a service that it does not
    take.
    """

    counter: str
    officer: str
    device: str
    way: Way
    count: int
    reasons: int
    unexplained: int
    noted: int


def way_totals(ways: Iterable[JudgedWay]) -> tuple[WayTotals, ...]:
    """One row for each counter, officer and way; what was done at no counter stands at the end."""
    order = {way: place for place, way in enumerate(Way)}
    sorted_rows: dict[tuple[bool, str, str, str, int], list[JudgedWay]] = {}
    for each in ways:
        device = "" if each.officer else each.device
        key = (not each.counter, each.counter, each.officer, device, order[each.way])
        sorted_rows.setdefault(key, []).append(each)
    return tuple(_totals(key[3], mine) for key, mine in sorted(sorted_rows.items()))


def _totals(device: str, mine: list[JudgedWay]) -> WayTotals:
    first = mine[0]
    return WayTotals(
        counter=first.counter,
        officer=first.officer,
        device=device,
        way=first.way,
        count=len(mine),
        reasons=sum(each.ground is Ground.REASON for each in mine),
        unexplained=sum(each.ground is Ground.UNEXPLAINED for each in mine),
        noted=sum(each.is_noted for each in mine),
    )
