"""A stand-in for the commands of CUPS: what they list stands in files, and what `lp` got is kept."""

import stat
from pathlib import Path

import pytest

from drivers.documents import cups
from drivers.transports import cups_commands

_LP = """[ -e "$d/hang" ] && exec sleep 30
[ -e "$d/refuse" ] && { echo "lp: The printer or class does not exist." >&2; exit 1; }
echo "$*" >>"$d/lp.args"; cat >"$d/lp.job"
printf 'office-7 an 1024 Tue\\n\\tStatus: \\n\\tAlerts: job-printing\\n\\tqueued for office\\n' >"$d/jobs"
echo "request id is office-7 (1 file(s))" """
_LPSTAT = """[ -e "$d/silent" ] && exec sleep 30
case "$*" in
  *"-W completed"*) cat "$d/completed" ;;
  *" -o "*) cat "$d/jobs"; n=$(($(cat "$d/asked" 2>/dev/null || echo 0) + 1)); echo $n >"$d/asked"
     if [ -e "$d/after-$n" ]; then . "$d/after-$n"; fi ;;
  *"-a "*) cat "$d/accepting" ;;
  *"-p office"*) cat "$d/printer" ;;
  *) echo "lpstat: Invalid destination name" >&2; exit 1 ;;
esac"""
_CANCEL = """[ -e "$d/stubborn" ] && exit 1
: >"$d/jobs"; printf 'office-7 an 1 Tue\\n\\tAlerts: job-canceled-by-user\\n' >"$d/completed" """


class Office:
    """The queue `office`, idle, as the stand-in lists it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_idle()
        self.put("jobs", "")
        self.put("completed", "")
        self.put("accepting", "office accepting requests since Tue\n")

    def put(self, name: str, text: str = "") -> None:
        """Write what a command lists, or a switch of the stand-in."""
        (self.folder / name).write_text(text, "utf-8")

    def is_idle(self, alerts: str = "none") -> None:
        """Enabled, with these alerts of the printer."""
        self.put("printer", f"printer office is idle.  enabled since Tue\n\tForm mounted:\n\tAlerts: {alerts}\n")  # fmt: skip

    def is_stopped(self) -> None:
        """Disabled, as by `cupsdisable`."""
        self.put("printer", "printer office disabled since Tue -\n\tPaused\n\tAlerts: paused\n")

    def ends(self, after: int, alerts: str) -> None:
        """At so many questions the job is over."""
        self.put(f"after-{after}", f": >\"$d/jobs\"; printf 'office-7 an 1 Tue\\n\\tAlerts: {alerts}\\n' >\"$d/completed\"\n")  # fmt: skip


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    for name, text in (("lp", _LP), ("lpstat", _LPSTAT), ("cancel", _CANCEL)):
        command = tmp_path / name
        command.write_text(f'#!/bin/sh\nd="{tmp_path}"\n{text}\n')
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(cups_commands, "_PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(cups, "_EVERY_SECONDS", 0.0)
    monkeypatch.setattr(cups_commands, "_ASK_SECONDS", 2.0)
    monkeypatch.setattr(cups, "_SEND_SECONDS", 2.0)
    return Office(tmp_path)
