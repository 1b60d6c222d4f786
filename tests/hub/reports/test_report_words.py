import pytest

from hub.reports.report_words import ReportWords
from plumbing.sentences import load_sentences


@pytest.mark.parametrize(
    ("language", "count", "share"), [("vi", "1.234", "33,3 %"), ("en", "1,234", "33.3 %")]
)
def test_figures_are_in_the_notation_of_the_language(language, count, share) -> None:
    words = ReportWords(load_sentences("hub.reports", language))
    assert (words.count(1_234), words.share(1, 3)) == (count, share)
    assert words.columns("yes") == [words.say("column.yes")]
