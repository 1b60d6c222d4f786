"""The only declaration of every setting: type, limits, default and sentence. pydantic validates by it."""

from config.model.installation import Installation

__all__ = ["Installation"]
