"""Errors at the end of a process: the sentence of a code in Vietnamese and English on stderr, and exit status 2."""

import contextlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn

import click

from plumbing.languages import LANGUAGES
from plumbing.sentences import load_sentences

WRONG_INPUT = 2
"""Exit status for a configuration, device, port or file that cannot be used."""


def exit_with(code: str, data: Mapping[str, str | int]) -> NoReturn:
    """Print what is wrong and what to do, and exit."""
    print_problem(code, data)
    sys.exit(WRONG_INPUT)


def print_problem(code: str, data: Mapping[str, str | int]) -> None:
    """Print what is wrong and what to do. Data that has a text of its own is translated too."""
    for language in LANGUAGES:
        sentences = load_sentences("centerfloor", language)
        words = {
            name: sentences.say(f"{name}.{value}") if sentences.has(f"{name}.{value}") else value
            for name, value in data.items()
        }
        click.echo(sentences.say_code("problem", code, words), err=True)


@contextlib.contextmanager
def exit_on_os_error(place: Path | str) -> Iterator[None]:
    """Turn an OSError in the block, about a file, folder or port, into a sentence with its name and exit status 2."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        exit_with("place_unusable", {"place": str(error.filename or place), "reason": reason})


@contextlib.contextmanager
def exit_on_newer_file() -> Iterator[None]:
    """Exit if a file of the program's state was written by a later version."""
    from plumbing.durable_files import (
        NewerFileError,
    )  # a command without such a file needs no SQLite

    try:
        yield
    except NewerFileError as error:
        exit_with(error.code, error.data)
