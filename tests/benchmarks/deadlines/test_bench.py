"""A small share of the bench: the rules agree with the oracle, and a wrong rule would be seen."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.deadlines import bench
from benchmarks.deadlines.bench import differing, differing_vectors
from benchmarks.deadlines.cases import deadline_case, oracle, ours


def test_the_vectors_and_the_first_hundred_agree() -> None:
    assert differing_vectors() == []
    assert set(differing(range(100))) == {(False, False)}


@given(st.integers(10_000, 2**40))
def test_any_other_case_agrees(seed: int) -> None:
    case = deadline_case(seed)
    assert ours(case) == oracle(case)


def test_a_difference_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    case = deadline_case(1)
    first, after = oracle(case)
    monkeypatch.setattr(bench, "oracle", lambda _: (first, after + timedelta(minutes=1)))
    assert differing([1]) == [(False, True)]
