"""Placeholders of every slip: the centre's name and address."""

from config.model.centre import Centre


def centre_values(centre: Centre, language: str) -> dict[str, str]:
    """The placeholders of every slip in a language."""
    name = centre.names.in_(language)
    return {
        "authority": centre.authority,
        "centre": name,
        "centre_capitals": name.upper(),
        "address": centre.address,
        "hotline": centre.hotline,
    }
