"""Root of the model: the whole configuration file of one installation."""

from pydantic import Field

from config.model.base import Declared
from config.model.centre import (
    Agency,
    Catalogue,
    Centre,
    Counter,
    Forms,
    Officer,
    PriorityClass,
    Reasons,
    Service,
)
from config.model.programs import Agent, ApiKey, Board, Console, CounterTerminal, Hub, Kiosk
from config.model.queueing import Calling, Deadlines, Hours, Offline
from config.model.slips import SlipTemplate


class Installation(Declared):
    """A centre: what it is, how its queues run, and which programs and devices it has."""

    centre: Centre = Field(description="The centre's names and address")
    secrets: str = Field(
        "",
        description="File with the tokens of devices and the keys of the open interface, read on the hub's machine only; a relative path counts from this file's folder. Tables `tokens` and `keys`, by name",
        max_length=400,
    )
    printer_profiles: str = Field(
        "",
        description="File with profiles of printers that the shipped ones lack, in the form of config/model/printers.toml; a relative path counts from this file's folder. Every machine with such a printer needs it",
        max_length=400,
    )
    hub: Hub = Field(default_factory=Hub, description="Where the hub listens")
    hours: Hours = Field(description="When the doors are open")
    deadlines: Deadlines = Field(
        default_factory=Deadlines, description="Which days deadlines of dossiers count"
    )
    calling: Calling = Field(default_factory=Calling, description="How tickets are called")
    offline: Offline = Field(
        default_factory=Offline, description="How kiosks go on without the hub"
    )
    agencies: tuple[Agency, ...] = Field(description="Who serves in the hall", min_length=1)
    services: tuple[Service, ...] = Field(description="What people come for", min_length=1)
    counters: tuple[Counter, ...] = Field(description="Where they are served", min_length=1)
    officers: tuple[Officer, ...] = Field((), description="Who serves them")
    priority_classes: tuple[PriorityClass, ...] = Field((), description="Who is called earlier")
    catalogue: Catalogue = Field(
        default_factory=Catalogue, description="Procedures that citizens can look up"
    )
    reasons: Reasons = Field(
        default_factory=Reasons, description="Reasons that officers choose from"
    )
    slips: tuple[SlipTemplate, ...] = Field(
        (), description="Own templates of slips; what is not named here comes along"
    )
    forms: Forms = Field(default_factory=Forms, description="Forms on A4 and A5")
    kiosks: tuple[Kiosk, ...] = Field((), description="Touch kiosks")
    counter_terminals: tuple[CounterTerminal, ...] = Field((), description="Programs on desks")
    boards: tuple[Board, ...] = Field((), description="Web pages on TVs")
    agents: tuple[Agent, ...] = Field((), description="Drivers of signs and loudspeakers")
    consoles: tuple[Console, ...] = Field((), description="Clients of technicians, supervisors")
    api_keys: tuple[ApiKey, ...] = Field((), description="Who reads over the open interface")
