"""Connections are counted at accept, the most crowded address makes room, and whoever asks is served."""

import contextlib
import select
import socket
from time import monotonic

import pytest

from plumbing.limits import UNHEARD_SECONDS, PlaceLimit
from plumbing.serving.admission import (
    UNHEARD,
    Admission,
    AdmittingListener,
    Standing,
    is_enough,
)

LIMITS = {
    UNHEARD: PlaceLimit(3, 2),
    "silent": PlaceLimit(3, 2),
    "known": PlaceLimit(3, 3),
    "proxied": PlaceLimit(9, 9),
    "busy": PlaceLimit(1, 1),
}
KINDS = {"127.0.0.8": "known", "127.0.0.9": "proxied"}
HEAD = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
HELLO = b"\x16\x03\x01\x00\x04\x01\x00\x00\x00"


@pytest.fixture
def listener():
    admission = Admission(
        LIMITS, lambda key: KINDS.get(key, "silent"), first=("known",), at_once=("proxied",)
    )
    with AdmittingListener(socket.create_server(("127.0.0.1", 0)), admission) as listening:
        yield listening


@pytest.fixture
def call(listener):
    """Connects from an address of loopback, and sends what it is given; the caller's end."""
    callers: list[socket.socket] = []

    def called(address: str, says: bytes = b"") -> socket.socket:
        caller = socket.create_connection(listener.getsockname(), 5, (address, 0))
        callers.append(caller)
        caller.sendall(says)
        return caller

    yield called
    for each in callers:
        each.close()


@pytest.fixture
def accepted(listener):
    """Accepts all that can be; their peer names."""
    wires: list[socket.socket] = []

    def taken() -> list[tuple[str, int]]:
        peers = []
        with contextlib.suppress(BlockingIOError):
            while True:
                wire, peer = listener.accept()
                wires.append(wire)
                peers.append(peer)
        return peers

    yield taken
    for each in wires:
        each.close()


def test_a_silent_connection_is_counted_and_not_handed_out(listener, call, accepted) -> None:
    caller = call("127.0.0.2")
    assert accepted() == []
    assert listener.admission.standing(caller.getsockname()) == Standing(UNHEARD, "127.0.0.2")
    caller.sendall(HEAD[:9])
    assert accepted() == []
    caller.sendall(HEAD[9:])
    assert select.select([listener], [], [], 5)[0]
    assert accepted() == [caller.getsockname()]
    assert listener.admission.standing(caller.getsockname()) == Standing("silent", "127.0.0.2")
    assert listener.admission.count(UNHEARD) == 0


def test_what_was_looked_at_is_still_there_to_be_read(listener, call) -> None:
    call("127.0.0.2", HEAD)
    wire, _ = listener.accept()
    with wire:
        assert wire.recv(100) == HEAD


def test_the_oldest_connection_of_a_crowded_address_is_closed(listener, call, accepted) -> None:
    first, *_ = [call("127.0.0.2") for _ in range(3)]
    assert accepted() == []
    assert first.recv(1) == b""
    assert listener.admission.standing(first.getsockname()) is None
    assert len(listener.admission) == 2


def test_silence_takes_no_place_from_whoever_asks(listener, call, accepted) -> None:
    asking = call("127.0.0.2", HEAD)
    crowd = [call("127.0.0.2") for _ in range(9)]
    assert accepted() == [asking.getsockname()]
    crowd += [call("127.0.0.2") for _ in range(9)]
    assert accepted() == []
    assert listener.admission.standing(asking.getsockname()) == Standing("silent", "127.0.0.2")
    assert [each.recv(1) for each in crowd[:16]] == [b""] * 16


def test_a_connection_that_ends_gives_its_place_back(listener, call) -> None:
    caller = call("127.0.0.2", HEAD)
    wire, peer = listener.accept()
    assert peer == caller.getsockname()
    wire.close()
    wire.close()
    assert listener.admission.standing(peer) is None
    assert len(listener.admission) == 0


@pytest.mark.parametrize("said", [b"", b"GET / HT"])
def test_a_caller_that_leaves_before_it_asked_is_forgotten(listener, call, accepted, said) -> None:
    caller = call("127.0.0.2", said)
    assert accepted() == []
    caller.close()
    assert select.select([listener], [], [], 5)[0]
    assert accepted() == []
    assert len(listener.admission) == 0


