"""Rule sets by effective date: the numbers of the forms, and what an agency may ask once. An old dossier keeps its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final


class PaperForm(StrEnum):
    """The forms of the law for handling dossiers."""

    APPOINTMENT = "appointment"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP_NOTICE = "stop_notice"
    CONTROL = "control"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules in force from a day on. `forms` gives the number of each form that the set has.

    `lists_bind_for_days`: so long a list of missing papers binds the centre towards the same person.
    """

    name: str
    effective_from: date
    forms: Mapping[PaperForm, str] = field(default_factory=dict)
    supplements: int = 1
    new_dates: int = 1
    lists_bind_for_days: int = 90

    def form_for_stopping(self) -> PaperForm:
        """The form by which a dossier is stopped: until 2025 the refusal."""
        return PaperForm.STOP_NOTICE if PaperForm.STOP_NOTICE in self.forms else PaperForm.REFUSAL


STANDARD: Final = (
    # Decision 09/2015/QĐ-TTg; the numbers of its forms are not known here.
    RuleSet("2015", date(2015, 5, 15)),
    # Circular 01/2018/TT-VPCP.
    RuleSet("2018", date(2018, 11, 23), {
        PaperForm.APPOINTMENT: "01",
        PaperForm.SUPPLEMENT: "02",
        PaperForm.REFUSAL: "03",
        PaperForm.APOLOGY: "04",
        PaperForm.CONTROL: "05",
        PaperForm.REGISTER: "06",
    }),
    # Circular 03/2025/TT-VPCP, Appendix I.
    RuleSet("2025", date(2025, 9, 15), {
        PaperForm.APPOINTMENT: "01",
        PaperForm.SUPPLEMENT: "02",
        PaperForm.REFUSAL: "03",
        PaperForm.APOLOGY: "04",
        PaperForm.STOP_NOTICE: "05",
        PaperForm.CONTROL: "06",
        PaperForm.REGISTER: "07",
    }),
)  # fmt: skip


def rules_on(day: date, sets: Sequence[RuleSet] = STANDARD) -> RuleSet:
    """The rule set of a day; before the first one that one."""
    in_force = [each for each in sets if each.effective_from <= day]
    return max(in_force, key=lambda each: each.effective_from, default=sets[0])


def rules_named(name: str, sets: Sequence[RuleSet] = STANDARD) -> RuleSet:
    """The rule set under which a dossier was taken. Raises LookupError for a name that was never one."""
    for each in (*sets, *STANDARD):
        if each.name == name:
            return each
    raise LookupError(f"no rule set {name}")
