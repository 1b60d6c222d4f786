"""A kiosk of the small hall, and somebody who stands before it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from config.loading import load
from drivers.protocols import DeviceStatus, Health, PrintOutcome
from drivers.simulators.printer.ports.serving import Setup, serve_tcp
from hub.messages import CounterView, FloorView, ServiceView, TicketView
from kiosk.flow.events import (
    Connected,
    FloorChanged,
    PrinterChanged,
    Scanned,
    SlipDone,
    Tapped,
    TicketGiven,
    TimePassed,
    Typed,
)
from kiosk.flow.intents import Intent
from kiosk.flow.machine import KioskFlow
from kiosk.flow.reference import Reference, reference_of
from kiosk.flow.screens import Button, Page, Screen
from kiosk.texts import LANGUAGES, load_texts
from service_floor.calendar import LimitUnit
from service_floor.procedures.catalogue import Catalogue
from service_floor.procedures.model import Level, Limit, Paper, Procedure
from service_floor.zone import ZONE

DEMO = Path(__file__).parents[2] / "config" / "examples" / "demo.toml"
MORNING = datetime(2026, 11, 20, 8, 15, tzinfo=ZONE)
BIRTH = Procedure(
    code="1.001193",
    name="Đăng ký khai sinh",
    field="Hộ tịch",
    levels=(Level.COMMUNE,),
    agency="Ủy ban nhân dân cấp xã",
    limit=Limit(1, LimitUnit.WORKING_DAYS),
    fee=None,
    papers=(
        Paper("Tờ khai đăng ký khai sinh", 1, 0, group="Nộp"),
        Paper("Giấy chứng sinh", 1, 2, group="Nộp"),
        Paper("Mang theo căn cước để đối chiếu", 0, 0, group="Xuất trình"),
    ),
    results=("Giấy khai sinh",),
)
BUSINESS = Procedure(
    code="2.001610",
    name="Đăng ký thành lập doanh nghiệp tư nhân",
    field="Thành lập và hoạt động của doanh nghiệp",
    levels=(Level.PROVINCE,),
    fee=50_000,
)
VISA = replace(BIRTH, code="1.001194", name="Cấp visa", field="Xuất nhập cảnh")
ORPHAN = replace(BIRTH, code="1.009999", name="Cấp phép bay", field="Hàng không", papers=())


@pytest.fixture(scope="session")
def installation():
    return load(DEMO)


@pytest.fixture(scope="session")
def reference(installation) -> Reference:
    catalogue = Catalogue([BIRTH, BUSINESS, VISA, ORPHAN])
    texts = {language: load_texts(language) for language in LANGUAGES}
    return reference_of(installation, installation.kiosks[0], catalogue, texts)


def view_of_ticket(
    ticket="t1", number="B025", service="civil-status", priority=None, offline=False
) -> TicketView:
    return TicketView(
        id=ticket,
        number=number,
        state="waiting",
        service=service,
        counter=None,
        next_services=(),
        priority=priority,
        priority_confirmed=None,
        issued_at=MORNING,
        arrived_at=MORNING,
        calls=0,
        called_at=None,
        started_at=None,
        parked_until=None,
        slip="none",
        offline=offline,
    )


def floor_as_told(
    reference: Reference, *, waiting=4, left_today=None, open_counters=2
) -> FloorChanged:
    views = {
        service: ServiceView(
            id=service,
            waiting=waiting,
            issued=9,
            left_today=left_today,
            open_counters=open_counters,
            estimate_seconds=waiting * 100,
        )
        for service in reference.services
    }
    counter = {"officer": None, "ticket": None, "number": None, "ticket_state": None}
    counters = {
        name: CounterView(id=name, state=state, pause_reason="", **counter)
        for name, state in (("c1", "closed"), ("c2", "open"), ("c3", "paused"))
    }
    floor = FloorView(day=MORNING.date(), ended=False, session="morning")
    return FloorChanged(floor, views, counters)


class Citizen:
    """Somebody before a kiosk, and the clock; everything they do goes through the flow."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.flow = KioskFlow(reference)
        self.now = 0.0
        self.intents: list[Intent] = []

    def sees(self, event) -> Sequence[Intent]:
        intents = self.flow.handle(event)
        self.intents += intents
        self.flow.picture()
        return intents

    def arrives(self) -> "Citizen":
        """The hub is there, the floor is known, the printer is well."""
        self.sees(Connected())
        self.sees(floor_as_told(self.reference))
        self.sees(PrinterChanged(DeviceStatus(Health.READY)))
        self.waits(0)
        return self

    def taps(self, button: Button, value: str = "") -> Sequence[Intent]:
        return self.sees(Tapped(button, value))

    def types(self, keys: str) -> None:
        for key in keys:
            self.sees(Typed("space" if key == " " else key))

    def scans(self, text: str) -> Sequence[Intent]:
        return self.sees(Scanned(text))

    def waits(self, seconds: float) -> Sequence[Intent]:
        self.now += seconds
        return self.sees(TimePassed(self.now, MORNING))

    def asks_for_a_number(self, service="civil-status") -> Sequence[Intent]:
        self.taps(Button.SERVICES)
        self.taps(Button.SERVICE, service)
        return self.taps(Button.CONFIRM)

    def is_given(self, attempt=1, ahead=6, estimate_seconds=1450, **ticket) -> Sequence[Intent]:
        return self.sees(TicketGiven(attempt, view_of_ticket(**ticket), ahead, estimate_seconds))

    def slip_is(self, outcome: PrintOutcome, ticket="t1", reason="") -> Sequence[Intent]:
        return self.sees(SlipDone(f"ticket-{ticket}", outcome, reason))

    @property
    def page(self) -> Page:
        return self.flow.state.visit.page

    @property
    def screen(self) -> Screen:
        return self.flow.picture().screen


@pytest.fixture
def citizen(reference) -> Citizen:
    return Citizen(reference).arrives()


@pytest.fixture
def stranger(reference) -> Citizen:
    """Before a kiosk that has just been switched on."""
    return Citizen(reference)


@pytest.fixture
def floor_of(reference):
    """Makes what the hub tells of the floor."""
    return partial(floor_as_told, reference)


@pytest.fixture(scope="session")
def new_citizen(reference):
    """Makes citizens, one for each example of a property."""
    return lambda: Citizen(reference).arrives()


@pytest.fixture(scope="session")
def new_citizen_at():
    """Makes citizens before a kiosk of other settings."""
    return lambda reference: Citizen(reference).arrives()


@pytest.fixture
def ticket_view():
    """Makes tickets as the hub shows them."""
    return view_of_ticket


@pytest.fixture
def in_thread() -> Iterator[Callable[..., object]]:
    """Starts `serve(…, on_ready, stop)` in a thread; gives what it was ready with."""
    running: list[tuple[threading.Event, threading.Thread]] = []

    def start(serve: Callable[..., object], *arguments: object) -> object:
        stop, ready = threading.Event(), Future()
        thread = threading.Thread(target=serve, args=(*arguments, ready.set_result, stop))
        thread.start()
        running.append((stop, thread))
        return ready.result(10)

    yield start
    for stop, thread in running:
        stop.set()
        thread.join(10)


@pytest.fixture
def printer_port(in_thread, tmp_path) -> object:
    return in_thread(serve_tcp, "127.0.0.1", 0, Setup(tmp_path / "paper"))
