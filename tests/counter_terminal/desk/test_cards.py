"""Cards of a scan, in the cases that are not every day's."""

import pytest

from counter_terminal.desk.cards import PAPERS, Cards
from counter_terminal.desk.setup import DeskSetup
from service_floor.procedures.model import Paper, Procedure


def procedure(papers: int) -> Procedure:
    needed = tuple(Paper(f"Giấy tờ {n}", 1, 0) for n in range(1, papers + 1))
    return Procedure("1.001193", "Đăng ký khai sinh", "Hộ tịch", (), papers=needed)


@pytest.mark.parametrize(
    ("papers", "lines", "last"),
    [
        (0, 1, "dossier.no_papers"),
        (PAPERS, PAPERS, ""),
        (PAPERS + 3, PAPERS + 1, "dossier.more_papers"),
    ],
)
def test_a_procedure_names_a_limited_number_of_papers(
    setup: DeskSetup, papers: int, lines: int, last: str
) -> None:
    card = Cards(setup).procedure(procedure(papers))
    assert len(card.lines) == lines
    expected = setup.sentences.say(last, count=3) if last else f"Giấy tờ {papers}"
    assert card.lines[-1][1] == expected
