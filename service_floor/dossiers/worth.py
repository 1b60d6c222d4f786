"""Ranking of scanned texts by what they mean at one place, so that of several codes on one paper the useful one counts."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from service_floor.dossiers.scans import ScanKind, classify

USUAL_ORDER: Final = (
    ScanKind.DOSSIER,
    ScanKind.TICKET,
    ScanKind.TICKET_NUMBER,
    ScanKind.PROCEDURE,
    ScanKind.IDENTITY_CARD,
)
"""What desk and kiosk can use, the most useful first."""

# What has a sentence of its own and is of no use; the nearest to what was meant first.
_OF_NO_USE: Final = (
    ScanKind.PART,
    ScanKind.OTHER_CENTRE,
    ScanKind.RESULT,
    ScanKind.HEALTH_CARD,
    ScanKind.PAYMENT,
    ScanKind.VNEID,
    ScanKind.ENROLMENT,
    ScanKind.UNKNOWN,
)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a text is worth: the higher the `rank` the more, `is_best` where no kind ranks higher.

    Texts of one `meaning` are one code, such as a portal's address and the bar code with the same dossier code. What has
    a sentence and no use is alike by its kind.
    """

    rank: int
    meaning: str
    is_best: bool = False
    is_useful: bool = False


def appraise(
    text: str, own: Collection[str] = (), order: Sequence[ScanKind] = USUAL_ORDER
) -> Worth:
    """The worth of a text at a place that takes the kinds of `order`, in a centre whose dossiers begin with `own`."""
    scan = classify(text, own)
    ranked = (*order, *(kind for kind in _OF_NO_USE if kind not in order))
    if scan.kind not in ranked[:-1]:
        return Worth(0, f"{ScanKind.UNKNOWN} {text}")
    place = ranked.index(scan.kind)
    useful = scan.kind in order
    meaning = f"{scan.kind} {scan.code}" if useful else str(scan.kind)
    return Worth(len(ranked) - 1 - place, meaning, is_best=place == 0, is_useful=useful)


def appraisal(own: Collection[str]) -> Callable[[str], Worth]:
    """How desk and kiosk of a centre appraise what comes under their scanners."""
    return partial(appraise, own=tuple(own))


def most_useful(texts: Iterable[str], own: Collection[str] = ()) -> tuple[str, ...]:
    """Of the texts of one paper or file those of the highest kind, one for each meaning, in their order."""
    worths = {text: appraise(text, own) for text in texts}
    highest = max((worth.rank for worth in worths.values()), default=0)
    meanings: dict[str, str] = {}
    for text, worth in worths.items():
        if worth.rank == highest:
            meanings.setdefault(worth.meaning, text)
    return tuple(meanings.values())
