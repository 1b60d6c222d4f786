"""Folder of printed slips with a limit: slip-0001.png is the paper, slip-0001.json its contents, written last."""

import io
import json
import os
import re
from pathlib import Path

from drivers.simulators.printer.mechanics.paper import PaperSlip

MOST_SLIPS = 10_000

_NAME = re.compile(r"slip-(\d+)\.(?:png|json)")


class SlipFolder:
    """Numbers go on where the folder's last one ended; of more than `most` slips the oldest are taken away."""

    def __init__(self, folder: Path, most: int = MOST_SLIPS) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._most = most
        found = (_NAME.fullmatch(path.name) for path in folder.iterdir())
        self._last = max((int(match.group(1)) for match in found if match), default=0)

    def keep(self, slip: PaperSlip, *, cut: bool) -> None:
        """Write one slip; each file appears whole or not at all."""
        self._last += 1
        name = _name(self._last)
        png = io.BytesIO()
        slip.image.save(png, "PNG", dpi=(203, 203))
        facts = {
            "slip": self._last,
            "lines": slip.lines,
            "qr": slip.qr,
            "barcodes": slip.barcodes,
            "cut": cut,
            "picture": f"{name}.png",
            "glyphs": slip.glyphs,
            "identities": slip.identities,
            "dots": slip.dots,
            "raster_rows": slip.raster_rows,
            "cut_through": slip.cut_through,
            "unknown": slip.unknown,
            "full_cut": slip.is_full_cut,
            "blank": slip.is_blank,
        }
        self._write(f"{name}.png", png.getvalue())
        self._write(f"{name}.json", json.dumps(facts, ensure_ascii=False, indent=2).encode())
        if (old := self._last - self._most) > 0:
            (self._folder / f"{_name(old)}.png").unlink(missing_ok=True)
            (self._folder / f"{_name(old)}.json").unlink(missing_ok=True)

    def _write(self, name: str, data: bytes) -> None:
        fresh = self._folder / f".{name}.{os.getpid()}"
        fresh.write_bytes(data)
        fresh.replace(self._folder / name)


def _name(number: int) -> str:
    return f"slip-{number:04d}"
