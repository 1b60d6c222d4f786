"""Model of the centre: its names, agencies, services, counters, officers and priority classes."""

from typing import Annotated, Literal

from pydantic import Field

from config.model.base import Declared, Identifier
from config.model.names import Named, Names


class Centre(Named):
    """The names that stand on tickets, boards and slips."""

    names: Names = Field(description="Full name of the centre")
    authority: str = Field(
        "", description="The line above the name, e.g. UBND TỈNH …", max_length=120
    )
    address: str = Field("", description="Postal address", max_length=200)
    hotline: str = Field("", description="Telephone number shown to citizens", max_length=40)
    dossier_prefixes: tuple[
        Annotated[
            str, Field(pattern=r"^([A-Z]\d{2}(\.\d{1,3}){0,4}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})$")
        ],
        ...,
    ] = Field(
        (),
        description="Beginnings of the codes of this centre's own dossiers, e.g. H56; others are told to belong elsewhere. None named: all are its own",
    )


class Agency(Named):
    """An agency that serves in the hall."""

    id: Identifier = Field(description="Short name used in references")
    names: Names = Field(description="Official name")


class NumberSeries(Declared):
    """A band of ticket numbers. Bands with the same prefix must not overlap."""

    prefix: str = Field(
        description="Letters before the number; without Đ, I, O", pattern=r"^[A-HJ-NP-Z]{0,2}$"
    )
    width: int = Field(3, description="Digits at least", ge=1, le=6)
    first: int = Field(1, description="First number of a day", ge=0, le=999_999)
    last: int = Field(999, description="Last number of a day", ge=0, le=999_999)


class Quota(Declared):
    """Limits of the tickets that a service gives; without a value there is no limit."""

    per_day: int | None = Field(None, description="Tickets a day", ge=0)
    per_session: int | None = Field(None, description="Tickets a session", ge=0)


class Service(Named):
    """What a queue is for: a field or group of procedures."""

    id: Identifier = Field(description="Short name used in references")
    names: Names = Field(description="Name as citizens read it")
    agency: Identifier = Field(description="The agency it belongs to")
    series: NumberSeries = Field(description="Its ticket numbers")
    quota: Quota = Field(default_factory=Quota, description="Its limits")
    sessions: tuple[str, ...] = Field(
        (), description="Sessions in which it gives tickets; none named is all"
    )
    typical_minutes: int = Field(6, description="How long one citizen usually takes", ge=1, le=240)
    fields: tuple[str, ...] = Field(
        (), description="Fields of the catalogue that are received here"
    )
    procedures: tuple[str, ...] = Field(
        (), description="Single procedure codes that are received here"
    )


class Counter(Named):
    """Where an officer serves."""

    id: Identifier = Field(description="Short name used in references")
    number: int = Field(description="The number above the counter", ge=1, le=999)
    names: Names = Field(description="Name on the sign")
    profile: tuple[tuple[Identifier, ...], ...] = Field(
        description="Call profile: services in tiers; a later tier is called only when the earlier ones are empty",
        min_length=1,
    )
    reception: bool = Field(
        False,
        description="A counter that receives people: it gives, readmits and moves tickets of every service; the fairness report lists them",
    )


StaffRole = Literal["officer", "greeter", "technician", "supervisor"]
"""Roles, which decide what a person of the centre may do; `docs/accounts.md` has the table."""


class Officer(Declared):
    """A person of the centre who signs in: at counters, or in the console by the role."""

    id: Identifier = Field(description="Short name used in references")
    name: str = Field(description="Name on the counter terminal", min_length=1, max_length=80)
    counters: tuple[Identifier, ...] = Field(
        (),
        description="Counters where the officer may sign in; none named is all for the role officer, and none for the others",
    )
    role: StaffRole = Field("officer", description="What the officer may do beside serving")
    substitutes_for: tuple[Identifier, ...] = Field(
        (), description="Officers at whose counters this one may stand in"
    )
    shifts: tuple[str, ...] = Field(
        (), description="Sessions in which the officer may sign in; none named is all"
    )


class PriorityClass(Named):
    """Why a citizen is called earlier."""

    id: Identifier = Field(description="Short name used in references")
    names: Names = Field(description="Name on the kiosk")
    rank: int = Field(1, description="A lower rank goes first", ge=1, le=9)
    from_age: int | None = Field(
        None,
        description="The kiosk proposes this class to whoever scans an identity card of at least this age; none: never",
        ge=1,
        le=120,
    )


class Forms(Declared):
    """The forms that are printed on A4 and A5."""

    folder: str = Field(
        "",
        description="Folder of the centre's own templates (docs/forms.md); a relative path counts from this file's folder. Empty: the shipped ones",
        max_length=400,
    )


class Catalogue(Declared):
    """Where the procedures come from."""

    files: tuple[str, ...] = Field(
        (),
        description="Catalogue files of this centre, made by `centerfloor catalogue import`; none named is the catalogue that comes along",
    )
    page: str = Field(
        "",
        description="Address of a procedure's page for citizens' phones, such as the national portal's, where {code} stands for its code; printed as a QR code on a list of papers that had to be shortened",
        pattern=r"^(https?://\S*\{code\}\S*)?$",
        max_length=300,
    )


class Reason(Named):
    """A reason that officers choose from a list."""

    id: Identifier = Field(description="Short name kept in the journal")
    names: Names = Field(description="Wording on the counter terminal")


class Reasons(Declared):
    """The lists of reasons."""

    pause: tuple[Reason, ...] = Field((), description="Why a counter pauses")
    out_of_order: tuple[Reason, ...] = Field((), description="Why a ticket is called out of order")
    cancel: tuple[Reason, ...] = Field((), description="Why a ticket is cancelled")
    no_show: tuple[Reason, ...] = Field(
        (),
        description="Why a ticket is marked absent sooner than promised, or a visit is very short",
    )
