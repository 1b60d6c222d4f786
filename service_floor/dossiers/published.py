"""Adapter from a published procedure to the version that the dossier rules decide by: limits, papers by case, fees.

Nothing is guessed: a limit without an amount or unit gives none, and a person then names the date.
"""

import re
from datetime import date
from typing import Final

from service_floor.calendar import LimitUnit
from service_floor.dossiers.deadlines.appointment import TimeLimit
from service_floor.dossiers.life.plan import FeeItem, ProcedureVersion, RequiredPaper
from service_floor.procedures.model import Limit, Procedure, national_code
from service_floor.vietnamese.text import fold

# "Within the day", "at once within the working day", but not "within the third working day".
_SAME_DAY: Final = re.compile(r"\W*(?:giai quyet )?(?:ngay )?trong ngay\b(?! (?:lam viec )?thu\b)")


def version_of(
    procedure: Procedure, effective_from: date, until: date | None = None
) -> ProcedureVersion:
    """The version of a published procedure for a time. Papers have the keys 1, 2, … in the order of the source."""
    papers = (
        RequiredPaper(str(number), paper.group)
        for number, paper in enumerate(procedure.papers, 1)
        if not paper.is_remark
    )
    fees = (FeeItem(procedure.fee_note, procedure.fee),) if procedure.fee else ()
    return ProcedureVersion(
        code=national_code(procedure.code),
        version=procedure.decision or procedure.published,
        effective_from=effective_from,
        agency=procedure.agency,
        until=until,
        cases=procedure.cases,
        limits=limits_of(procedure.limit),
        papers=tuple(papers),
        fees=fees,
    )


def limits_of(limit: Limit) -> tuple[TimeLimit, ...]:
    """What a published limit gives for every case and channel; empty where it gives no date."""
    if limit.amount is not None and limit.unit is not LimitUnit.UNKNOWN:
        return (TimeLimit(limit.amount, limit.unit),)
    if limit.amount is None and _SAME_DAY.match(fold(limit.text)):
        return (TimeLimit(same_day=True),)
    return ()
