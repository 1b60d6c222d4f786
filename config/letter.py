"""Words the mistakes of a configuration as one letter for the person who must correct it."""

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from config.errors import ConfigurationError, Mistake, MistakeCode

LANGUAGES = ("vi", "en")

_LONGEST_LIST = 12


def render(error: ConfigurationError, language: str = "vi") -> str:
    """The letter: every mistake with its place, what was found, what is allowed, what was meant."""
    words = _texts(language)["letter"]
    title = _title(words, "title", ("mistake", "mistakes"), error.file, error.mistakes)
    points = [_point(mistake, language) for mistake in error.mistakes]
    return "\n\n".join([title, *points, words["end"].format(file=error.file)]) + "\n"


def render_advice(file: Path, advice: tuple[Mistake, ...], language: str = "vi") -> str:
    """What is worth a look in a file that can be used; empty without advice."""
    if not advice:
        return ""
    words = _texts(language)["letter"]
    title = _title(words, "advice_title", ("point", "points"), file, advice)
    return "\n\n".join([title, *(_point(mistake, language) for mistake in advice)]) + "\n"


def sentence(mistake: Mistake, language: str = "vi") -> str:
    """The sentence alone, without its place."""
    texts = _texts(language)
    said: str = texts["mistakes"][mistake.code].format(
        found=mistake.found, allowed=_allowed(mistake, texts), other=mistake.other
    )
    if mistake.suggestion:
        guess = texts["letter"]["did_you_mean"].format(suggestion=mistake.suggestion)
        said = f"{said} {guess}"
    return said


def _title(
    words: dict[str, str], key: str, noun: tuple[str, str], file: Path, points: tuple[Mistake, ...]
) -> str:
    one, many = noun
    named = words[one if len(points) == 1 else many]
    return words[key].format(file=file, count=len(points), mistakes=named)


def _point(mistake: Mistake, language: str) -> str:
    words = _texts(language)["letter"]
    place = mistake.path or words["whole_file"]
    if mistake.line:
        place += f" ({words['line'].format(line=mistake.line)})"
    return f"  {place}\n    {sentence(mistake, language)}"


def _allowed(mistake: Mistake, texts: dict[str, Any]) -> str:
    match mistake.code:
        case MistakeCode.WRONG_TYPE:
            named = [texts["types"][kind] for kind in mistake.allowed]
        case MistakeCode.PATTERN:
            named = [texts["patterns"].get(p, p) for p in mistake.allowed]
        case _:
            named = list(mistake.allowed[:_LONGEST_LIST])
            named += ["…"] if len(mistake.allowed) > _LONGEST_LIST else []
    return ", ".join(named)


@cache
def _texts(language: str) -> dict[str, Any]:
    text = files("config").joinpath("texts", f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
