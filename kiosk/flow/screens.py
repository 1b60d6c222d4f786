"""Frozen screen states of the kiosk with ready sentences. Views draw them and decide nothing."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal


class Page(StrEnum):
    """Where the citizen is."""

    WELCOME = "welcome"
    SERVICES = "services"
    SEARCH = "search"
    PROCEDURE = "procedure"
    DOSSIER = "dossier"
    SCANNED = "scanned"
    CONFIRM = "confirm"
    ISSUING = "issuing"
    TICKET = "ticket"
    REFUSED = "refused"
    OUT_OF_SERVICE = "out_of_service"


class Button(StrEnum):
    """What can be pressed. Some carry a value: which service, which language."""

    HOME = "home"
    BACK = "back"
    LANGUAGE = "language"
    LETTERS = "letters"
    CONTRAST = "contrast"
    SCROLL = "scroll"
    SERVICES = "services"
    FIND = "find"
    DOSSIER = "dossier"
    SERVICE = "service"
    PROCEDURE = "procedure"
    TAKE = "take"
    PRINT_LIST = "print_list"
    PRIORITY = "priority"
    CONFIRM = "confirm"
    LOOK_UP = "look_up"
    READMIT = "readmit"
    AGAIN = "again"
    DONE = "done"


class SlipState(StrEnum):
    """What the page shows about the paper."""

    NONE = "none"
    PRINTING = "printing"
    PRINTED = "printed"
    SENT = "sent"
    """Nothing can be known of it: the printer takes slips and confirms none."""

    FAILED = "failed"
    UNKNOWN = "unknown"


Tone = Literal["plain", "good", "warning"]


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence beside the main thing; nothing is shown where the text is empty."""

    text: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class WelcomeScreen:
    """The first page: what do you need? `scan_hint` is empty without a scanner. `preview`: with the camera's picture."""

    scan_hint: str = ""
    preview: bool = field(default=False, kw_only=True)
    notice: Notice = Notice()
    page: Page = Page.WELCOME


@dataclass(frozen=True, slots=True)
class Tile:
    """A service as a button. `available` False is drawn faint; pressing it shows why."""

    id: str
    name: str
    note: str
    available: bool = True


@dataclass(frozen=True, slots=True)
class ServicesScreen:
    """All services of this kiosk."""

    tiles: tuple[Tile, ...]
    notice: Notice = Notice()
    page: Page = Page.SERVICES


@dataclass(frozen=True, slots=True)
class Hit:
    """A procedure that was found."""

    code: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class SearchScreen:
    """Procedure search: what has been typed and what was found."""

    query: str
    hits: tuple[Hit, ...]
    message: str
    page: Page = Page.SEARCH


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to bring, or a remark on papers. `heading` is set where a group of papers begins."""

    name: str
    note: str
    heading: str = ""
    remark: bool = False


@dataclass(frozen=True, slots=True)
class ProcedureScreen:
    """One procedure as published: facts, papers, and where its ticket is taken."""

    name: str
    facts: tuple[Fact, ...]
    papers: tuple[Paper, ...]
    take: str
    print_list: str
    notice: Notice = Notice()
    page: Page = Page.PROCEDURE


@dataclass(frozen=True, slots=True)
class DossierScreen:
    """Dossier status: the code being typed, or what is known of it. `preview`: with the camera's picture."""

    stage: Literal["typing", "asking", "found"]
    code: str
    headline: str = ""
    procedure: str = ""
    facts: tuple[Fact, ...] = ()
    notice: Notice = Notice()
    take: str = ""
    preview: bool = False
    page: Page = Page.DOSSIER


@dataclass(frozen=True, slots=True)
class ScannedScreen:
    """A scanned paper other than a dossier: a ticket with its place, a card, or one that is of no use here.

    `button` is what can be done with it, labelled `label`; both are empty where nothing can.
    """

    code: str
    headline: str
    facts: tuple[Fact, ...] = ()
    notice: Notice = Notice()
    button: Button | None = None
    label: str = ""
    page: Page = Page.SCANNED


@dataclass(frozen=True, slots=True)
class PriorityChoice:
    """A priority class as a switch."""

    id: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ConfirmScreen:
    """The last look before a number is spent."""

    service: str
    agency: str
    facts: tuple[Fact, ...]
    priorities: tuple[PriorityChoice, ...]
    confirm: str
    notice: Notice = Notice()
    page: Page = Page.CONFIRM


@dataclass(frozen=True, slots=True)
class IssuingScreen:
    """The press has been sent, and its answer is unknown."""

    service: str
    message: str
    notice: Notice = Notice()
    page: Page = Page.ISSUING


@dataclass(frozen=True, slots=True)
class TicketScreen:
    """The number, and what became of its slip. `notice` marks a number that was given without the hub.

    `qr` is what a code to photograph holds; empty where the slip is out or on its way, unless nothing can be known of it.
    """

    number: str
    service: str
    priority: str
    facts: tuple[Fact, ...]
    slip: SlipState
    headline: str
    advice: str
    notice: Notice = Notice()
    qr: str = ""
    page: Page = Page.TICKET


@dataclass(frozen=True, slots=True)
class RefusedScreen:
    """No number, why, and what to do."""

    message: str
    advice: str
    page: Page = Page.REFUSED


@dataclass(frozen=True, slots=True)
class OutOfServiceScreen:
    """The hub is gone: what to do meanwhile."""

    message: str
    advice: str
    page: Page = Page.OUT_OF_SERVICE


UNBROKEN: Final = "\u2060-\u2060"
"""A hyphen at which no line ends: a code or a name is read in one piece."""
ENROL: Final = "enrol"
"""Not a page that a citizen can reach: it stands in the place of all of them."""


@dataclass(frozen=True, slots=True)
class EnrolScreen:
    """The hub does not know this kiosk: the code for its technician. Without a code the hub cannot be reached."""

    title: str
    code: str
    remaining: str
    steps: tuple[str, ...]
    notice: Notice = Notice()
    page: str = ENROL


Screen = (
    WelcomeScreen
    | ServicesScreen
    | SearchScreen
    | ProcedureScreen
    | DossierScreen
    | ScannedScreen
    | ConfirmScreen
    | IssuingScreen
    | TicketScreen
    | RefusedScreen
    | OutOfServiceScreen
    | EnrolScreen
)


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """A language to change to: its code, and the name that it gives itself."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page. `time` and `date` are the hub's; empty while it is not heard.

    `code_read`: the scanner has just read something, whatever it was.
    """

    authority: str
    centre: str
    hotline: str
    time: str
    date: str
    language: str
    other_languages: tuple[LanguageChoice, ...] = ()
    can_go_back: bool = False
    can_go_home: bool = False
    large_letters: bool = False
    high_contrast: bool = False
    code_read: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole glass: the frame and the page in it."""

    frame: Frame
    screen: Screen

    @property
    def has_preview(self) -> bool:
        """Whether the camera's picture stands on the page."""
        return isinstance(self.screen, WelcomeScreen | DossierScreen) and self.screen.preview
