"""`kill -9` of a program that prints, at random moments: no ticket lost, none on paper twice without its mark."""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.printing.faults import simulated
from config.model.devices import TcpPort
from drivers.protocols import PrintOutcome
from drivers.simulators.printer.control import tell

SLOW_MM: Final = 150
_LONGEST_LIFE: Final = 1.6
_BEGINNING: Final = 0.4


@dataclass(frozen=True, slots=True)
class Toll:
    """What many deaths cost: tickets in all, those without an outcome, on paper twice, and reported wrongly."""

    kills: int
    tickets: int
    unknown: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def is_none(self) -> bool:
        """Whether nothing was lost, doubled or misreported."""
        return not (self.lost or self.doubled or self.wrong)


def together(tolls: Sequence[Toll]) -> Toll:
    """What several cost in all."""
    return Toll(
        sum(toll.kills for toll in tolls),
        sum(toll.tickets for toll in tolls),
        sum(toll.unknown for toll in tolls),
        tuple(number for toll in tolls for number in toll.lost),
        tuple(number for toll in tolls for number in toll.doubled),
        tuple(number for toll in tolls for number in toll.wrong),
    )


def kill_side_by_side(folder: Path, kills: int, stands: int, seed: int = 4) -> Toll:
    """Share the kills among so many victims, each with a printer of its own."""

    def share(at: int) -> Toll:
        return kill_often(folder / str(at), len(range(at, kills, stands)), seed + at)

    with ThreadPoolExecutor(stands) as pool:
        return together(list(pool.map(share, range(stands))))


def kill_often(folder: Path, kills: int, seed: int = 4) -> Toll:
    """Kill the victim so often, then let it end what is left, and hold its words against the paper."""
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / "paper"
    with simulated(out, "tcp") as port:
        assert isinstance(port, TcpPort)
        tell(out, f"fault slow:{SLOW_MM}")
        for _ in range(kills):
            victim = _start(folder, port.port)
            _until_it_says(folder, victim)
            time.sleep(chance.uniform(0.0, _LONGEST_LIFE - _BEGINNING))
            victim.kill()
            victim.wait()
        tell(out, "heal")
        subprocess.run(_command(folder, port.port, "--drain"), check=True, timeout=120)
        time.sleep(_BEGINNING)
    return _toll(folder, out, kills)


def _command(folder: Path, port: int, *more: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.printing.victim", str(folder), str(port), *more]


def _start(folder: Path, port: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(_command(folder, port), stderr=subprocess.DEVNULL)


def _until_it_says(folder: Path, victim: "subprocess.Popen[bytes]") -> None:
    """Wait for a word of the new life, so that deaths fall into printing and not into starting."""
    said = folder / "said"
    before = said.stat().st_size if said.exists() else 0
    end = time.monotonic() + 20
    while time.monotonic() < end and victim.poll() is None:
        if said.exists() and said.stat().st_size > before:
            return
        time.sleep(0.005)


def _toll(folder: Path, out: Path, kills: int) -> Toll:
    kept: list[str] = []
    told: dict[str, str] = {}
    for line in (folder / "said").read_text("utf-8").splitlines():
        word, number, *outcome = line.split()
        if word == "kept":
            kept.append(number)
        else:
            told[number] = outcome[0]
    shown: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for path in sorted(out.glob("slip-*.json")):
        lines = json.loads(path.read_text("utf-8"))["lines"]
        numbers = [line for line in lines if line[:1] == "N" and line[1:].isdecimal()]
        shown.update(set(numbers))
        if lines and lines[-1] == "HET" and len(numbers) == 1:
            whole.update(numbers)
    wrong = [
        number
        for number, outcome in told.items()
        if (outcome == PrintOutcome.PRINTED and whole[number] != 1)
        or (outcome == PrintOutcome.FAILED and shown[number])
    ]
    return Toll(
        kills,
        tickets=len(set(kept) | told.keys()),
        unknown=sum(outcome == PrintOutcome.UNKNOWN for outcome in told.values()),
        lost=tuple(number for number in kept if number not in told),
        doubled=tuple(number for number, count in shown.items() if count > 1),
        wrong=tuple(wrong),
    )
