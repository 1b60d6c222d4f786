"""Records hold references to persons, and reasons without numbers of persons."""

import pytest

from service_floor.dossiers.life.records import PersonRef, stated


@pytest.mark.parametrize(
    ("ref", "commitment"),
    [
        ("Nguyễn Văn An", "ab" * 32),
        ("038090001234", "ab" * 32),
        ("p-038090001234", "AB" * 32),
        ("p-short", "ab" * 32),
        ("p-0a1b2c3d4e", "salt"),
        ("p-0a1b2c3d4e\n", "ab" * 32),
    ],
)
def test_a_person_is_a_sealed_reference(ref: str, commitment: str) -> None:
    with pytest.raises(ValueError, match="sealed"):
        PersonRef(ref, commitment)


def test_a_reason_is_one_masked_line() -> None:
    assert stated("  two\nlines ") == "two lines"
    assert stated("CCCD 038090001234") == "CCCD 0********234"
    assert len(stated("x " * 1_000)) == 499
