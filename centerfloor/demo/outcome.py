"""Outcome of the demonstration: expected counts compared with those of the hub and with the slips on paper."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
from pyzbar import pyzbar

NAMES = ("issued", "printed", "called", "shown", "announced", "looked_up")


@dataclass(frozen=True, slots=True)
class DemoOutcome:
    """The hub's counts by name, and a sentence for each error; without errors the morning was right."""

    counts: Mapping[str, int]
    lost: int
    wrong: tuple[str, ...]

    @property
    def line(self) -> str:
        """The summary in one line."""
        said = [f"{name.replace('_', '-')} {self.counts.get(name, 0)}" for name in NAMES]
        return " · ".join([*said, f"lost {self.lost}"])


def compare_counts(
    counts: Mapping[str, int], expected: Mapping[str, int], slips: Path, numbers: set[str]
) -> DemoOutcome:
    """Compare the hub's counts with the expected ones, and the slips with the numbers that were issued."""
    wrong = [
        f"{name}: {counts.get(name, 0)} instead of {wanted}"
        for name, wanted in expected.items()
        if counts.get(name, 0) != wanted
    ]
    printed: list[str] = []
    for path in sorted(slips.glob("slip-*.json")):
        slip: dict[str, Any] = json.loads(path.read_text("utf-8"))
        number = next((n for n in numbers if _says(slip, n)), None)
        if number is None:
            wrong.append(f"{path.name} bears no number that was given")
            continue
        printed.append(number)
        if not _qr_reads(path.with_suffix(".png"), slip):
            wrong.append(f"the QR of {path.name} cannot be read from its picture")
    lost = len(numbers - set(printed))
    if lost:
        wrong.append(f"no slip for {', '.join(sorted(numbers - set(printed)))}")
    if len(printed) != len(set(printed)):
        wrong.append("a number was printed twice")
    return DemoOutcome(counts, lost, tuple(wrong))


def with_marks(outcome: DemoOutcome, marks: int) -> DemoOutcome:
    """The outcome with what the fairness report of the morning leaves unexplained."""
    if not marks:
        return outcome
    return replace(outcome, wrong=(*outcome.wrong, f"the fairness report has {marks} marks"))


def _says(slip: Mapping[str, Any], number: str) -> bool:
    return any("".join(line.split()) == number for line in slip["lines"])


def _qr_reads(picture: Path, slip: Mapping[str, Any]) -> bool:
    """Whether an independent decoder reads in the picture what the printer was sent."""
    image = cv2.imread(str(picture), cv2.IMREAD_GRAYSCALE)
    read = {
        code.data.decode()
        for code in pyzbar.decode(image)  # type: ignore[no-untyped-call]  # pyzbar has no types
        if code.type == "QRCODE"
    }
    return bool(slip["qr"]) and set(slip["qr"]) <= read
