"""Every sentence of the kiosk, by language. `vi` is the house language, `en` is complete."""

from plumbing.languages import LANGUAGES
from plumbing.sentences import Sentences, load_sentences

__all__ = ["LANGUAGES", "Sentences", "load_texts"]


def load_texts(language: str) -> Sentences:
    """The sentences of a language."""
    return load_sentences("kiosk", language)
