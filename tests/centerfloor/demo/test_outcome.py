"""The demonstration's last word is worth something only if it can be bad."""

import json
from pathlib import Path

import pytest
import qrcode
from PIL import Image

from centerfloor.demo.outcome import compare_counts, with_marks

GOOD = {"issued": 2, "printed": 2, "called": 1, "shown": 1, "announced": 1, "looked_up": 1}


@pytest.fixture
def slips(tmp_path: Path) -> Path:
    for place, number in ((1, "A001"), (2, "B001")):
        write_slip(tmp_path, place, number, f"http://hub/t/{number}")
    return tmp_path


def write_slip(folder: Path, place: int, number: str, told: str, drawn: str | None = None) -> None:
    """A slip as the simulated printer keeps it: `told` in its record, `drawn` in its picture."""
    record = {"lines": ["SỐ THỨ TỰ", " ".join(number)], "qr": [told]}
    (folder / f"slip-{place:04d}.json").write_text(json.dumps(record), "utf-8")
    code = qrcode.QRCode(box_size=6, border=4)
    code.add_data(drawn or told)
    picture = Image.new("L", (640, 480), 255)
    picture.paste(code.make_image().get_image().convert("L"), (100, 40))
    picture.save(folder / f"slip-{place:04d}.png")


def test_a_good_morning_has_nothing_wrong(slips: Path) -> None:
    outcome = compare_counts(GOOD, GOOD, slips, {"A001", "B001"})
    assert outcome.wrong == ()
    assert outcome.line == (
        "issued 2 · printed 2 · called 1 · shown 1 · announced 1 · looked-up 1 · lost 0"
    )


def test_a_mark_in_the_fairness_report_is_told(slips: Path) -> None:
    outcome = compare_counts(GOOD, GOOD, slips, {"A001", "B001"})
    assert with_marks(outcome, 0) is outcome
    assert with_marks(outcome, 2).wrong == ("the fairness report has 2 marks",)


def test_a_number_without_a_slip_is_lost(slips: Path) -> None:
    (slips / "slip-0002.json").unlink()
    outcome = compare_counts(GOOD, GOOD, slips, {"A001", "B001"})
    assert outcome.lost == 1
    assert any("B001" in sentence for sentence in outcome.wrong)


def test_a_count_that_is_not_what_people_did_is_told(slips: Path) -> None:
    outcome = compare_counts(GOOD | {"shown": 0}, GOOD, slips, {"A001", "B001"})
    assert outcome.wrong == ("shown: 0 instead of 1",)


def test_a_number_printed_twice_is_told(slips: Path) -> None:
    write_slip(slips, 3, "A001", "http://hub/t/A001")
    assert "a number was printed twice" in compare_counts(GOOD, GOOD, slips, {"A001", "B001"}).wrong


def test_a_qr_that_reads_otherwise_is_told(slips: Path) -> None:
    write_slip(slips, 2, "B001", "http://hub/t/B001", drawn="http://elsewhere/")
    (sentence,) = compare_counts(GOOD, GOOD, slips, {"A001", "B001"}).wrong
    assert "slip-0002" in sentence
