"""`python -m centerfloor.parent_death PARENT MODULE …`: a module as a program that ends with who started it, even by kill -9.

The kernel sends SIGTERM when the thread that started it is gone (prctl(2), PR_SET_PDEATHSIG), so that each program
still ends in its own order. PARENT is the process that must be there; where it is gone already, nothing is started.
Where there is no prctl, the module runs as it would alone.
"""

import ctypes
import os
import runpy
import signal
import sys
from typing import Final

_PR_SET_PDEATHSIG: Final = 1


def command(module: str, *arguments: str) -> list[str]:
    """The command line of one of our modules in this environment, tied to this process; start it from a thread that stays."""
    return [sys.executable, "-m", __name__, str(os.getpid()), module, *arguments]


def main() -> None:
    """Tie this process and become the module."""
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
