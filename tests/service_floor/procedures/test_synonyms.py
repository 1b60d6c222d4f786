"""Everyday words."""

from service_floor.procedures.synonyms import Saying, Synonyms
from service_floor.procedures.words import words


def said(synonyms: Synonyms, question: str) -> list[str]:
    return [" ".join(word.folded for word in row) for row in synonyms.readings(words(question))]


def test_the_longest_saying_counts() -> None:
    table = Synonyms([Saying("nhập khẩu", ("a",)), Saying("nhập khẩu cho con", ("b", "c"))])
    assert said(table, "muốn nhap khau cho con") == ["muon nhap khau cho con", "muon b", "muon c"]
    assert said(table, "nhập khẩu xe") == ["nhap khau xe", "a xe"]


def test_a_saying_given_twice_means_both() -> None:
    table = Synonyms([Saying("cty", ("công ty",)), Saying("cty", ("doanh nghiệp",))])
    assert said(table, "cty") == ["cty", "cong ti", "doanh nghiep"]


def test_readings_do_not_grow_without_end() -> None:
    table = Synonyms([Saying("a", ("b", "c", "d"))])
    assert len(table.readings(words("a a a a a a"))) <= 7


def test_without_a_table_a_question_means_itself() -> None:
    assert said(Synonyms(), "khai sinh") == ["khai sinh"]
    assert said(Synonyms(), "") == [""]


def test_idle_words_are_known_by_their_accents_where_they_have_some() -> None:
    table = Synonyms(idle=("làm", "muốn"))
    idle = {text: table.is_idle(*words(text)) for text in ("làm", "lam", "lâm", "MUON", "khai")}
    assert idle == {"làm": True, "lam": True, "lâm": False, "MUON": True, "khai": False}
