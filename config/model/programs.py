"""Model of the programs: the hub, the devices that authenticate with it, and the API keys of other software."""

from typing import Annotated, Literal

from pydantic import Field, SecretStr

from config.model.base import Declared, Identifier, Language
from config.model.devices import DocumentPrinter, EscposPrinter, Scanner, Sign, Speaker
from plumbing.languages import HOUSE_LANGUAGE


class Tls(Declared):
    """How the hub talks encrypted (wss and https on both ports). `centerfloor tls init` makes the files."""

    certificate: str = Field(description="The hub's certificate (PEM), on the hub", min_length=1)
    key: str = Field(description="Its key (PEM), on the hub and for the hub alone", min_length=1)
    authority: str = Field(
        description="The authority's certificate (PEM), on every device: it trusts no other",
        min_length=1,
    )


class Hub(Declared):
    """Where the hub listens and where the programs find it."""

    host: str = Field("127.0.0.1", description="Address that the hub binds", min_length=1)
    http_port: int = Field(8710, description="Pages and API", ge=0, le=65_535)
    floor_port: int = Field(8711, description="Floor websocket", ge=0, le=65_535)
    address: str = Field(
        "127.0.0.1", description="Name under which the programs reach the hub", min_length=1
    )
    tls: Tls | None = Field(None, description="Encryption; left out, the hub talks plainly")
    officer_sign_in: Literal["pin", "name"] = Field(
        "pin", description="Officers prove themselves by their PIN, or are taken by their word"
    )
    clock_jump_seconds: int = Field(
        60, description="A step of the machine's clock above this is not believed until it is confirmed", ge=5, le=3_600
    )  # fmt: skip
    longest_pause_days: int = Field(
        14, description="A start so long after the last row is not believed until it is confirmed: longer than the longest holidays", ge=1, le=366
    )  # fmt: skip
    connections_per_address: int = Field(
        128, description="Connections of the pages that one address may hold without a request; for one more the oldest is closed", ge=4, le=256
    )  # fmt: skip
    proxies: tuple[Annotated[str, Field(pattern=r"^[0-9A-Fa-f.:]+$")], ...] = Field(
        (), description="Addresses of proxies before the pages: their X-Forwarded-For is believed, nobody else's"
    )  # fmt: skip
    names: tuple[Annotated[str, Field(pattern=r"^[0-9A-Za-z.:_-]+$")], ...] = Field(
        (), description="Further names and addresses under which browsers open the pages, beside `address`, that of `public_url` and the machine's own"
    )  # fmt: skip
    public_url: str = Field(
        "", description="Address for citizens' phones, printed in the ticket's QR; empty prints the ticket code alone",
        pattern=r"^(https?://[^\s?#]+)?$",
    )  # fmt: skip


class Device(Declared):
    """A program that authenticates with its token."""

    name: Identifier = Field(description="The name given with --device")
    token: SecretStr | None = Field(
        None,
        description="Secret of this device, at least 16 characters; left out, the device is enrolled and keeps its own",
        min_length=16,
    )


class Kiosk(Device):
    """A touch kiosk."""

    services: tuple[Identifier, ...] = Field((), description="Services offered; none named is all")
    printer: EscposPrinter | None = Field(None, description="Its ticket printer")
    scanner: Scanner | None = Field(None, description="Its barcode scanner")
    idle_seconds: int = Field(
        60, description="Back to the first page after so long untouched", ge=10, le=600
    )
    number_without_paper: bool = Field(
        True,
        description="While no slip can be printed, give the number on the screen with a QR code; false gives none",
    )
    language: Language = Field(HOUSE_LANGUAGE, description="Language of the first page")


class CounterTerminal(Device):
    """The program on an officer's desk."""

    counter: Identifier = Field(description="The counter it stands at")
    printer: EscposPrinter | None = Field(None, description="Its printer, for slips of dossiers")
    documents: DocumentPrinter | None = Field(None, description="Its printer of forms")
    documents_of: Identifier | None = Field(
        None,
        description="The counter whose printer of forms this one uses; the paper says for which counter it is",
    )
    scanner: Scanner | None = Field(None, description="Its barcode scanner")
    language: Language = Field(HOUSE_LANGUAGE, description="Language")


class Board(Device):
    """A hall board: a web page on a TV."""

    title: str = Field("", description="Headline; empty is the centre's name", max_length=80)
    counters: tuple[Identifier, ...] = Field((), description="Counters shown; none named is all")
    rows: int = Field(6, description="Calls visible at once", ge=3, le=12)


class Agent(Device):
    """The program that drives the hall's own devices."""

    speaker: Speaker | None = Field(None, description="Its loudspeaker")
    signs: tuple[Sign, ...] = Field((), description="Its LED signs")
    counters: tuple[Identifier, ...] = Field(
        (), description="Counters announced here; none named is all"
    )
    voice: str = Field("vi", description="espeak-ng voice", pattern=r"^[a-z0-9-]{2,20}$")


class Console(Device):
    """A client of the greeter's, the technician's or the supervisor's that is not a web page."""

    role: Literal["greeter", "technician", "supervisor"] = Field(
        "supervisor", description="Whose rights it has"
    )


Scope = Literal["floor:read", "reports:read", "dossiers:read", "dossiers:write"]
"""Scopes: what an API key of the open interface authorises."""


class ApiKey(Declared):
    """Software of others that reads from the hub, or pushes dossiers to it, over its open interface."""

    name: Identifier = Field(description="Whose key it is")
    key: SecretStr | None = Field(
        None,
        description="The secret that goes into `Authorization: Bearer …`, at least 24 characters; left out only where `secrets` has it",
        min_length=24,
        max_length=200,
    )
    scopes: tuple[Scope, ...] = Field(
        description="What it may do: read the floor as it stands, reports of days or dossiers; push dossiers",
        min_length=1,
    )
    per_minute: int = Field(
        600, description="How often it may ask within a minute", ge=1, le=60_000
    )
