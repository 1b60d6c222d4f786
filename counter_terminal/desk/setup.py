"""Settings of a desk from the configuration: its sentences, and the names of its counter, officers, services and reasons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from config.model.slips import SlipTemplate
from drivers.shortening import Length
from plumbing.sentences import Sentences
from service_floor.procedures.model import Procedure


@dataclass(frozen=True, slots=True)
class Named:
    """Something that is chosen from a list."""

    id: str
    name: str


class Paper(StrEnum):
    """What a desk prints; the value is the name of its template."""

    CHECKLIST = "checklist"
    APPOINTMENT = "appointment"
    APOLOGY = "apology"


@dataclass(frozen=True, slots=True)
class PaperSetup:
    """What the slips of one desk need out of the configuration: templates by slip, and with each its placeholders, empty
    but for those of every slip. `form` names a form as it is in force, `working_day` the n-th working day after one.
    `list_length` is how long a list of papers may be (None is any length), and `procedure_page` where citizens read the whole."""

    templates: Mapping[Paper, SlipTemplate]
    blanks: Mapping[Paper, Mapping[str, str]]
    form: Callable[[Paper, date], str]
    working_day: Callable[[date, int], date]
    list_length: Length | None = None
    procedure_page: str = ""


@dataclass(frozen=True, slots=True)
class DeskSetup:
    """A desk before any floor is known. `profile` are the services that this counter takes, in order of preference.

    `sentences` are in its language. `own_dossiers` are the beginnings of this centre's dossier codes; none named, every dossier is its own.
    """

    sentences: Sentences
    counter: str
    counter_number: int
    counter_name: str
    profile: tuple[str, ...]
    officers: tuple[Named, ...]
    services: Mapping[str, str]
    counters: Mapping[str, str]
    counters_of_service: Mapping[str, tuple[str, ...]]
    priorities: Mapping[str, str]
    pause_reasons: tuple[Named, ...]
    call_reasons: tuple[Named, ...]
    no_show_reasons: tuple[Named, ...]
    cancel_reasons: tuple[Named, ...]
    park_minutes: tuple[int, ...]
    own_dossiers: tuple[str, ...] = ()
    procedure_of: Callable[[str], Procedure | None] = lambda _code: None
    pin_asked: bool = False
    has_camera: bool = False
    papers: PaperSetup | None = None
    shortest_visit: timedelta = timedelta(0)
