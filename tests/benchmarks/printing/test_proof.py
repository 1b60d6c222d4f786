"""The time of the bench `proof`, counted loosely: machines of tests are busy."""

from benchmarks.printing.proof import status_ms


def test_a_status_of_a_printer_on_serial_is_there_soon(tmp_path) -> None:
    assert min(status_ms(tmp_path / "status", times=5)) < 60
