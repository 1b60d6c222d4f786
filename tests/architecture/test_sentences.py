"""Every key that is said exists, and every key that exists is said."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from plumbing.languages import HOUSE_LANGUAGE
from plumbing.sentences import load_sentences

ROOT = Path(__file__).resolve().parents[2]

SPEAKERS = {
    "centerfloor": ("centerfloor",),
    "config": ("config",),
    "counter_terminal": ("counter_terminal", "config/slips"),
    "hub.reports": ("hub/reports", "hub/web/console", "centerfloor"),
    "hub.web": ("hub/web",),
    "hub.web.console": ("hub/web/console",),
    "kiosk": ("kiosk", "config/slips"),
    "queue_display": ("queue_display",),
}
"""Which folders take their sentences from which package."""

COMPUTED = {
    "centerfloor": {
        "calibrate.": "parts of the calibration slip",
        "confidence.": "what proves a print job",
        "day.": "states of tickets on the day's slip",
        "deed.": "kinds of deeds with accounts",
        "flaw.": "what is wrong with a journal",
        "job.": "outcomes of print jobs",
        "document.": "states of a document in a print queue",
        "person.": "ways by which a deed was done",
        "printer_window.": "states and faults of the simulated printer",
        "problem.": "codes with which a program ends",
        "reason.": "why a device cannot be used",
        "role.": "roles of devices and people",
        "row.": "why a row of an import was refused",
        "trait.": "peculiarities of procedures",
    },
    "config": {
        "mistakes.": "codes of mistakes",
        "patterns.": "patterns of texts in the model",
        "syntax.": "kinds of syntax errors",
        "types.": "types of values",
    },
    "counter_terminal": {
        "actions.": "actions of an officer",
        "cancel_reason.": "common reasons for which a ticket is cancelled",
        "no_show_reason.": "common reasons for which a ticket is marked absent early",
        "camera.": "states of the camera",
        "counter_state.": "states of a counter",
        "dossier.": "what a scan meant",
        "file.": "why a dropped file gives no code",
        "limit.": "units of a procedure's time limit",
        "paper.": "outcomes of a ticket's slip",
        "papers.": "papers and their outcomes",
        "printer.": "conditions of a printer",
        "refusal.": "codes of the floor and of the hub",
        "reprint_reason.": "why a slip is printed again",
        "scanned_ticket.": "states of a scanned ticket",
        "standing.": "standings of a dossier",
        "status.": "statuses of a dossier",
        "strip.scanner_": "states of the scanner",
        "ticket.priority_": "whether a claim was confirmed",
    },
    "hub.reports": {
        "fairness.cause.": "causes of a call",
        "fairness.claim.": "whether a claim was confirmed",
        "fairness.column.": "columns of the tables",
        "fairness.ground.": "what a way rests on",
        "fairness.reprint_reason.": "why a slip was printed again",
        "fairness.way.": "ways into and out of the queue",
        "fairness.not_known": "said by the page through its own prefix",
        "fairness.head.": "headings of the page",
        "fairness.decimal": "said by the page through its own prefix",
        "fairness.more": "said by the page through its own prefix",
        "fairness.plan": "said by the page through its own prefix",
    },
    "hub.web": {
        "busy_title": "kinds of pages without a ticket",
        "unknown_title": "kinds of pages without a ticket",
        "row.": "why a pushed dossier was refused",
        "span.": "spans of time, in minutes or hours",
        "state.": "states of a ticket",
    },
    "hub.web.console": {
        "area.": "areas of the console",
        "claim.": "whether a claim was confirmed",
        "clock.why.": "why a clock is held",
        "condition.": "conditions of a printer",
        "counter_state.": "states of a counter",
        "deed.": "kinds of deeds with accounts",
        "device_state.": "states of a device",
        "devices.problem.": "why a device is not enrolled",
        "done.": "what was done at a counter",
        "fairness.only.": "filters of calls",
        "fairness.problem.": "why there is no report",
        "greeter.problem.": "why a code leads to nothing",
        "greeter.reprint_": "outcomes of a reprint",
        "greeter.slip_": "outcomes of a ticket's slip",
        "no.": "why a page cannot be opened",
        "officers.problem.": "why a PIN is not set",
        "overview.called": "states of a ticket at a counter",
        "overview.serving": "states of a ticket at a counter",
        "per.": "what a quota is counted by",
        "person.": "ways by which a deed was done",
        "refusal.": "codes of the floor and of the hub",
        "reprint_reason.": "why a slip is printed again",
        "role.": "roles of devices and people",
        "sign_in.": "why nobody was signed in",
        "span.": "spans of time, in minutes or hours",
        "standing.": "standings of a dossier",
        "state.": "states of a ticket",
        "status.": "statuses of a dossier",
    },
    "kiosk": {
        "dossier.": "stages of a look-up",
        "limit.": "units of a procedure's time limit",
        "refused.": "codes of the floor and of the hub",
        "scanned.": "what a scan meant, with its advice",
        "span.": "spans of time, in minutes or hours",
        "standing.": "standings of a dossier",
        "status.": "statuses of a dossier",
        "ticket.": "outcomes of a slip, with their advice",
    },
    "queue_display": {
        "announcement.": "kinds of announcements",
        "sign.": "states of a counter's sign",
    },
}
"""Beginnings of keys that are computed, with what they are computed from."""


@cache
def words_of(package: str, product: tuple[Any, ...]) -> frozenset[str]:
    """Every text constant in the folders of a package's speakers."""
    found: set[str] = set()
    for folder in SPEAKERS[package]:
        for source in product:
            if source.name.startswith(f"{folder}/"):
                constants = (constant.value for constant in source.nodes(ast.Constant))
                found |= {value for value in constants if isinstance(value, str)}
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in {".html", ".qml"}:
                text = file.read_text("utf-8")
                found |= set(re.findall(r'"([a-z_.\-]+)"', text))
                found |= {f"kiosk.t.{name}" for name in re.findall(r"kiosk\.t\.(\w+)", text)}
    return frozenset(found)


