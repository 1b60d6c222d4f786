"""The procedures of a kiosk: found by words and by code, without what agencies keep among themselves."""

from dataclasses import replace

import pytest

from kiosk.procedures import IndexedProcedures


@pytest.fixture
def birth(reference):
    return reference.procedures.find("1.001193")


def test_a_half_typed_word_without_accents_finds_its_procedure(reference, birth) -> None:
    assert reference.procedures.search("dang ky khai si", 5)[0] == birth


def test_procedures_among_agencies_are_not_shown(birth) -> None:
    internal = replace(birth, code="5.001193")
    procedures = IndexedProcedures([birth, internal])
    assert procedures.find("5.001193") is None
    assert procedures.search("khai sinh", 5) == [birth]


def test_an_unknown_code_finds_nothing(reference) -> None:
    assert reference.procedures.find("9.999999") is None
