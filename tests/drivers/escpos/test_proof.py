import logging

import pytest

from drivers.escpos.back_channel import BackChannel
from drivers.escpos.proof import Proof, await_proof, identity
from drivers.transports.memory import memory_pair


def test_identities_are_printable_and_differ() -> None:
    names = [identity(f"job/{count}") for count in range(200)]
    assert len(set(names)) == 200
    assert all(0x21 <= byte <= 0x7E for name in names for byte in name)


def test_all_names_must_come_back_in_their_order() -> None:
    proof = Proof((b"aaaa", b"bbbb"))
    proof.name(b"bbbb")
    proof.name(b"aaaa")
    assert not proof.printed
    proof.name(b"bbbb")
    assert proof.printed


@pytest.mark.parametrize(
    ("answers", "printed", "worked_off"),
    [
        (b"\x37\x22aaaa\x00\x00", True, True),
        (b"\x37\x22zzzz\x00\x00", False, True),
        (b"\x37\x22aaaa\x00", True, False),
        (b"", False, False),
    ],
)
def test_what_comes_back_is_proof(answers, printed, worked_off, monkeypatch) -> None:
    monkeypatch.setattr("drivers.escpos.proof._SECOND_PROOF_SECONDS", 0.02)
    ours, printer = memory_pair("p")
    printer.write(answers, 1.0)
    proof = Proof((b"aaaa",))
    await_proof(BackChannel(ours, logging.getLogger("p")), proof, 0.05)
    assert (proof.printed, proof.worked_off) == (printed, worked_off)


def test_a_lost_wire_ends_the_waiting_and_keeps_what_was_proved() -> None:
    ours, printer = memory_pair("p")
    printer.write(b"\x37\x22aaaa\x00", 1.0)
    printer.close()
    proof = Proof((b"aaaa",))
    await_proof(BackChannel(ours, logging.getLogger("p")), proof, 60.0)
    assert proof.printed
