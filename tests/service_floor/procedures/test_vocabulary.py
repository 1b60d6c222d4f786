"""What was meant by a word."""

from service_floor.procedures.vocabulary import Vocabulary
from service_floor.procedures.words import words

VOCABULARY = Vocabulary(
    ["giay", "phep", "xay", "dung", "say", "kinh", "doanh", "ket", "hon", "hong", "ho"],
    {
        ("giay", "phep"): 5,
        ("phep", "xay"): 2,
        ("xay", "dung"): 4,
        ("kinh", "doanh"): 9,
        ("ket", "hon"): 3,
    },
    lambda word: False,
)


def looked_up(question: str, at: int, *, half_typed: bool = False) -> list[str]:
    terms = VOCABULARY.terms(words(question), at, half_typed=half_typed)
    return [term.folded for term in terms]


def respelled(question: str) -> str:
    return " ".join(word.folded for word in VOCABULARY.respelled(words(question)))


def test_a_known_word_in_its_place_is_looked_up_as_it_is() -> None:
    assert looked_up("giay phep", 0) == ["giay"]


def test_a_word_that_stands_oddly_may_mean_one_that_sounds_alike() -> None:
    assert looked_up("phep say dung", 1)[:2] == ["say", "xay"]


def test_an_unknown_word_may_be_a_slip_of_one_key() -> None:
    assert looked_up("kinh doang", 1) == ["doanh"]
    assert looked_up("kq", 0) == []


def test_a_word_alone_stands_oddly_nowhere() -> None:
    assert looked_up("say", 0) == ["say"]


def test_a_half_typed_word_is_completed_first_by_what_goes_with_the_word_before() -> None:
    assert looked_up("ket h", 1, half_typed=True) == ["hon", "ho", "hong"]
    assert looked_up("ket h", 1) == []


def test_questions_are_respelled_by_the_company_of_words() -> None:
    assert respelled("giay phep say dung") == "giay phep xay dung"
    assert respelled("kinh doang") == "kinh doanh"
    assert respelled("ddang xyz") == "ddang xyz"
    assert respelled("giay phesp xaay") == "giay phep xay"


def test_settled_words_are_taken_as_they_are() -> None:
    settled = Vocabulary(["lai", "sinh"], {("lai", "sinh"): 1}, lambda word: word.folded == "lam")
    assert [word.folded for word in settled.respelled(words("lam sinh"))] == ["lam", "sinh"]
    assert settled.terms(words("lam sinh"), 0, half_typed=False) == []
