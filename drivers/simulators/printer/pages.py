"""What the codes of each page print in the simulated printer.

The TCVN-3 tables were generated with glibc (`iconv -f TCVN5712-1`), not taken from the encoder they are to check: page
30 has glibc's small letters; page 31 has their capitals and glibc's Ă, Â, Đ at A1, A2, A7, blank where Epson's chart is.
"""

BLANK = "\ufffd"
"""What stands in decoded text for a code that prints nothing."""

SMALL_PAGE = 30
CAPITALS_PAGE = 31

_SMALL = (
    "        ăâêôơưđ "  # A0
    "     àảãáạ ằẳẵắ "  # B0
    "      ặầẩẫấậè ẻẽ"  # C0
    "éẹềểễếệìỉ   ĩíịò"  # D0
    " ỏõóọồổỗốộờởỡớợù"  # E0
    " ủũúụừửữứựỳỷỹýỵ "  # F0
)
_CAPITALS = (
    " ĂÂ    Đ  ÊÔƠƯ  "  # A0
    "     ÀẢÃÁẠ ẰẲẴẮ "  # B0
    "      ẶẦẨẪẤẬÈ ẺẼ"  # C0
    "ÉẸỀỂỄẾỆÌỈ   ĨÍỊÒ"  # D0
    " ỎÕÓỌỒỔỖỐỘỜỞỠỚỢÙ"  # E0
    " ỦŨÚỤỪỬỮỨỰỲỶỸÝỴ "  # F0
)

_TABLES = {SMALL_PAGE: _SMALL, CAPITALS_PAGE: _CAPITALS}


def decode(code: int, page: int) -> str:
    """Return the character that `code` (0x20 and above) prints on `page`; other pages than TCVN-3 print as cp437."""
    if code < 0x7F:
        return chr(code)
    if page in _TABLES:
        printed = _TABLES[page][code - 0xA0] if code >= 0xA0 else " "
        return BLANK if printed == " " else printed
    return BLANK if code == 0x7F else bytes((code,)).decode("cp437")
