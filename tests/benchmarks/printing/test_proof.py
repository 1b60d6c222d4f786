"""The two times of the bench `proof`, counted loosely: machines of tests are busy."""

from benchmarks.figures import percentile
from benchmarks.printing.proof import neighbour_ms, status_ms


def test_a_status_of_a_printer_on_serial_is_there_soon(tmp_path) -> None:
    assert min(status_ms(tmp_path / "status", times=5)) < 60


def test_a_hung_printer_holds_up_no_other_device(tmp_path) -> None:
    assert percentile(neighbour_ms(tmp_path / "beside", hung=True, times=200), 0.5) < 5
