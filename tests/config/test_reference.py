from pathlib import Path

from config.reference import reference

DOC = Path(__file__).resolve().parents[2] / "docs" / "configuration.md"


def test_the_published_reference_is_the_models() -> None:
    fresh = "Run: python -m config.reference > docs/configuration.md"
    assert DOC.read_text(encoding="utf-8") == reference(), fresh


def test_every_setting_has_its_sentence() -> None:
    rows = [line for line in reference().splitlines() if line.startswith("| `")]
    assert len(rows) > 80
    assert [row for row in rows if row.split(" | ")[-1].strip(" |") == ""] == []
