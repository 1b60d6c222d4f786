"""Input method of the on-screen keyboard: Telex for words, capitals for codes, with a limit on the length."""

import operator
from collections.abc import Callable
from typing import Final

from service_floor.vietnamese.telex import press

MAX_QUERY: Final = 60
MAX_CODE: Final = 40


def typed_word(text: str, key: str) -> str:
    """A search as it is typed; accents come by Telex or are left out."""
    return _typed(text, key, press, MAX_QUERY)


def typed_plain(text: str, key: str) -> str:
    """The same keys without Telex, for words such as `visa` in which `s` is not a tone mark."""
    return _typed(text, key, operator.add, MAX_QUERY)


def typed_code(text: str, key: str) -> str:
    """A dossier code as it is typed; it has capitals and no spaces."""
    return _typed(text, key, _capital, MAX_CODE).rstrip(" ")


def _capital(text: str, key: str) -> str:
    return text + key.upper()


def _typed(text: str, key: str, add: Callable[[str, str], str], most: int) -> str:
    match key:
        case "clear":
            return ""
        case "backspace":
            return text[:-1]
        case "space":
            return text if not text or text.endswith(" ") or len(text) >= most else text + " "
        case _ if len(key) == 1 and key.isprintable() and len(text) < most:
            return add(text, key)
        case _:
            return text
