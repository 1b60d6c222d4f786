"""How a program ends that cannot do its work: the sentence of the code in Vietnamese and English, and exit status 2."""

import contextlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn

import click

from plumbing.durable_files import NewerFileError
from plumbing.sentences import LANGUAGES, load_sentences

WRONG_INPUT = 2
"""Exit status for a configuration, device, port or file that cannot be used."""


def end_with(code: str, data: Mapping[str, str | int]) -> NoReturn:
    """Say what is wrong and what to do, and end."""
    say(code, data)
    sys.exit(WRONG_INPUT)


def say(code: str, data: Mapping[str, str | int]) -> None:
    """Say what is wrong and what to do. Data that is a word of the texts itself is said in the language."""
    for language in LANGUAGES:
        sentences = load_sentences("centerfloor", language)
        words = {
            name: sentences.say(f"{name}.{value}") if sentences.has(f"{name}.{value}") else value
            for name, value in data.items()
        }
        click.echo(sentences.say_code("problem", code, words), err=True)


@contextlib.contextmanager
def clear_about_places(place: Path | str) -> Iterator[None]:
    """A file, folder or port that cannot be used ends the program with its name."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        end_with("place_unusable", {"place": str(error.filename or place), "reason": reason})


@contextlib.contextmanager
def exit_on_newer_file() -> Iterator[None]:
    """Exit if a file of the program's state was written by a later version."""
    try:
        yield
    except NewerFileError as error:
        end_with(error.code, error.data)
