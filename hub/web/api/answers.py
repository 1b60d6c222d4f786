"""Response models of the open API, from which its schema is generated. The floor's own views are those of the wire."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from hub.messages import CallView, CounterView, FloorView, ServiceView, TicketView


class AtPosition(BaseModel):
    """When and where in the feed an answer was true: equal `epoch` and `seq` mean an equal floor."""

    model_config = ConfigDict(frozen=True)

    epoch: str
    seq: int
    now: datetime


class FloorAnswer(AtPosition):
    """The business day."""

    floor: FloorView


class ServiceNow(ServiceView):
    """A service with its name, and how busy it is."""

    name: str
    agency: str


class ServicesAnswer(AtPosition):
    """All services."""

    services: tuple[ServiceNow, ...]


class CounterNow(CounterView):
    """A counter with its name, the number on its sign, its call profile and its state."""

    name: str
    sign: int
    profile: tuple[tuple[str, ...], ...]


class CountersAnswer(AtPosition):
    """All counters."""

    counters: tuple[CounterNow, ...]


class CallsAnswer(AtPosition):
    """The calls that stand on the boards."""

    calls: tuple[CallView, ...]


class TicketsAnswer(AtPosition):
    """Today's open tickets."""

    tickets: tuple[TicketView, ...]
