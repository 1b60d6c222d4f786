"""Ids of tickets: the letters that they are made of, and their length. Pure: chance is an argument."""

from typing import Final

TICKET_LETTERS: Final = "0123456789bhlmv"
"""No vowel, and no letter that Telex, VNI or their short forms (`cc`, `gg`, `nn` …) turn into another: an id that a scanner
types comes whole through any Vietnamese input method, in small letters and capitals."""

TICKET_ID_LENGTH: Final = 16

_LETTERS_ONLY: Final = TICKET_LETTERS.lstrip("0123456789")
_PAIRS: Final = tuple(low + high for high in TICKET_LETTERS for low in TICKET_LETTERS)


def ticket_id(chance: int) -> str:
    """The id that a large random number stands for; some 62 bits of it count. Sixteen digits are no id: a bank card has
    as many."""
    pairs = []
    for _ in range(TICKET_ID_LENGTH // 2):
        chance, place = divmod(chance, len(_PAIRS))
        pairs.append(_PAIRS[place])
    letters = "".join(pairs)
    if letters.isdigit():
        letters = _LETTERS_ONLY[int(letters[0]) % len(_LETTERS_ONLY)] + letters[1:]
    return letters
