"""Records hold references to persons, and reasons without numbers of persons."""

import pytest

from service_floor.dossiers.life.records import PaperKind, PersonRef, TickedPaper, stated


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


@pytest.mark.parametrize(
    ("key", "count"), [("", 1), ("CCCD 038090001234", 1), ("form", -1), ("form", 1_000)]
)
def test_a_paper_of_a_checklist_names_nobody(key: str, count: int) -> None:
    with pytest.raises(ValueError, match="checklist"):
        TickedPaper(key, PaperKind.COPY, count)


def test_a_reason_is_one_masked_line() -> None:
    assert stated("  two\nlines ") == "two lines"
    assert stated("CCCD 038090001234") == "CCCD 0********234"
    assert len(stated("x " * 1_000)) == 499
