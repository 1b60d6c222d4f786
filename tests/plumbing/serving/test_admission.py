"""Connections are counted at accept, and the most crowded address makes room."""

import select
import socket

import pytest

from plumbing.limits import PlaceLimit
from plumbing.serving.admission import Admission, AdmittingListener, Standing

LIMITS = {"silent": PlaceLimit(3, 2), "busy": PlaceLimit(1, 1)}


@pytest.fixture
def listener():
    admission = Admission(LIMITS, lambda _: "silent")
    with AdmittingListener(socket.create_server(("127.0.0.1", 0)), admission) as listening:
        yield listening


@pytest.fixture
def call(listener):
    """Connects from an address of loopback; gives the caller's end, the hub's end and the peer name."""
    open_ends: list[socket.socket] = []

    def called(address: str) -> tuple[socket.socket, socket.socket, object]:
        caller = socket.create_connection(listener.getsockname(), 5, (address, 0))
        accepted, peer = listener.accept()
        open_ends.extend((caller, accepted))
        return caller, accepted, peer

    yield called
    for each in open_ends:
        each.close()


def test_the_oldest_connection_of_a_crowded_address_is_closed(listener, call) -> None:
    first, _, peer = call("127.0.0.2")
    call("127.0.0.2")
    call("127.0.0.2")
    assert first.recv(1) == b""
    assert listener.admission.standing(peer) is None
    assert len(listener.admission) == 2


def test_a_connection_that_ends_gives_its_place_back(listener, call) -> None:
    _, accepted, peer = call("127.0.0.2")
    assert listener.admission.standing(peer) == Standing("silent", "127.0.0.2")
    accepted.close()
    accepted.close()
    assert listener.admission.standing(peer) is None
    assert listener.admission.count("silent") == 0


def test_a_connection_moves_to_another_kind_and_leaves_room(listener, call) -> None:
    admission = listener.admission
    _, _, peer = call("127.0.0.2")
    admission.move(peer, "busy", "an")
    assert [admission.count(kind) for kind in LIMITS] == [0, 1]
    assert not admission.has_room("busy", "binh")
    caller, _, other = call("127.0.0.3")
    admission.move(other, "busy", "binh")
    assert admission.standing(peer) is None
    admission.move(peer, "silent", "127.0.0.2")
    assert [admission.count(kind) for kind in LIMITS] == [0, 1]
    caller.close()


def test_a_connection_that_was_closed_from_the_other_side_may_give_way(listener, call) -> None:
    caller, accepted, _ = call("127.0.0.2")
    accepted.cut()
    accepted.cut()
    assert caller.recv(1) == b""


def test_the_accept_queue_keeps_its_length(listener, call) -> None:
    listener.listen(1)
    assert call("127.0.0.2")[2] is not None


def test_an_address_with_one_connection_is_served_before_the_rest_of_a_crowd(listener) -> None:
    places = ["127.0.0.2", "127.0.0.2", "127.0.0.3"]
    callers = [socket.create_connection(listener.getsockname(), 5, (each, 0)) for each in places]
    accepted = [listener.accept() for _ in callers]
    with pytest.raises(BlockingIOError):
        listener.accept()
    assert [peer[0] for _, peer in accepted] == ["127.0.0.2", "127.0.0.3", "127.0.0.2"]
    for each in (*callers, *(wire for wire, _ in accepted)):
        each.close()


def test_the_event_loop_is_woken_while_connections_wait(listener) -> None:
    callers = [
        socket.create_connection(listener.getsockname(), 5, (f"127.0.0.{n}", 0)) for n in (2, 3)
    ]
    assert select.select([listener], [], [], 5)[0]
    first, _ = listener.accept()
    assert select.select([listener], [], [], 5)[0]
    second, _ = listener.accept()
    assert not select.select([listener], [], [], 0)[0]
    for each in (*callers, first, second):
        each.close()


def test_a_flood_is_closed_before_anything_is_made_for_it(listener) -> None:
    callers = [
        socket.create_connection(listener.getsockname(), 5, ("127.0.0.2", 0)) for _ in range(9)
    ]
    accepted, _ = listener.accept()
    assert [each.recv(1) for each in callers[:7]] == [b""] * 7
    assert listener.admission.count("silent") == 2
    listener.close()
    assert callers[7].recv(1) == b""
    assert listener.fileno() == -1
    for each in (*callers, accepted):
        each.close()


def test_a_connection_that_asks_is_spared_for_silent_ones(listener, call) -> None:
    caller, _, asking = call("127.0.0.2")
    caller.send(b"GET")
    silent, _, peer = call("127.0.0.2")
    call("127.0.0.2")
    assert silent.recv(1) == b""
    assert listener.admission.standing(peer) is None
    assert listener.admission.standing(asking) is not None
