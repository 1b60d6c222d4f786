"""The whole of one installation's configuration file."""

from pydantic import Field

from config.model.base import Declared
from config.model.centre import Agency, Centre, Counter, Officer, PriorityClass, Reasons, Service
from config.model.programs import Agent, Board, Console, CounterTerminal, Hub, Kiosk
from config.model.queueing import Calling, Hours


class Installation(Declared):
    """A centre: what it is, how its queues run, and which programs and devices it has."""

    centre: Centre
    hub: Hub = Field(default_factory=Hub)
    hours: Hours
    calling: Calling = Field(default_factory=Calling)
    agencies: tuple[Agency, ...] = Field(min_length=1)
    services: tuple[Service, ...] = Field(min_length=1)
    counters: tuple[Counter, ...] = Field(min_length=1)
    officers: tuple[Officer, ...] = ()
    priority_classes: tuple[PriorityClass, ...] = ()
    reasons: Reasons = Field(default_factory=Reasons)
    kiosks: tuple[Kiosk, ...] = ()
    counter_terminals: tuple[CounterTerminal, ...] = ()
    boards: tuple[Board, ...] = ()
    agents: tuple[Agent, ...] = ()
    consoles: tuple[Console, ...] = ()
