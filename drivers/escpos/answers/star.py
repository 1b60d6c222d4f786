"""Recognition of a Star printer in StarPRNT or Star Line mode by its automatic status, which no ESC/POS printer sends. Pure.

The bits are those of Star's Line Mode command specifications: bit 0 marks the first byte, whose bits 1 to 3 and 5 are
the length of the status; all others have bits 0, 4 and 7 clear, but for the second byte, which gives the version.
"""

from typing import Final

STATUS_QUERY: Final = b"\x1b\x06\x01"  # ESC ACK SOH: have the automatic status sent now

_SHORTEST, _LONGEST = 7, 15


def star_status(heard: bytes) -> bytes | None:
    """The first automatic status of a Star printer in what was heard, if there is one."""
    for at, byte in enumerate(heard):
        if byte & 0x91 != 0x01:
            continue
        length = (byte >> 1 & 0x07) + (byte >> 2 & 0x08)
        status = heard[at : at + length]
        if _SHORTEST <= length <= _LONGEST and len(status) == length:
            rest = status[2:]
            if not status[1] & 0x11 and not any(part & 0x91 for part in rest):
                return status
    return None
