"""Ports."""

import resource
import socket

import pytest

from hub.errors import HubError, HubProblem
from hub.wire.listening import allow_many_sockets, listen, port_of
from plumbing.limits import FILES


def test_port_0_takes_a_free_one() -> None:
    with listen("127.0.0.1", 0) as listener:
        assert port_of(listener) > 0


def test_a_port_that_somebody_has_is_named() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = port_of(listener)
        with pytest.raises(HubError) as caught:
            listen("127.0.0.1", port)
    assert caught.value.code is HubProblem.PORT_IN_USE
    assert caught.value.data["port"] == port


def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(HubError) as caught:
        listen("192.0.2.1", 0)
    assert caught.value.code is HubProblem.CANNOT_LISTEN
    assert caught.value.data["host"] == "192.0.2.1"


def test_answers_do_not_wait_for_nagle() -> None:
    """Asyncio switches the delay off only for sockets that say they are TCP."""
    with (
        listen("127.0.0.1", 0) as listener,
        socket.create_connection(("127.0.0.1", port_of(listener))),
    ):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.proto == socket.IPPROTO_TCP


def test_a_narrow_habit_of_the_system_is_widened_and_a_wide_one_kept() -> None:
    before, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(1_024, hard), hard))
        allow_many_sockets()
        wide = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert wide == (hard if hard < FILES and hard != resource.RLIM_INFINITY else FILES, hard)
        allow_many_sockets()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == wide
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, hard))
