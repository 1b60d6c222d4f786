"""What a command tells the person at the terminal: in Vietnamese where the environment asks for it, else in English.

The language is that of POSIX: the first of LC_ALL, LC_MESSAGES and LANG that says something. Lines that programs read
(addresses, codes, tokens, JSON) are the same in every language.
"""

import os
from functools import cache
from typing import Final

import click

from plumbing.sentences import Sentences, load_sentences

_ASKED: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def language() -> str:
    """The language of this terminal."""
    said = next((os.environ[name] for name in _ASKED if os.environ.get(name)), "")
    return "vi" if said.split("_")[0].split(".")[0] == "vi" else "en"


def words(key: str, **data: object) -> str:
    """A sentence of the command."""
    return _sentences(language()).say(key, **data)


def word_of(area: str, code: str) -> str:
    """The words for a code; a code without any stands for itself."""
    sentences, key = _sentences(language()), f"{area}.{code}"
    return sentences.say(key) if sentences.has(key) else code


def tell(key: str, *, err: bool = False, **data: object) -> None:
    """Say a sentence on a line of its own; with `err` on stderr."""
    click.echo(words(key, **data), err=err)


@cache
def _sentences(spoken: str) -> Sentences:
    return load_sentences("centerfloor", spoken)
