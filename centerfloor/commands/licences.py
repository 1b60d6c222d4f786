"""`centerfloor licences`: the licences of the installed dependencies, read from their metadata; a GPL-only one that ships fails."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import distributions

import click

from centerfloor.terminal import echo

SUITE = "center-floor"
GPL_ONLY = 1
"""Exit status where a dependency that ships may be used under the GPL or AGPL only."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LONGEST = 60
"""Characters: some distributions hold the whole text of their licence in the field."""


@dataclass(frozen=True, slots=True)
class Package:
    """A distribution: its normalised name, its version, its licence as it states it, and what it requires."""

    name: str
    version: str
    licence: str
    requires: tuple[str, ...] = ()


def normalised(name: str) -> str:
    """The name by which PyPI compares (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def stated_licence(fields: Mapping[str, str], classifiers: Iterable[str]) -> str:
    """The SPDX expression if there is one, else the free text, else the classifiers joined by OR, else an empty text."""
    text = fields.get("License-Expression") or fields.get("License") or ""
    named = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License ::")]
    return text if 0 < len(text) <= _LONGEST else " OR ".join(named) or text[:_LONGEST]


def is_gpl_only(licence: str) -> bool:
    """Whether each alternative of a licence is the GPL or AGPL; the LGPL and exceptions for linking are not meant."""
    alternatives = re.split(r"\bOR\b", licence)
    return bool(licence) and all(map(_is_gpl, alternatives))


def _is_gpl(alternative: str) -> bool:
    lesser = re.compile(r"LGPL|Lesser|\bWITH\b", re.IGNORECASE)
    full = re.compile(r"\bA?GPL|(?:Affero )?General Public License", re.IGNORECASE)
    return bool(full.search(alternative)) and not lesser.search(alternative)


def shipped(packages: Mapping[str, Package], root: str = SUITE) -> frozenset[str]:
    """The names of everything that the suite needs at run time, directly or through another; extras are left out."""
    found: set[str] = set()
    open_ = [root]
    while open_:
        package = packages.get(open_.pop())
        if package is None or package.name in found:
            continue
        found.add(package.name)
        needed = (requirement for requirement in package.requires if "extra ==" not in requirement)
        open_ += [normalised(match[0]) for need in needed if (match := _NAME.match(need))]
    return frozenset(found - {root})


def installed() -> Iterator[Package]:
    """Every distribution of this environment."""
    for each in distributions():
        facts = each.metadata
        fields = {key: facts[key] for key in ("License-Expression", "License") if key in facts}
        stated = stated_licence(fields, facts.get_all("Classifier") or [])
        yield Package(normalised(each.name), each.version, stated, tuple(each.requires or ()))


@click.command()
def licences() -> None:
    """List the licences of the installed dependencies.

    What ships comes first, the tools of development after it. Ends with status 1 where something that ships may be used
    under the GPL or AGPL only, or states no licence.
    """
    packages = {package.name: package for package in installed()}
    ships = shipped(packages)
    for package in sorted(packages.values(), key=lambda p: (p.name not in ships, p.name)):
        if package.name != SUITE:
            part = "ships" if package.name in ships else "tool"
            stated = package.licence or "not stated"
            click.echo(f"{part:6}{package.name:28}{package.version:14}{stated}")
    refused = [n for n in sorted(ships) if not (text := packages[n].licence) or is_gpl_only(text)]
    if refused:
        echo("licences.refused", err=True, names=", ".join(refused))
        raise SystemExit(GPL_ONLY)
