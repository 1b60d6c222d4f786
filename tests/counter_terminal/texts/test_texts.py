"""Both languages say the same things, and every code has its sentence."""

import re

from counter_terminal.desk.actions import Action
from drivers.scanners.decoding.image_file_reasons import ImageFileReason
from plumbing.languages import LANGUAGES
from plumbing.sentences import load_sentences
from service_floor.dossiers.model import DossierStatus, Standing
from service_floor.queue.rules import REFUSAL_CODES

PLACEHOLDER = re.compile(r"{(\w+)}")
TEXTS = {language: load_sentences("counter_terminal", language).entries for language in LANGUAGES}


def test_the_languages_have_the_same_keys_and_placeholders() -> None:
    assert TEXTS["vi"].keys() == TEXTS["en"].keys()
    for key, sentence in TEXTS["vi"].items():
        assert set(PLACEHOLDER.findall(sentence)) == set(PLACEHOLDER.findall(TEXTS["en"][key])), key


def test_every_code_from_outside_has_its_sentence() -> None:
    wanted = (
        {f"refusal.{code}" for code in REFUSAL_CODES}
        | {f"actions.{action}" for action in Action}
        | {f"status.{status.code}" for status in DossierStatus}
        | {f"standing.{standing}" for standing in Standing}
        | {f"file.{reason}" for reason in ImageFileReason}
    )
    assert wanted <= TEXTS["vi"].keys()
