import subprocess
import sys
import time

import pytest

from config.model import printer_database
from config.model.printer_database import database, listed_facts, listed_models, title_of

LOOK_UP = """
import logging, os, sys, tempfile
from config.model.printers import model_names, printer_profile
before = dict(os.environ), set(os.listdir(tempfile.gettempdir())), list(logging.root.handlers)
assert "TM-T88V" in model_names()
assert printer_profile("TM-T88V").width_dots.value == 512
assert before == (dict(os.environ), set(os.listdir(tempfile.gettempdir())), logging.root.handlers)
assert not [name for name in sys.modules if name.partition(".")[0] in {"escpos", "yaml"}]
"""


@pytest.mark.slow
def test_a_look_up_imports_nothing_of_the_library_and_leaves_no_trace(tmp_path) -> None:
    environment = {"TMPDIR": str(tmp_path), "PYTHONPATH": ":".join(sys.path)}
    run = subprocess.run(
        [sys.executable, "-c", LOOK_UP], env=environment, capture_output=True, text=True
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_the_database_is_read_in_milliseconds() -> None:
    taken = []
    for _ in range(5):
        database.cache_clear()
        began = time.process_time()
        database()
        taken.append(time.process_time() - began)
    assert min(taken) < 0.02


def test_facts_carry_their_source() -> None:
    facts = listed_facts("TM-T20II")
    assert facts["tcvn3_pages"] == {"value": (30, 31), "source": "list: TM-T20II"}
    assert facts["paper_mm"]["value"] == 80
    assert listed_facts("KR-306")["tcvn3_pages"]["value"] == ()


@pytest.mark.parametrize("model", ["TEP-200M", "TUP500", "default"])
def test_an_unknown_width_is_left_out(model) -> None:
    assert not {"width_dots", "paper_mm"} & set(listed_facts(model))


def test_titles_name_the_maker_once() -> None:
    assert title_of("TM-T88IV-SA") == "Epson TM-T88IV South Asia"
    assert title_of("Sunmi-V2") == "Sunmi V2"
    assert "TH230Plus" in listed_models()


def test_a_missing_library_is_named(monkeypatch) -> None:
    monkeypatch.setattr(printer_database, "LIBRARY", "no_such_library")
    database.cache_clear()
    with pytest.raises(ModuleNotFoundError, match="python-escpos"):
        database()
    database.cache_clear()
