"""What every part of the configuration model shares."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Declared(BaseModel):
    """A part of the configuration: unknown keys are mistakes, values do not change."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=False, defer_build=True
    )


Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
"""A short name used in references: small letters, digits and hyphens."""
