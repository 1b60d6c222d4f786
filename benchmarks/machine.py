"""What was measured on: processor, cores, Python, kernel, disk."""

import os
import platform
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

import psutil

_BLOCK: Final = 4096
_TIMES: Final = 200


def described(folder: Path, fsync_ms: float) -> str:
    """The head above the figures. The load is how busy the machine was with other processes before."""
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    lines = (
        f"processor  {_processor()}, {cores} core{'s' if cores > 1 else ''}, load {load:.1f}",
        f"system     Python {platform.python_version()}, {platform.system()} {platform.release()}",
        f"disk       {folder} on {_filesystem(folder)}, fsync of 4 KiB p50 {fsync_ms:.3f} ms",
    )
    return "\n".join(lines)


def fsync_ms(folder: Path) -> float:
    """The median time in which the disk under the folder confirms 4 KiB."""
    file = folder / "fsync"
    block = os.urandom(_BLOCK)
    with file.open("wb", buffering=0) as disk:
        times = [_confirmed(disk.fileno(), block) for _ in range(_TIMES)]
    file.unlink()
    return median(times) * 1e3


def _confirmed(descriptor: int, block: bytes) -> float:
    began = perf_counter()
    os.write(descriptor, block)
    os.fsync(descriptor)
    return perf_counter() - began


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def _filesystem(folder: Path) -> str:
    """The type of the mount that holds the folder: the one with the longest path."""
    holding = {Path(part.mountpoint): part.fstype for part in psutil.disk_partitions(all=True)}
    above = (folder.resolve(), *folder.resolve().parents)
    return next((holding[path] for path in above if path in holding), "unknown")
