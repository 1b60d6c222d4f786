"""Records of dossiers: immutable values that the fold of the events replaces. They hold no personal data in clear.

Persons are references to sealed records beside the journal, with a salted commitment to what is sealed there.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from service_floor.dossiers.deadlines.appointment import Appointment
from service_floor.dossiers.life.states import OPEN, Delivery, DossierState
from service_floor.dossiers.model import ReceptionChannel
from service_floor.dossiers.personal import mask_personal

_REF: Final = re.compile(r"p-[0-9a-z]{8,40}")
_COMMITMENT: Final = re.compile(r"[0-9a-f]{64}")
LONGEST_TEXT: Final = 500
MOST_COPIES: Final = 999


def stated(text: str) -> str:
    """A reason as the journal keeps it: one line of at most 500 characters, numbers of persons masked."""
    return mask_personal(text.strip())[:LONGEST_TEXT].strip()


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person: the key of a sealed record, and a salted SHA-256 that goes blind when the salt is erased.

    Raises ValueError for anything else, such as a name or an identity number.
    """

    ref: str
    commitment: str

    def __post_init__(self) -> None:
        if not (_REF.fullmatch(self.ref) and _COMMITMENT.fullmatch(self.commitment)):
            raise ValueError("not a reference to a sealed person")


class PaperKind(StrEnum):
    """What an officer saw of a paper. `NOT_NEEDED` is a tick too: nothing is taken for seen that was not looked at."""

    ORIGINAL = "original"
    CERTIFIED = "certified"
    COPY = "copy"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class TickedPaper:
    """A paper of the checklist as it was ticked."""

    key: str
    kind: PaperKind
    count: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.count <= MOST_COPIES or not self.key or stated(self.key) != self.key:
            raise ValueError("not a paper of a checklist")


class SlipOutcome(StrEnum):
    """What is known of a slip. `SEEN`: its QR code was opened by a phone; `SIGNED`: the citizen signed the reception."""

    OWED = "owed"
    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SEEN = "seen"
    SIGNED = "signed"


PROVES_A_SLIP: Final = frozenset({SlipOutcome.PRINTED, SlipOutcome.SEEN, SlipOutcome.SIGNED})


@dataclass(frozen=True, slots=True)
class AppointmentSlip:
    """The n-th slip of a dossier. A void one was replaced or taken back: a scan of its code shows that."""

    number: int
    due: datetime | None
    outcome: SlipOutcome = SlipOutcome.OWED
    void: bool = False

    @property
    def is_given(self) -> bool:
        """Whether the citizen surely has it."""
        return self.outcome in PROVES_A_SLIP


@dataclass(frozen=True, slots=True)
class Grounds:
    """A supervisor's permission to ask a second time."""

    reason: str
    ground: str
    officer: str


@dataclass(frozen=True, slots=True)
class SupplementRequest:
    """A request for papers: all that is missing at once. A second one has its grounds."""

    missing: tuple[str, ...]
    reason: str
    at: datetime
    officer: str
    grounds: Grounds | None = None


