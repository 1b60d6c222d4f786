"""Parent death signal: `python -m centerfloor.parent_death PARENT MODULE …` runs a module that ends with its parent,
even by kill -9.

The kernel sends SIGTERM when the thread that started the process is gone (prctl(2), PR_SET_PDEATHSIG), so that each
program still ends in its own order. PARENT is the expected parent process; if it is gone already, nothing is started.
On systems without prctl the module runs without the signal.
"""

import ctypes
import os
import runpy
import signal
import sys
from typing import Final

_PR_SET_PDEATHSIG: Final = 1


def command(module: str, *arguments: str) -> list[str]:
    """The command line of one of our modules in this environment, bound to this process; start it from a thread that
    lives as long as it should."""
    return [sys.executable, "-m", __name__, str(os.getpid()), module, *arguments]


def main() -> None:
    """Ask for the signal and become the module."""
    _, parent, module, *arguments = sys.argv
    _end_with_parent()
    if os.getppid() != int(parent):
        sys.exit(0)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _end_with_parent() -> None:
    prctl = getattr(ctypes.CDLL(None, use_errno=True), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))


if __name__ == "__main__":
    main()
