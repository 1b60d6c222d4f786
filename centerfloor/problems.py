"""How a program ends that cannot do its work: the sentence of the code in Vietnamese and English, and exit status 2."""

import sys
from collections.abc import Mapping
from typing import NoReturn

import click

from config.sentences import LANGUAGES, load_sentences

WRONG_INPUT = 2
"""Exit status for a configuration, device, port or file that cannot be used."""


def end_with(code: str, data: Mapping[str, str | int]) -> NoReturn:
    """Say what is wrong and what to do, and end."""
    for language in LANGUAGES:
        click.echo(
            load_sentences("centerfloor", language).say_code("problem", code, data), err=True
        )
    sys.exit(WRONG_INPUT)
