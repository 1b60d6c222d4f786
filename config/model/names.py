"""Localised names: the table `names`, and the only place that chooses the language."""

from typing import TYPE_CHECKING, Any, Final

from pydantic import Field, create_model

from config.model.base import Declared
from plumbing.languages import HOUSE_LANGUAGE, OWN_NAMES

LONGEST_NAME: Final = 160
SHORT_FORMS: Final = {"name": "vi", "name_en": "en"}
"""Keys beside `names` that are read as one of its languages."""


class _ByLanguage(Declared):
    """A name in each language; the house language always, the others where they are known."""

    def in_(self, language: str) -> str:
        """The name in a language, in the house language where it has no other."""
        return getattr(self, language, "") or str(getattr(self, HOUSE_LANGUAGE))


def _wordings() -> dict[str, Any]:
    """A field for each language of the list."""
    others = {
        language: (str, Field("", description=own, max_length=LONGEST_NAME))
        for language, own in OWN_NAMES.items()
    }
    house = Field(description=OWN_NAMES[HOUSE_LANGUAGE], min_length=1, max_length=LONGEST_NAME)
    return others | {HOUSE_LANGUAGE: (str, house)}


if TYPE_CHECKING:

    class Names(_ByLanguage):
        """What a type checker sees: the fields are made from the list of languages."""
else:
    Names = create_model(
        "Names",
        __base__=_ByLanguage,
        __module__=__name__,
        __doc__=_ByLanguage.__doc__,
        **_wordings(),
    )


class Named(Declared):
    """A table with a name. `name` and `name_en` may be written instead of `names.vi` and `names.en`."""

    names: Names = Field(description="Its name")

    @property
    def name(self) -> str:
        """The name in the house language."""
        return self.names.in_(HOUSE_LANGUAGE)