def test_a_connection_moves_to_another_kind_and_leaves_room(listener, call, accepted) -> None:
    admission = listener.admission
    call("127.0.0.2", HEAD)
    (peer,) = accepted()
    admission.move(peer, "busy", "an")
    assert [admission.count(kind) for kind in ("silent", "busy")] == [0, 1]
    assert not admission.has_room("busy", "binh")
    call("127.0.0.3", HEAD)
    (other,) = accepted()
    admission.move(other, "busy", "binh")
    assert admission.standing(peer) is None
    admission.move(peer, "silent", "127.0.0.2")
    assert [admission.count(kind) for kind in ("silent", "busy")] == [0, 1]


def test_a_connection_that_was_closed_from_the_other_side_may_give_way(listener, call) -> None:
    caller = call("127.0.0.2", HEAD)
    wire, _ = listener.accept()
    with wire:
        wire.recv(100)
        wire.cut()
        wire.cut()
        assert caller.recv(1) == b""


def test_the_accept_queue_keeps_its_length(listener, call, accepted) -> None:
    listener.listen(1)
    call("127.0.0.2", HEAD)
    assert accepted()


def test_an_address_with_one_connection_is_served_before_the_rest_of_a_crowd(
    call, accepted
) -> None:
    for address in ("127.0.0.2", "127.0.0.2", "127.0.0.3"):
        call(address, HEAD)
    assert [address for address, _ in accepted()] == ["127.0.0.2", "127.0.0.3", "127.0.0.2"]


def test_a_known_address_is_served_first(call, accepted) -> None:
    for address in ("127.0.0.2", "127.0.0.3", "127.0.0.8"):
        call(address, HEAD)
    assert [address for address, _ in accepted()] == ["127.0.0.8", "127.0.0.2", "127.0.0.3"]


def test_a_proxy_has_its_places_before_it_asks(listener, call, accepted) -> None:
    proxied = [call("127.0.0.9") for _ in range(5)]
    assert accepted() == []
    assert listener.admission.count("proxied") == 5
    proxied[0].sendall(HEAD)
    assert accepted() == [proxied[0].getsockname()]
    assert listener.admission.count("proxied") == 5


def test_the_event_loop_is_woken_while_connections_wait(listener, call) -> None:
    for address in ("127.0.0.2", "127.0.0.3"):
        call(address, HEAD)
    assert select.select([listener], [], [], 5)[0]
    first, _ = listener.accept()
    assert select.select([listener], [], [], 5)[0]
    second, _ = listener.accept()
    assert not select.select([listener], [], [], 0)[0]
    first.close()
    second.close()


def test_half_a_head_does_not_keep_the_event_loop_awake(listener, call, accepted) -> None:
    call("127.0.0.2", HEAD[:9])
    # The second look is at what came before the connection was watched.
    assert [accepted(), accepted()] == [[], []]
    assert not select.select([listener], [], [], 0)[0]


def test_a_connection_that_asks_for_nothing_is_closed_in_time(listener, call, accepted) -> None:
    early = call("127.0.0.2")
    assert accepted() == []
    asking = call("127.0.0.3", HEAD)
    assert accepted() == [asking.getsockname()]
    now = monotonic()
    listener.end_overdue(now)
    assert listener.admission.count(UNHEARD) == 1
    listener.end_overdue(now + UNHEARD_SECONDS)
    assert early.recv(1) == b""
    assert listener.admission.standing(early.getsockname()) is None
    assert listener.admission.standing(asking.getsockname()) is not None


def test_all_that_wait_are_closed_with_the_listener(listener, call) -> None:
    silent, other, asking = call("127.0.0.2"), call("127.0.0.2", HEAD), call("127.0.0.3", HEAD)
    wire, _ = listener.accept()
    listener.close()
    wire.close()
    assert silent.recv(1) == b""
    for each in (other, asking):
        with contextlib.suppress(ConnectionResetError):
            assert each.recv(1) == b""
    assert listener.fileno() == -1


@pytest.mark.parametrize(
    ("seen", "enough"),
    [
        (b"", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", False),
        (HEAD, True),
        (HEAD.replace(b"\r", b""), True),
        (HEAD + b"body", True),
        (HELLO[:3], False),
        (HELLO[:-1], False),
        (HELLO, True),
        (HELLO + b"more", True),
        # Neither: it is answered with an error at once.
        (b"\x80\x2e\x01", True),
        (b"\r\nGET", True),
        # A head that is longer than what is looked at.
        (b"GET /" + b"x" * 8_187, True),
    ],
)
def test_a_transport_is_made_for_a_whole_head_only(seen, enough) -> None:
    assert is_enough(seen) is enough
