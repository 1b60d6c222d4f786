import pytest

SIGN = {"kind": "led-sign", "counter": "c1"}


def test_the_two_ports_of_the_hub_differ_unless_they_are_free_choices(mistakes) -> None:
    ports = {"http_port": 8711}
    assert mistakes({"hub": ports}) == [("hub.floor_port", "duplicate")]
    assert mistakes({"hub": {"http_port": 0, "floor_port": 0}}) == []


def test_a_network_printer_has_one_owner_in_the_hall(only_mistake) -> None:
    port = {"wire": "tcp", "host": "10.0.0.5", "port": 9100}
    scanner = {"kind": "serial-scanner", "port": port}
    mistake = only_mistake({"counter_terminals[0].scanner": scanner})
    assert (mistake.code, mistake.found) == ("wire_shared", "10.0.0.5:9100")


def test_the_printer_of_a_desk_is_held_against_all_others(only_mistake) -> None:
    port = {"wire": "tcp", "host": "10.0.0.5", "port": 9100}
    mistake = only_mistake({"counter_terminals[0].printer": {"kind": "escpos", "port": port}})
    assert (mistake.path, mistake.code) == ("counter_terminals[0].printer.port", "wire_shared")
    strange = {"kind": "escpos", "port": port | {"port": 9199}, "model": "no-such"}
    mistake = only_mistake({"counter_terminals[0].printer": strange})
    assert mistake.path == "counter_terminals[0].printer.model"


def test_a_model_whose_width_is_not_known_asks_for_it(only_mistake, mistakes) -> None:
    mistake = only_mistake({"kiosks[0].printer.model": "TEP-200M"})
    assert (mistake.path, mistake.code) == ("kiosks[0].printer.width_dots", "width_unknown")
    assert mistake.found == '"TEP-200M"'
    known = {"kiosks[0].printer.model": "TEP-200M", "kiosks[0].printer.width_dots": 576}
    assert mistakes(known) == []
    assert mistakes({"kiosks[0].printer.model": "TM-T88IV"}) == []


def test_a_serial_line_has_one_owner_on_its_machine(only_mistake, mistakes) -> None:
    line = {"wire": "serial", "path": "/dev/scanner"}
    mistake = only_mistake({"kiosks[0].printer.port": line})
    assert (mistake.path, mistake.other) == ("kiosks[0].scanner.port", "kiosks[0].printer.port")
    elsewhere = {"kind": "serial-scanner", "port": line}
    assert mistakes({"counter_terminals[0].scanner": elsewhere}) == []


@pytest.mark.parametrize(
    ("second", "path", "code"),
    [
        ({"address": 1}, "agents[0].signs[1].address", "duplicate"),
        ({"address": 2, "baud": 19200}, "agents[0].signs[1].port.baud", "wire_shared"),
    ],
)
def test_signs_share_a_line_with_an_address_each_at_one_speed(mistakes, second, path, code) -> None:
    second = dict(second)
    line = {"wire": "serial", "path": "/dev/signs", "baud": second.pop("baud", 9600)}
    assert mistakes({"agents[0].signs[1]": {**SIGN, **second, "port": line}}) == [(path, code)]


def test_signs_of_networks_and_queues_have_no_speed_to_share(mistakes) -> None:
    port = {"wire": "tcp", "host": "10.0.0.9", "port": 4001}
    signs = [SIGN | {"address": n, "port": port} for n in (1, 2)]
    assert mistakes({"agents[0].signs": signs}) == []


def test_a_queue_of_the_system_may_have_several_users(mistakes) -> None:
    port = {"wire": "cups", "queue": "desk"}
    printer = {"kind": "escpos", "port": port}
    changes = {"kiosks[0].printer.port": port, "counter_terminals[0].printer": printer}
    assert mistakes(changes) == []
