"""The table of benches."""

import pytest

from benchmarks.registry import BENCHES, bench


@pytest.mark.parametrize("name", BENCHES)
def test_every_bench_of_the_table_can_be_run(name: str) -> None:
    assert callable(bench(name))
