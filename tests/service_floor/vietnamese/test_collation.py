"""The order of words and of people."""

import random
import unicodedata

from service_floor.vietnamese.collation import name_key, sort_key

# The order that the ICU collator for `vi` gives.
IN_ORDER = [
    "", "1a", "a", "A", "à", "ả", "ã", "á", "Á", "ạ", "A-1", "A1", "an", "Ánh", "ăn", "ân", "da",
    "Dung", "đi", "Đông", "Đức", "f", "g", "giá", "hoà", "hòa", "jin", "ma", "mà", "mả", "mã", "má",
    "mạ", "mà b", "ma c", "mac", "Nguyễn An", "nguyễn văn an", "Nguyễn Văn An", "on", "ôn", "ơn",
    "ph", "quầy", "quầy 10", "quầy 2", "ung", "ưng", "vui", "wifi", "xin", "yên", "zoo", "β",
]  # fmt: skip


def test_words_stand_in_the_order_of_the_vietnamese_alphabet() -> None:
    mixed = IN_ORDER.copy()
    random.Random(3).shuffle(mixed)
    assert sorted(mixed, key=sort_key) == IN_ORDER


def test_split_letters_sort_like_whole_ones() -> None:
    assert sort_key(unicodedata.normalize("NFD", "Đặng Thị Ế")) == sort_key("Đặng Thị Ế")


def test_people_are_sorted_by_given_name_then_family_then_the_middle() -> None:
    people = ["Trần Văn Bình", "An", "Nguyễn Văn An", "Đỗ Thị An", "Nguyễn Thị An", "Lê Ánh"]
    assert sorted(people, key=name_key) == [
        "An",
        "Đỗ Thị An",
        "Nguyễn Thị An",
        "Nguyễn Văn An",
        "Lê Ánh",
        "Trần Văn Bình",
    ]
    assert name_key("  ") == name_key("")
