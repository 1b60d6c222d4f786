"""Whatever keyboard or program wrote a code, its signs become plain; nothing else of the text changes."""

import pytest

from service_floor.dossiers.plain_signs import (
    LONGEST,
    plain,
    plain_signs,
    unescaped,
    without_symbology,
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A–B—C‑D‐E−F⁃G－H", "A-B-C-D-E-F-G-H"),
        ("１２ Ａｂ．／", "12 Ab./"),
        ("١٢٣ ४५", "123 45"),
        ("1⁄2∕3", "1/2/3"),
        ("m² ① Ⅻ", "m² ① Ⅻ"),
        ("a\x1db\x00c\r\n", "a bc"),
        ("\ufeffĐường\u200b", "Đường"),
        ("x" * 9_000, "x" * LONGEST),
    ],
)
def test_signs_become_plain(text: str, line: str) -> None:
    assert plain(text) == line


def test_plain_signs_stand_where_the_others_stood() -> None:
    assert plain_signs("０３–a\u200bb") == "03-a\u200bb"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("]Q3abc", "abc"),
        (" ]C0abc", "abc"),
        ("]d20189", "0189"),
        ("]abc", "]abc"),
        ("a]Q3b", "a]Q3b"),
    ],
)
def test_the_identifier_of_a_symbology_is_taken_off(text: str, rest: str) -> None:
    assert without_symbology(text) == rest


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a%2Db", "a-b"),
        ("a%252Db", "a-b"),
        ("a%25252Db", "a-b"),
        ("a%2525252Db", "a%2Db"),
        ("100%", "100%"),
        ("%ZZ", "%ZZ"),
    ],
)
def test_escapes_are_undone_to_a_depth(text: str, read: str) -> None:
    assert unescaped(text) == read
