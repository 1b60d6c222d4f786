"""The writer's queue: bounded, in order, and empty of nothing that was taken."""

from time import monotonic

from hub.floor import intake as module
from hub.floor.decider import Inquiry
from hub.floor.intake import MOST_AT_ONCE, MOST_WAITING, Intake


def inquiry(code: str) -> Inquiry:
    return Inquiry(code, lambda _: None)


def filled(*codes: str) -> Intake:
    intake: Intake = Intake()
    intake.open()
    assert all(intake.submit(inquiry(code)) for code in codes)
    return intake


def codes(batch) -> list[str]:
    return [item.code for item in batch]


def test_a_closed_queue_takes_nothing_and_gives_out_what_it_has() -> None:
    assert not Intake().submit(inquiry("A1"))
    intake = filled("A1", "A2")
    intake.close()
    assert not intake.submit(inquiry("A3"))
    batch, goes_on = intake.gather(0.0)
    assert (codes(batch), goes_on) == (["A1", "A2"], True)


def test_the_limit_refuses_what_is_too_much() -> None:
    intake = filled(*(f"A{n}" for n in range(MOST_WAITING)))
    assert not intake.submit(inquiry("B1"))
    batch, _ = intake.gather(0.0)
    assert len(batch) == MOST_AT_ONCE
    assert intake.submit(inquiry("B1"))


def test_the_end_comes_after_what_was_taken() -> None:
    intake = filled("A1")
    intake.end()
    batch, goes_on = intake.gather(0.0)
    assert (codes(batch), goes_on) == (["A1"], False)


def test_a_batch_is_extended_in_order_and_not_beyond_its_limit(monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_AT_ONCE", 3)
    intake = filled("A1", "A2", "A3", "A4")
    batch = [inquiry("A0")]
    assert codes(intake.extend(batch, 0.0)) == ["A1", "A2"]
    assert codes(batch) == ["A0", "A1", "A2"]


def test_the_end_is_left_for_the_next_batch() -> None:
    intake = filled("A1")
    intake.end()
    batch = [inquiry("A0")]
    assert codes(intake.extend(batch, monotonic() + 60)) == ["A1"]
    assert intake.gather(0.0) == ([], False)
