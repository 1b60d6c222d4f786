"""Texts of the command line: in Vietnamese if the environment asks for it, else in English.

The language is that of POSIX: the first of LC_ALL, LC_MESSAGES and LANG that is set. Lines that other programs parse
(addresses, codes, tokens, JSON) are the same in every language.
"""

import getpass
import os
from functools import cache
from typing import Final

import click

from plumbing.languages import FOREIGN_LANGUAGE, LANGUAGES
from plumbing.sentences import Sentences, load_sentences

_ASKED: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def language() -> str:
    """The language of this terminal."""
    said = next((os.environ[name] for name in _ASKED if os.environ.get(name)), "")
    asked = said.split("_")[0].split(".")[0]
    return asked if asked in LANGUAGES else FOREIGN_LANGUAGE


def words(key: str, **data: object) -> str:
    """A sentence of the command."""
    return _sentences(language()).say(key, **data)


def words_of_code(area: str, code: str) -> str:
    """The text of a code; a code without one stands for itself."""
    sentences, key = _sentences(language()), f"{area}.{code}"
    return sentences.say(key) if sentences.has(key) else code


def echo(key: str, *, err: bool = False, **data: object) -> None:
    """Print a sentence on a line of its own; with `err` on stderr."""
    click.echo(words(key, **data), err=err)


def acting_user() -> str:
    """The user who gives the command, as the system knows them, for the audit log."""
    # Few commands need it: the import takes longer than most of them.
    from hub.accounts.audit_log import by_command

    try:
        return by_command(getpass.getuser())
    except (OSError, KeyError):
        return by_command("")


@cache
def _sentences(spoken: str) -> Sentences:
    return load_sentences("centerfloor", spoken)
