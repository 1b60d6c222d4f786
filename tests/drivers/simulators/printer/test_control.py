import json
import socket

import pytest

from drivers.simulators.printer.bench import Setup
from drivers.simulators.printer.control import CONTROL_FILE, tell
from drivers.simulators.printer.device import Make
from drivers.simulators.printer.orders import ORDERS
from drivers.simulators.printer.ports.serving import serve_tcp


@pytest.fixture
def running(serve, tmp_path):
    """A printer with a roll of 100 mm; the port of its orders."""
    serve(serve_tcp, "127.0.0.1", 0, setup=Setup(tmp_path, make=Make(roll_mm=100, near_end_mm=50)))
    return int((tmp_path / CONTROL_FILE).read_text())


@pytest.mark.parametrize(
    ("order", "field", "value"),
    [
        ("cover open", "cover_open", True),
        ("paper out", "paper_out", True),
        ("paper low", "near_end", True),
        ("paper in 40", "paper_left_mm", 40),
        ("cutter block", "faults", ["cutter"]),
        ("power off", "power", False),
        ("power cycle", "power_cycles", 1),
        ("fault late:20", "faults", ["late:20"]),
        ("fault dots:512", "traits", ["dots:512"]),
        ("ticket take", "ticket", "away"),
        ("ticket jam", "ticket_jammed", True),
        ("state", "paper_left_mm", 100),
    ],
)
def test_orders_change_the_printer_and_heal_mends_it(running, tmp_path, order, field, value):
    answer = tell(tmp_path, order)
    assert (answer["ok"], answer[field]) == (True, value)
    if order == "ticket jam":
        assert answer["stopped"]
        assert not tell(tmp_path, "ticket free")["stopped"]
    healed = tell(tmp_path, "heal")
    assert (healed["faults"], healed["stopped"]) == ([], False)


@pytest.mark.parametrize(
    "order", ["", "cover", "cover sideways", "fault jam", "fault", "clear x", "paper in much", "ö" * 400]
)  # fmt: skip
def test_what_is_no_order_is_refused(running, tmp_path, order):
    assert tell(tmp_path, order) == {"ok": False, "problem": "unknown_order"}


def test_every_order_is_known(running, tmp_path):
    for order in ORDERS:
        numbers = {"fault": " silent", "clear": " silent"}
        assert tell(tmp_path, order + numbers.get(order, ""))["ok"]


def test_several_hands_and_pieces_of_orders(running):
    with socket.create_connection(("127.0.0.1", running), 5) as one:
        one.sendall(b"cover ")
        with socket.create_connection(("127.0.0.1", running), 5) as other, other.makefile() as said:
            other.sendall(b"paper out\nstate\n")
            assert [json.loads(said.readline())["cover_open"] for _ in range(2)] == [False, False]
        with one.makefile() as said:
            one.sendall(b"open\n")
            answer = json.loads(said.readline())
            assert (answer["cover_open"], answer["paper_out"]) == (True, True)


def test_an_order_without_end_is_cut_off(running):
    with socket.create_connection(("127.0.0.1", running), 5) as hand:
        hand.sendall(b"x" * 2000)
        assert hand.recv(1) == b""


def test_the_file_goes_with_the_printer(serve, running, tmp_path):
    serve.end()
    assert not (tmp_path / CONTROL_FILE).exists()
    with pytest.raises(OSError, match="No such file"):
        tell(tmp_path, "state")
