"""Events and intents of the desk: presses, scans, answers of the hub, changes of the floor; and what it wants done."""

from dataclasses import dataclass, field
from datetime import datetime

from counter_terminal.desk.actions import Action
from drivers.slip import Slip
from hub.client import EnrolmentPrompt
from hub.messages import Answer, Condition, CounterView, ReprintView, TicketView


@dataclass(frozen=True, slots=True)
class OfficerChosen:
    """An officer signs in."""

    officer: str


@dataclass(frozen=True, slots=True)
class PinEntered:
    """The officer who was chosen has typed a PIN. It stays in no state and no repr."""

    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignInLeft:
    """Back: to the list of officers, and from there to the desk of the officer at work."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """An action with what it was pressed on: a ticket id, a service id or a reason id; `minutes` for parking.

    `ticket` is the one that was at the desk when it was pressed, empty without one; None if it does not matter.
    """

    action: Action
    subject: str = ""
    reason: str = ""
    back: bool = False
    minutes: int = 0
    confirmed: bool = True
    ticket: str | None = None


@dataclass(frozen=True, slots=True)
class CodeRead:
    """A code was scanned or typed. `rivals` are other codes in sight that are as useful and mean something else."""

    text: str
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeTyped:
    """A scanner has typed this into the window; an input method may have changed it."""

    text: str


@dataclass(frozen=True, slots=True)
class CodeGarbled:
    """The scanner has sent bytes that do not decode to text."""


@dataclass(frozen=True, slots=True)
class FileOpened:
    """A dropped file is being read."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """The codes that were seen in a dropped file, in the order of its pages; one may be there twice."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileRefused:
    """A dropped file was not looked at; `reason` is the key of its sentence under `file`."""

    reason: str


@dataclass(frozen=True, slots=True)
class DossierPutAway:
    """The officer closes the dossier card."""


@dataclass(frozen=True, slots=True)
class PaperChosen:
    """The officer wants one of the slips that the card of `code` offers, by its id."""

    paper: str
    code: str


@dataclass(frozen=True, slots=True)
class PaperSettled:
    """What became of a slip: printed, failed or unknown; `code` is that of its dossier or procedure."""

    code: str
    outcome: str


@dataclass(frozen=True, slots=True)
class CommandAnswered:
    """The command of this desk has its answer; there is at most one at a time."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class PinAnswered:
    """The PIN that was sent has its answer; there is at most one at a time."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """A question about a scan has its answer; `question` is the intent itself, not an equal one."""

    question: "Question"
    answer: Answer


@dataclass(frozen=True, slots=True)
class FloorSeen:
    """The floor as of the hub's last message."""

    counter: CounterView | None
    tickets: tuple[TicketView, ...]
    hub_now: datetime | None
    ended: bool = False
    reprints: tuple[ReprintView, ...] = ()


@dataclass(frozen=True, slots=True)
class HubLine:
    """The hub answers, or has gone silent."""

    up: bool


@dataclass(frozen=True, slots=True)
class EnrolmentChanged:
    """How the terminal stands with a hub that does not let it in; None once it is in."""

    prompt: EnrolmentPrompt | None


@dataclass(frozen=True, slots=True)
class ScannerLine:
    """What is known of the scanner: `ready`, `fault`, `unknown`, or `none` without one."""

    health: str


@dataclass(frozen=True, slots=True)
class PrinterLine:
    """What is known of the desk's printer: its conditions, none before the first report."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class GreyPressed:
    """The key of an action that cannot be done now: the officer wants to know why."""

    action: Action


DeskEvent = (
    OfficerChosen
    | PinEntered
    | SignInLeft
    | Pressed
    | CodeRead
    | CodeTyped
    | CodeGarbled
    | FileOpened
    | FileRead
    | FileRefused
    | DossierPutAway
    | PaperChosen
    | PaperSettled
    | CommandAnswered
    | PinAnswered
    | QuestionAnswered
    | FloorSeen
    | HubLine
    | EnrolmentChanged
    | ScannerLine
    | PrinterLine
    | GreyPressed
)


@dataclass(frozen=True, slots=True)
class Ask:
    """Intent: look this code up."""

    code: str


@dataclass(frozen=True, slots=True)
class AskPlace:
    """Intent: ask where this ticket stands, by id or number."""

    code: str


Question = Ask | AskPlace


@dataclass(frozen=True, slots=True)
class PrintPaper:
    """Intent: print this slip; `code` comes back with its outcome."""

    slip: Slip
    code: str


@dataclass(frozen=True, slots=True)
class Prove:
    """Intent: ask the hub, now and only once, whether this is the officer's PIN."""

    officer: str
    pin: str = field(repr=False)
