"""The library's encoder in production: its bytes, and its side effects at import, which must not come through."""

import subprocess
import sys

import pytest

from drivers.escpos import python_escpos

WITHOUT_SIDE_EFFECTS = """
import logging, os, sys, tempfile
before = dict(os.environ), list(logging.root.handlers), logging.root.level
from drivers.escpos import python_escpos
assert "escpos.escpos" in sys.modules
assert not {"escpos.capabilities", "yaml", "appdirs", "usb", "escpos.printer"} & set(sys.modules)
python_escpos.qr_code("A1042", 6), python_escpos.code128(b"{BA1042", 80, 3)
python_escpos.raster(2, 1, b"ab"), python_escpos.justify(1)
assert before == (dict(os.environ), list(logging.root.handlers), logging.root.level)
assert os.listdir(tempfile.gettempdir()) == []
"""

PROGRAMS = """
import sys
import kiosk.app, counter_terminal.app
from drivers.registry import driver_class
assert not [name for name in sys.modules if name.partition(".")[0] == "escpos"]
driver_class("escpos", "kiosk-1")
assert "escpos.escpos" in sys.modules
"""


@pytest.mark.slow
@pytest.mark.parametrize("program", [WITHOUT_SIDE_EFFECTS, PROGRAMS])
def test_the_library_is_imported_late_and_leaves_no_trace(program, tmp_path) -> None:
    environment = {"TMPDIR": str(tmp_path), "PYTHONPATH": ":".join(sys.path)}
    run = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_qr_code_follows_epsons_functions_165_to_181() -> None:
    golden = "1d286b0400314132001d286b03003143061d286b0300314531"
    golden += "1d286b1300315030" + "https://mc.vn/ô".encode().hex() + "1d286b0300315130"
    assert python_escpos.qr_code("https://mc.vn/ô", 6).hex() == golden


def test_a_barcode_has_its_text_below_and_no_font_of_its_own() -> None:
    golden = "1d6850" + "1d7703" + "1d4802" + "1d6b4907" + b"{BA1042".hex()
    assert python_escpos.code128(b"{BA1042", 80, 3).hex() == golden
    assert python_escpos.code128(b"{C\x0c\x63", 1, 2).hex() == "1d68011d77021d48021d6b49047b430c63"


def test_text_attributes() -> None:
    assert [python_escpos.justify(n).hex() for n in range(3)] == ["1b6100", "1b6101", "1b6102"]
    assert [python_escpos.emphasize(on).hex() for on in (False, True)] == ["1b4500", "1b4501"]
    sizes = [python_escpos.character_size(scale).hex() for scale in range(1, 9)]
    assert sizes == [f"1d21{n}{n}" for n in range(8)]


@pytest.mark.parametrize(
    ("width_bytes", "rows", "head"),
    [(1, 1, "1d763000" + "01000100"), (72, 128, "1d763000" + "48008000")],
)
def test_a_picture_goes_dot_by_dot_behind_its_size(width_bytes, rows, head) -> None:
    dots = bytes(n % 251 for n in range(width_bytes * rows))
    assert python_escpos.raster(width_bytes, rows, dots) == bytes.fromhex(head) + dots
