"""npm's receiptio, a status client by other hands, reads the simulated printer as it reads a real one."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from drivers.simulators.printer.bench import Setup
from drivers.simulators.printer.control import tell
from drivers.simulators.printer.ports.serving import serve_tcp

CLIENT = Path(__file__).parent / "receiptio"
NODE = shutil.which("node")

pytestmark = [
    pytest.mark.skipif(NODE is None, reason="no node here: receiptio runs in it"),
    pytest.mark.skipif(
        not (CLIENT / "node_modules" / "receiptio").is_dir(),
        reason="receiptio is not installed: `./run test` does it where npm is",
    ),
]


@pytest.fixture
def printer(serve, tmp_path):
    """Start a printer with these faults; its port."""
    return lambda *faults: serve(serve_tcp, "127.0.0.1", 0, setup=Setup(tmp_path, faults))


def verdict(port, *markdown):
    assert NODE is not None
    asked = subprocess.run(
        [NODE, CLIENT / "ask.js", str(port), *markdown],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return asked.stdout.strip()


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        ((), "online"),
        (("near-end",), "online"),
        (("paper-out",), "paperempty"),
        (("cover-open",), "coveropen"),
        (("broken",), "error"),
        (("silent",), "offline"),
    ],
    ids=["online", "low", "out", "cover", "error", "silent"],
)
def test_each_state_gets_the_right_verdict(printer, faults, said):
    assert verdict(printer(*faults)) == said


def test_a_slip_is_printed_with_success_and_stands_on_the_paper(printer, tmp_path):
    assert (
        verdict(printer("near-end"), "Asparagus | 1.00\n{code:A1042; option:code128}\n=")
        == "success"
    )
    slip = json.loads((tmp_path / "slip-0001.json").read_text())
    assert slip["lines"] == ["Asparagus" + " " * 35 + "1.00"]
    assert slip["barcodes"] == ["A1042"]


def test_a_jam_is_an_error_until_the_cutter_is_free_and_the_client_recovers_by_itself(
    printer, tmp_path
):
    port = printer("cutter")
    assert verdict(port, "Jam\n=") == "error"
    assert verdict(port) == "error"
    tell(tmp_path, "cutter free")
    # It sends DLE ENQ 2, which gives up what the printer held, and asks again.
    assert verdict(port) == "error"
    assert verdict(port) == "online"