def keys_of(package: str) -> set[str]:
    return set(load_sentences(package, HOUSE_LANGUAGE).entries)


def is_said(key: str, words: frozenset[str]) -> bool:
    return key in words or f"kiosk.t.{key.replace('.', '_')}" in words


def test_every_package_with_texts_has_speakers() -> None:
    assert SPEAKERS.keys() == COMPUTED.keys()
    assert [package for package in SPEAKERS if not keys_of(package)] == []


@pytest.mark.parametrize("package", SPEAKERS)
def test_every_key_is_said(package, product) -> None:
    words, computed = words_of(package, product), tuple(COMPUTED[package])
    unsaid = [key for key in keys_of(package) if not is_said(key, words)]
    assert [key for key in unsaid if not key.startswith(computed)] == []


@pytest.mark.parametrize("package", SPEAKERS)
def test_every_declared_beginning_is_needed(package, product) -> None:
    words = words_of(package, product)
    unsaid = [key for key in keys_of(package) if not is_said(key, words)]
    needed = {prefix for prefix in COMPUTED[package] if any(k.startswith(prefix) for k in unsaid)}
    assert needed == COMPUTED[package].keys()


def spoken_in(package: str) -> set[str]:
    """The whole keys in calls of `say` and `words`, and in templates."""
    found: set[str] = set()
    call = re.compile(
        r"""\b(?:say|words|echo|flash)\(\s*["']([a-z_]+(?:[.\-][a-z_\-]+)*)["'][,)]"""
    )
    for file in sorted((ROOT / SPEAKERS[package][0]).rglob("*")):
        inner = [
            other for other in SPEAKERS if other != package and other.startswith(f"{package}.")
        ]
        parts = file.relative_to(ROOT).as_posix()
        if any(parts.startswith(other.replace(".", "/") + "/") for other in inner):
            continue
        if file.suffix in {".py", ".html"}:
            found |= set(call.findall(file.read_text("utf-8")))
    return found


@pytest.mark.parametrize("package", SPEAKERS)
def test_every_key_that_is_said_exists(package) -> None:
    folder = SPEAKERS[package][0]
    known = {
        key
        for other, folders in SPEAKERS.items()
        if any(each.startswith(folder) or folder.startswith(each) for each in folders)
        for key in keys_of(other)
    }
    # The page of a report puts `fairness.` before its keys.
    known |= {key.removeprefix("fairness.") for key in known}
    assert {key for key in spoken_in(package) if "." in key} - known == set()
