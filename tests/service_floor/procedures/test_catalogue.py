"""The catalogue as a whole."""

from service_floor.procedures.catalogue import Catalogue
from service_floor.procedures.model import Level, Procedure


def test_a_code_with_the_suffix_of_a_province_finds_its_procedure(catalogue: Catalogue) -> None:
    found = catalogue.by_code("1.004222.000.00.00.H56")
    assert found is not None
    assert found.name == "Đăng ký thường trú"
    assert catalogue.by_code("9.999999") is None


def test_a_code_typed_as_a_question_gives_its_procedure_alone(catalogue: Catalogue) -> None:
    assert [m.procedure.code for m in catalogue.search(" 1.004222.h56 ")] == ["1.004222"]
    assert catalogue.search("9.999999") == ()


def test_internal_procedures_are_found_by_code_only(catalogue: Catalogue) -> None:
    assert catalogue.by_code("6.001430") is not None
    assert catalogue.search("6.001430") == ()
    assert catalogue.search("xây dựng chương trình phát triển nhà ở") == ()


def test_of_two_procedures_with_one_national_code_the_first_counts() -> None:
    first = Procedure("1.000001", "một", "x", (Level.COMMUNE,))
    second = Procedure("1.000001.H56", "hai", "x", (Level.COMMUNE,))
    catalogue = Catalogue([first, second])
    assert len(catalogue) == 1
    assert catalogue.by_code("1.000001") is first
