"""Base class and shared types of the configuration model."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from plumbing.languages import LANGUAGES


class Declared(BaseModel):
    """A table of the configuration: unknown keys are validation errors, values do not change."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=False, defer_build=True
    )


Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
"""A short name used in references: small letters, digits and hyphens."""

if TYPE_CHECKING:
    Language = str
else:
    Language = Literal[LANGUAGES]
