"""Hotplug: finds a device again on whatever port it comes back, by the stable names of udev or by its USB identity."""

import glob
import os
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

BY_ID, BY_PATH = "/dev/serial/by-id", "/dev/serial/by-path"
SYSTEM = "/sys"

_MOST_IDENTITY = 4096


class SerialPlaces:
    """Remembers under which stable name each configured port was opened.

    A port configured as /dev/ttyUSB0 is followed by its name in by-id, wherever it turns up, and another device that
    took the place is not touched. Without such a name it is followed by its socket (by-path), else by what is configured.
    """

    def __init__(self, by_id: str = BY_ID, by_path: str = BY_PATH) -> None:
        self._by_id = by_id
        self._by_path = by_path
        self._gate = threading.Lock()
        self._names: dict[str, str] = {}

    def find(self, path: str) -> str:
        """Return where the port configured as `path` is to be opened; `*` in it takes the first that is there."""
        with self._gate:
            known = self._names.get(path)
        if "*" in path:
            return known if known and os.path.exists(known) else _first(path)
        if known and (os.path.exists(known) or known.startswith(self._by_id)):
            return known
        return path

    def remember(self, path: str, opened: str) -> None:
        """The port configured as `path` was opened at `opened`."""
        stable = (self._by_id, self._by_path)
        name = opened if "*" in path or path.startswith(stable) else _link_to(opened, stable)
        if name:
            with self._gate:
                self._names[path] = name


def usb_printers(path: str, identity: str, system: str = SYSTEM) -> list[str]:
    """Return the ports that `path` matches (with `*`, several) with `identity` in their IEEE 1284 identity or serial number."""
    found = sorted(glob.glob(path)) if "*" in path else [path]
    return [port for port in found if not identity or identity in usb_identity(port, system)]


def usb_identity(port: str, system: str = SYSTEM) -> str:
    """IEEE 1284 identity and serial number of the printer at /dev/usb/lpN, "" if unknown."""
    interface = Path(system, "class", "usbmisc", Path(port).name, "device")
    texts = (_text(interface / "ieee1284_id"), _text(interface.resolve().parent / "serial"))
    return " ".join(text for text in texts if text)


def _first(pattern: str) -> str:
    return next(iter(sorted(glob.glob(pattern))), pattern)


def _link_to(port: str, folders: Sequence[str]) -> str:
    target = os.path.realpath(port)
    links: Iterable[str] = (name for at in folders for name in sorted(glob.glob(f"{at}/*")))
    return next((name for name in links if os.path.realpath(name) == target), "")


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_IDENTITY).decode("utf-8", "replace").strip()
    except OSError:
        return ""
