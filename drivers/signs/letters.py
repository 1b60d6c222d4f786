"""Letters of LED signs: text fitted to ASCII capitals and to the width of a sign. Pure, and the same for every family."""

import re
import unicodedata

_WITHOUT_ACCENT = str.maketrans("đĐ–—‑’‘“”×", "dD---''\"\"x")
_SEPARATORS = re.compile(r"[ \-./]")


def led_text(text: str, columns: int) -> str:
    """Return `text` in the letters of a LED sign: capitals without accents, at most `columns` of them.

    A number that is too long loses its separators first, then its front: the last digits distinguish tickets.
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_WITHOUT_ACCENT))
    ascii_only = "".join(
        character if " " <= character <= "~" else " "
        for character in decomposed
        if not unicodedata.combining(character)
    )
    fitted = " ".join(ascii_only.upper().split())
    if len(fitted) <= columns:
        return fitted
    if any(character.isdigit() for character in fitted):
        return _SEPARATORS.sub("", fitted)[-columns:]
    return fitted[:columns].rstrip()