class FeeState(StrEnum):
    """What became of a fee."""

    DUE = "due"
    PAID = "paid"
    VOID = "void"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee of a dossier, in đồng. `receipt` is the record key of its receipt, empty before it is paid."""

    number: int
    name: str
    amount: int
    state: FeeState = FeeState.DUE
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """The versions under which a dossier was taken and by which it ends: rule set and publication of the procedure."""

    rules: str
    version: str


class Outcome(StrEnum):
    """How a visit ends. The first nine are given by what was done; the last three are keys of the officer."""

    TAKEN = "taken"
    ACCEPTED = "accepted"
    SUPPLEMENT_BROUGHT = "supplement_brought"
    SUPPLEMENT_ASKED = "supplement_asked"
    NOT_ACCEPTED = "not_accepted"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"
    PAID = "paid"
    LIST_GIVEN = "list_given"
    ADVICE = "advice"
    REFUSED = "refused"
    TAKEN_ELSEWHERE = "taken_elsewhere"


ASKED_OUTCOMES: Final = frozenset({Outcome.ADVICE, Outcome.REFUSED, Outcome.TAKEN_ELSEWHERE})


@dataclass(frozen=True, slots=True)
class LastDeed:
    """Who changed a dossier last, by what, and whether that can be undone."""

    kind: str
    officer: str
    at: datetime
    visit: str
    outcome: Outcome | None
    undoable: bool


@dataclass(frozen=True, slots=True)
class DossierLife:
    """A dossier as the fold of its events. `changes` counts them, for whoever decides on what a screen shows.

    `place` is the agency or bag in which it lies; `mislaid` is whether it was not in the bag. `before` is the record before the last deed, while that can be undone.
    """

    code: str
    agency: str
    procedure: str
    case: str
    terms: Terms
    channel: ReceptionChannel
    applicant: PersonRef
    owner: PersonRef
    state: DossierState
    place: str
    papers: tuple[TickedPaper, ...]
    copies: int
    delivery: Delivery
    last: LastDeed
    follows: str = ""
    accepted_at: datetime | None = None
    finished_at: datetime | None = None
    appointment: Appointment | None = None
    slips: tuple[AppointmentSlip, ...] = ()
    requests: tuple[SupplementRequest, ...] = ()
    missing: tuple[str, ...] = ()
    came_from: DossierState | None = None
    second_allowed: Grounds | None = None
    delay_reason: str = ""
    apologised_for: datetime | None = None
    new_dates: int = 0
    refusal_reason: str = ""
    result: str = ""
    mislaid: bool = False
    fees: tuple[Fee, ...] = ()
    changes: int = 1
    before: "DossierLife | None" = None

    @property
    def key(self) -> str:
        """The key of the record."""
        return self.code

    @property
    def slip(self) -> AppointmentSlip | None:
        """The slip in force; None before one is due and after all were taken back."""
        last = self.slips[-1] if self.slips else None
        return None if last is None or last.void else last

    @property
    def owes_slip(self) -> bool:
        """Whether the citizen has no proof in hand of what was taken and is still worked on."""
        return self.state in OPEN and self.slip is not None and not self.slip.is_given

    @property
    def fees_due(self) -> int:
        """What is still to be paid, in đồng."""
        return sum(fee.amount for fee in self.fees if fee.state is FeeState.DUE)

    def overdue_at(self, now: datetime) -> bool:
        """Whether the result is or was later than promised; the clock of a finished dossier is read at its end."""
        if self.appointment is None or self.state in {DossierState.VOID, DossierState.WITHDRAWN}:
            return False
        return self.appointment.overdue_at(self.finished_at or now)

    def owes_apology(self, now: datetime) -> bool:
        """Whether the centre must apologise: from the moment at which a date has passed until the letter for it is out."""
        date = self.appointment
        return date is not None and self.apologised_for != date.due and self.overdue_at(now)


class AdviceKind(StrEnum):
    """What a visit without a dossier ended with."""

    ADVICE = "advice"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class Advice:
    """A complete list of missing papers, given on paper when nothing was taken. Kept, and binding for a time."""

    key: str
    kind: AdviceKind
    procedure: str
    missing: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Trail:
    """The lists that one person was given for one procedure, oldest first."""

    key: str
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """What was done in one visit at a counter: outcomes, each with the dossier or list that it came from."""

    key: str
    deeds: tuple[tuple[Outcome, str], ...] = ()
    ended: bool = False
    second_allowed: Grounds | None = None


class BagState(StrEnum):
    """Where a bag is on its way."""

    SEALED = "sealed"
    ON_THE_WAY = "on_the_way"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Bag:
    """A sealed bag of dossiers between two places. `inside` is what has not been taken out: missing once it is received."""

    key: str
    origin: str
    destination: str
    inside: tuple[str, ...]
    state: BagState
