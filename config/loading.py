"""Parsing and validation of a configuration file (TOML). Either the whole file is right, or one error names all its mistakes."""

import os
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from config.checks import contradictions
from config.checks.characters import check_characters
from config.checks.profiles_file import with_profiles
from config.draft import draft
from config.errors import ConfigurationError, Mistake, MistakeCode
from config.lines import line_of, lines_of
from config.model import Installation
from config.paths import replaced, within
from config.secrets_file import with_secrets
from config.shape import accept, as_json, mistakes_of
from config.short_forms import as_written, without_short_forms
from config.syntax import syntax_mistake
from plumbing.permissions import denial

_PROFILES = re.compile(r"counters(\[\d+\](\.profile.*)?)?$")
_MOST_BYTES = 4_194_304


def load(
    path: Path, overrides: Mapping[str, object] | None = None, *, secrets: bool = False
) -> Installation:
    """The installation in the file, raising ConfigurationError with every mistake in it.

    `overrides` replaces values by their place, e.g. `{"kiosks[0].printer.port.port": 41234}`. With `secrets`, as on the
    hub's machine, the file of tokens and keys is read too, if the configuration names one.
    """
    text = _read(path)
    parsed = with_profiles(path, _parse(path, text), _read, _parse)
    data, mistakes = replaced(with_secrets(path, parsed) if secrets else parsed, overrides or {})
    installation, further = examine(data)
    if mistakes or installation is None:
        raise ConfigurationError(path, with_lines(mistakes + further, text))
    return installation


def examine(data: Mapping[str, Any]) -> tuple[Installation | None, tuple[Mistake, ...]]:
    """The installation that the data describes, or else every mistake in it."""
    plain = without_short_forms(data)
    installation = None
    try:
        installation = accept(plain)
        mistakes = tuple(contradictions(installation))
    except ValidationError as error:
        mistakes = _all_mistakes(mistakes_of(error, plain), plain)
    mistakes += tuple(check_characters(plain))
    return (None if mistakes else installation), tuple(as_written(m, data) for m in mistakes)


def with_lines(mistakes: tuple[Mistake, ...], text: str) -> tuple[Mistake, ...]:
    """The mistakes with the lines of their places, in the order of the file."""
    lines = lines_of(text)
    placed = [m if m.line else replace(m, line=line_of(lines, m.path)) for m in mistakes]
    return tuple(sorted(placed, key=lambda m: (m.line or 0, m.path)))


def _read(path: Path) -> str:
    """The text of the file, normalised to NFC; files above the size limit are refused."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            mistake = Mistake("", MistakeCode.TOO_LARGE, allowed=(f"≤ {_MOST_BYTES}",))
            raise ConfigurationError(path, (mistake,))
        return unicodedata.normalize("NFC", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        mistake = Mistake("", MistakeCode.NOT_UTF8, line=line)
        raise ConfigurationError(path, (mistake,)) from error
    except PermissionError as error:
        denied = denial(path, os.R_OK) or {"user": "?", "owner": "?"}
        mistake = Mistake("", MistakeCode.NOT_ALLOWED, denied["user"], other=denied["owner"])
        raise ConfigurationError(path, (mistake,)) from error
    except OSError as error:
        mistake = Mistake("", MistakeCode.UNREADABLE, error.strerror or type(error).__name__)
        raise ConfigurationError(path, (mistake,)) from error


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        data = tomllib.loads(text)
        as_json(data)
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(path, (syntax_mistake(text, error),)) from error
    return data


def _all_mistakes(shape: tuple[Mistake, ...], data: Mapping[str, Any]) -> tuple[Mistake, ...]:
    """The validation errors and those contradictions that do not merely follow from them."""
    spoilt = tuple(m.path for m in shape)
    further = contradictions(draft(Installation, data))
    return shape + tuple(m for m in further if not _follows(m, spoilt))


def _follows(mistake: Mistake, spoilt: tuple[str, ...]) -> bool:
    """Whether the mistake is about a value that could not be read."""
    if mistake.code is MistakeCode.NOT_SERVED and any(_PROFILES.match(p) for p in spoilt):
        return True
    places = tuple(place for place in (mistake.path, mistake.other) if place)
    return any(within(a, b) or within(b, a) for a in places for b in spoilt)
