"""A procedure as it was published. What the source leaves open stays unknown; nothing is guessed."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from service_floor.calendar import LimitUnit

_NATIONAL: Final = 8
_INTERNAL: Final = ("5.", "6.")
CODE: Final = re.compile(r"\d\.\d{6}(?:\.[0-9A-Z]+)*")


class Level(StrEnum):
    """Which level of government handles a procedure. Districts ended on 1 July 2025 and stand for old lists."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Limit:
    """How long the agency may take. `text` is the wording of the source where amount and unit do not hold all of it."""

    amount: float | None = None
    unit: LimitUnit = LimitUnit.UNKNOWN
    text: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to bring. `group` names the case in which it is needed, `form` the file of the blank form."""

    name: str
    originals: int
    copies: int
    form: str = ""
    group: str = ""

    @property
    def is_remark(self) -> bool:
        """Whether the line is an explanation rather than a paper."""
        return self.originals == 0 and self.copies == 0


@dataclass(frozen=True, slots=True)
class Procedure:
    """One entry of the catalogue. An empty text was not published.

    `fee` is in đồng; None is unknown, also where the source only calls it free of charge: that word often stands
    for an amount set elsewhere. `fee_note` is then the wording of the source. `decision` and `published` name the publication.
    """

    code: str
    name: str
    field: str
    levels: tuple[Level, ...]
    agency: str = ""
    limit: Limit = Limit()
    fee: int | None = None
    fee_note: str = ""
    papers: tuple[Paper, ...] = ()
    results: tuple[str, ...] = ()
    decision: str = ""
    published: str = ""

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases that ask for different papers, in the order of the source."""
        return tuple(dict.fromkeys(paper.group for paper in self.papers if paper.group))

    @property
    def is_internal(self) -> bool:
        """Whether agencies use it among themselves: such codes begin with 5. or 6."""
        return self.code.startswith(_INTERNAL)


def national_code(code: str) -> str:
    """The part of a code that all provinces share: 1.004222 of 1.004222.000.00.00.H56."""
    return code.strip()[:_NATIONAL]


def same_procedure(code: str, other: str) -> bool:
    """Whether two codes, with or without the suffix of a province, mean one procedure."""
    return bool(code.strip()) and national_code(code) == national_code(other)
