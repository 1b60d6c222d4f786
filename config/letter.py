"""Letter with all validation errors of a configuration, for the person who must correct it."""

from functools import cache
from pathlib import Path

from config.errors import ConfigurationError, Mistake, MistakeCode
from plumbing.sentences import Sentences, load_sentences

_LONGEST_LIST = 24


def render(error: ConfigurationError, language: str = "vi") -> str:
    """The letter: every mistake with its place, what was found, what is allowed, what was meant."""
    words = _sentences(language)
    title = words.say("letter.title", file=error.file, count=len(error.mistakes))
    end = words.say("letter.end", file=error.file)
    return "\n\n".join([title, *(_point(m, words) for m in error.mistakes), end]) + "\n"


def render_advice(file: Path, advice: tuple[Mistake, ...], language: str = "vi") -> str:
    """What is worth a look in a file that can be used; empty without advice."""
    if not advice:
        return ""
    words = _sentences(language)
    title = words.say("letter.advice_title", file=file, count=len(advice))
    return "\n\n".join([title, *(_point(m, words) for m in advice)]) + "\n"


def render_forms(folder: Path, mistakes: tuple[Mistake, ...], language: str = "vi") -> str:
    """What is wrong with a centre's own templates of forms; empty where nothing is."""
    if not mistakes:
        return ""
    words = _sentences(language)
    title = words.say("letter.forms_title", file=folder, count=len(mistakes))
    return "\n\n".join([title, *(_point(m, words) for m in mistakes)]) + "\n"


def sentence(mistake: Mistake, language: str = "vi") -> str:
    """The sentence of one mistake, without its place."""
    return printable(_said(mistake, _sentences(language)))


def printable(text: str) -> str:
    """Text out of a file, escaped: no characters that move a cursor, colour a terminal or turn the line around."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def _said(mistake: Mistake, words: Sentences) -> str:
    said = words.say(
        f"mistakes.{mistake.code}",
        found=mistake.found,
        allowed=_allowed(mistake, words),
        other=mistake.other,
    )
    if mistake.suggestion:
        said += " " + words.say("letter.did_you_mean", suggestion=mistake.suggestion)
    return said


def _point(mistake: Mistake, words: Sentences) -> str:
    place = mistake.path or words.say("letter.whole_file")
    if mistake.line:
        place += f" ({words.say('letter.line', line=mistake.line)})"
    return f"  {printable(place)}\n    {printable(_said(mistake, words))}"


def _allowed(mistake: Mistake, words: Sentences) -> str:
    match mistake.code:
        case MistakeCode.WRONG_TYPE:
            named = [words.say(f"types.{kind}") for kind in mistake.allowed]
        case MistakeCode.PATTERN:
            named = [words.say(f"patterns.{pattern}") for pattern in mistake.allowed]
        case MistakeCode.SYNTAX:
            data = {"found": mistake.found, "other": mistake.other}
            kinds = [k if words.has(f"syntax.{k}") else "other" for k in mistake.allowed]
            named = [words.say(f"syntax.{kind}", **data) for kind in kinds]
        case _:
            named = list(mistake.allowed[:_LONGEST_LIST])
            named += ["…"] if len(mistake.allowed) > _LONGEST_LIST else []
    return ", ".join(named)


@cache
def _sentences(language: str) -> Sentences:
    return load_sentences("config", language)
