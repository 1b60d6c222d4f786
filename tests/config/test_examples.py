"""The halls that ship are right, and have the shape that they promise."""

import re
from pathlib import Path

import pytest

from config.advice import advice
from config.catalogue.reading import read_procedures
from config.errors import MistakeCode
from config.loading import load
from config.model.devices import SerialPort, TcpPort

DATA = Path(__file__).resolve().parents[2] / "config" / "examples"


def test_the_examples_are_right(example: Path) -> None:
    installation = load(example)
    assert installation.kiosks
    assert installation.agents


def test_every_officer_can_work_and_every_counter_has_a_desk_and_a_sign(example: Path) -> None:
    hall = load(example)
    counters = {c.id for c in hall.counters}
    assert {t.counter for t in hall.counter_terminals} == counters
    assert {sign.counter for agent in hall.agents for sign in agent.signs} == counters
    able = set().union(*(officer.counters or counters for officer in hall.officers))
    assert able == counters


def test_the_centre_has_the_counters_and_agencies_of_the_real_hall(centre) -> None:
    assert [c.number for c in centre.counters] == list(range(1, 23))
    assert len(centre.agencies) == 15
    assert len(centre.boards) == 2
    assert sum(len(agent.signs) for agent in centre.agents) == 22


def test_the_letters_of_the_centre_are_those_of_the_alphabet_said_without_doubt(centre) -> None:
    letters = [service.series.prefix for service in centre.services]
    assert set(letters) <= set("ABCDEGHKLMNPQRSTUVXY")
    assert len(set(letters)) == len(letters)


def test_the_agencies_of_the_centre_sit_at_as_many_counters_as_they_sent_officers(centre) -> None:
    agency = {service.id: service.agency for service in centre.services}
    seats: dict[str, int] = {}
    for counter in centre.counters:
        # What a counter is first for; the result desk belongs to the office.
        seats[agency[counter.profile[0][0]]] = seats.get(agency[counter.profile[0][0]], 0) + 1
    two = {
        "justice",
        "labour",
        "planning",
        "transport",
        "construction",
        "environment",
        "agriculture",
    }
    assert seats == {a.id: 2 if a.id in two else 1 for a in centre.agencies}


def test_serial_devices_of_the_centre_are_named_by_themselves_and_not_by_socket() -> None:
    text = (DATA / "centre.toml").read_text(encoding="utf-8")
    paths = re.findall(r'path = "([^"]+)"', text)
    assert len(paths) > 40
    assert all(path.startswith("/dev/serial/by-id/") for path in paths)


def test_every_device_of_the_demonstration_is_on_this_machine() -> None:
    hall = load(DATA / "demo.toml")
    wires = [hall.kiosks[0].printer.port, hall.kiosks[0].scanner.port]
    wires += [t.scanner.port for t in hall.counter_terminals if t.scanner]
    wires += [sign.port for agent in hall.agents for sign in agent.signs]
    for wire in wires:
        match wire:
            case TcpPort(host=host):
                assert host == "127.0.0.1"
            case SerialPort(path=path):
                assert path.startswith("/tmp/centerfloor/")
    assert hall.hub.host == "127.0.0.1"


@pytest.mark.parametrize("weekday", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
def test_the_demonstration_is_open_at_any_hour_of_any_day(weekday: str) -> None:
    hours = load(DATA / "demo.toml").hours
    first, second = hours.sessions
    assert weekday in first.days
    assert weekday in second.days
    assert first.start.isoformat() == "00:00:00"
    assert first.end == second.start
    assert second.end.isoformat() == "23:59:59"
    assert hours.public_holidays is False
    assert hours.stop_before_close_minutes == 0


@pytest.mark.parametrize("name", ["centre.toml", "demo.toml"])
def test_the_examples_name_only_fields_that_the_catalogue_has(name: str) -> None:
    catalogue = read_procedures()
    assert catalogue.problems == ()
    fields = {procedure.field for procedure in catalogue.procedures if not procedure.is_internal}
    points = advice(load(DATA / name), fields, ())
    assert {point.code for point in points} == {MistakeCode.PLACEHOLDER_SECRET}
