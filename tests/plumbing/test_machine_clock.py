"""The clocks of this machine, as far as any machine promises something."""

import time
from pathlib import Path

from plumbing.machine_clock import BootClock, boot_id, boot_seconds, is_synchronised


def test_the_boot_clock_counts_as_the_kernel_says() -> None:
    uptime = float(Path("/proc/uptime").read_text("ascii").split()[0])
    assert abs(boot_seconds() - uptime) < 5
    assert boot_seconds() <= boot_seconds()


def test_a_boot_clock_that_is_faked_is_corrected_by_the_kernels_own() -> None:
    faked = [0.0]
    clock = BootClock(lambda: boot_seconds() + faked[0])
    first = clock()
    assert abs(first - boot_seconds()) < 1
    for leap in (86_400.0, -86_400.0, 0.0):
        faked[0] = leap
        assert abs(clock() - boot_seconds()) < 1
    assert clock() >= first


def test_a_boot_has_one_id() -> None:
    assert boot_id() == Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()


def test_a_time_that_is_not_the_kernels_is_never_called_synchronised() -> None:
    assert isinstance(is_synchronised(time.time()), bool)
    assert not is_synchronised(time.time() + 3_600)
