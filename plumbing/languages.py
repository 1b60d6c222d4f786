"""The languages of the suite: one list, with the name that each gives itself."""

from typing import Final

OWN_NAMES: Final = {
    "vi": "Tiếng Việt",
    "en": "English",
}
"""The house language first. A further language is a line here and its text files; `docs/changing.md` lists them."""

LANGUAGES: Final = tuple(OWN_NAMES)
"""The codes of the languages, as in ISO 639-1."""

HOUSE_LANGUAGE: Final = LANGUAGES[0]
"""What is shown where nothing else was chosen, and where a name has no other wording."""

FOREIGN_LANGUAGE: Final = LANGUAGES[1]
"""The language of a terminal that asks for one outside the list."""


def accepted_language(asked: str | None, accepted: str) -> str:
    """The language of a visitor: what the address asks for, else what the browser prefers, else the house language.

    `accepted`: the value of the header `Accept-Language`; its first ten entries are read, in their order.
    """
    if asked in OWN_NAMES:
        return asked
    for part in accepted.split(",")[:10]:
        language = part.split(";")[0].strip()[:2].lower()
        if language in OWN_NAMES:
            return language
    return HOUSE_LANGUAGE
