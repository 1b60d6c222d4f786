import logging

import pytest

from drivers.escpos.back_channel import BackChannel
from drivers.escpos.proof import Proof, await_proof, identity
from drivers.escpos.status import ProcessId, QueuedStatus
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


def test_a_mark_that_is_missing_leaves_the_slip_unproved() -> None:
    whole, torn = (Proof((b"aaaa",), marks=[b"m001", b"m002"]) for _ in range(2))
    for proof, names in ((whole, (b"m001", b"m002", b"aaaa")), (torn, (b"m001", b"aaaa"))):
        for name in names:
            proof.hear(ProcessId(name))
    assert (whole.printed, torn.printed) == (True, False)


def test_all_answers_of_the_queue_must_come() -> None:
    proof = Proof((), fences_due=2)
    proof.hear(QueuedStatus(0))
    assert not proof.worked_off
    proof.hear(QueuedStatus(0))
    assert proof.worked_off
