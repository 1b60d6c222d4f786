"""Deadlines of which the day is known, over every Tết, swapped Saturdays and compensatory days: received, limit, due."""

from typing import Final

from service_floor.calendar import LimitUnit

_WORKING, _DAYS = LimitUnit.WORKING_DAYS, LimitUnit.DAYS

VECTORS: Final = (
    ("2017-01-25", 1, _WORKING, "2017-02-02"),
    ("2017-01-25", 3, _WORKING, "2017-02-06"),
    ("2018-12-28", 1, _WORKING, "2019-01-02"),
    ("2019-01-04", 1, _WORKING, "2019-01-05"),
    ("2024-04-26", 1, _WORKING, "2024-05-02"),
    ("2024-05-03", 1, _WORKING, "2024-05-04"),
    ("2025-04-25", 1, _WORKING, "2025-04-26"),
    ("2025-04-29", 2, _WORKING, "2025-05-06"),
    ("2025-12-31", 1, _WORKING, "2026-01-05"),
    ("2026-01-09", 1, _WORKING, "2026-01-10"),
    ("2026-02-13", 1, _WORKING, "2026-02-23"),
    ("2026-02-13", 3, _WORKING, "2026-02-25"),
    ("2026-02-11", 15, _WORKING, "2026-03-11"),
    ("2026-04-24", 2, _WORKING, "2026-04-29"),
    ("2026-08-21", 1, _WORKING, "2026-08-22"),
    ("2026-08-28", 1, _WORKING, "2026-09-03"),
    ("2026-11-23", 1, _WORKING, "2026-11-25"),
    ("2027-02-03", 1, _WORKING, "2027-02-11"),
    ("2027-02-03", 7, _WORKING, "2027-02-19"),
    ("2026-02-06", 10, _DAYS, "2026-02-23"),
    ("2026-08-17", 15, _DAYS, "2026-09-03"),
    ("2026-04-21", 5, _DAYS, "2026-04-28"),
)
