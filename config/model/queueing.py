"""Model of the queues: hours, days off, priority and calling rules."""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import Field

from config.model.base import Declared

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Minutes = Annotated[int, Field(ge=0, le=600)]


class Session(Declared):
    """A part of the day in which the doors are open."""

    name: str = Field(
        description="Name used in references, e.g. morning", pattern=r"^[a-z][a-z0-9-]{0,19}$"
    )
    label: str = Field(description="Name on tickets, e.g. Sáng", min_length=1, max_length=20)
    days: tuple[Weekday, ...] = Field(
        ("mon", "tue", "wed", "thu", "fri"), description="Weekdays", min_length=1
    )
    start: time = Field(description="Opening time, HH:MM:SS")
    end: time = Field(description="Closing time, HH:MM:SS")


class SwappedDay(Declared):
    """A day that is worked as if it were another weekday, by the government's letter."""

    date: Annotated[date, Field(description="The day")]
    works_as: Weekday = Field(description="The weekday whose hours hold")


class Hours(Declared):
    """Opening hours of the hall. They are not the calendar of deadlines."""

    sessions: tuple[Session, ...] = Field(description="Parts of the day", min_length=1)
    stop_before_close_minutes: Minutes = Field(
        0, description="No tickets in the last minutes of a session"
    )
    public_holidays: bool = Field(True, description="Closed on the public holidays of Vietnam")
    closed_days: tuple[date, ...] = Field((), description="Further days off")
    swapped_days: tuple[SwappedDay, ...] = Field((), description="Days worked instead of others")


class Deadlines(Declared):
    """The calendar by which deadlines of dossiers are counted, apart from opening hours. Public holidays are known."""

    days_off: tuple[date, ...] = Field(
        (), description="Working days that are off, by the government's letter; deadlines skip them"
    )
    working_days: tuple[date, ...] = Field(
        (), description="Days off that are worked in exchange; deadlines count them"
    )


class Calling(Declared):
    """How tickets are called."""

    priority: Literal["strict", "interleaved"] = Field(
        "strict", description="How priority classes go before others"
    )
    normal_per_priority: int = Field(
        3, description="Interleaved: others called for each priority ticket", ge=1, le=20
    )
    recall_limit: int = Field(
        3,
        description="Calls of one ticket before it counts as a no-show: so many are promised to the citizen, and no more are made",
        ge=1,
        le=10,
    )
    recall_hold_off_seconds: int = Field(
        10, description="Seconds between two calls of one ticket", ge=0, le=600
    )
    no_show_seconds: int = Field(
        60,
        description="Seconds from the first call before a ticket may be marked absent, after all of `recall_limit` calls; sooner only with a reason",
        ge=0,
        le=1_800,
    )
    shortest_visit_seconds: int = Field(
        5,
        description="A ticket that leaves its counter sooner after its first call, finished, parked or sent on, needs a reason; the fairness report marks it otherwise",
        ge=0,
        le=300,
    )
    readmit_delay_minutes: Minutes = Field(
        0, description="A latecomer's place moves back by so much"
    )
    kiosk_readmit: bool = Field(
        False,
        description="Whoever missed a call may take their place again at a kiosk, with the slip; else the greeter does it",
    )
    park_limit_minutes: Minutes = Field(30, description="Longest time aside")
    reprint_limit: int = Field(
        3,
        description="How often staff may have the slip of one ticket printed again; what did not come out is not counted",
        ge=0,
        le=20,
    )
    kiosk_tickets_per_minute: int = Field(
        30,
        description="Most tickets that one kiosk or counter terminal gives within a minute: far more than people can press",
        ge=1,
        le=100_000,
    )


class Offline(Declared):
    """How kiosks go on when the hub cannot be reached: with numbers that they hold in advance."""

    numbers: int = Field(
        5,
        description="Numbers that each kiosk holds in advance of each service; 0: no tickets without the hub",
        ge=0,
        le=100,
    )
    minutes: int = Field(
        240, description="How long after the last word of the hub they may be given", ge=1, le=1_440
    )
    after_seconds: int = Field(
        3, description="The hub counts as gone after so long without a line", ge=1, le=60
    )
