"""Finding procedures by words."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.catalogue.importer import import_list
from config.catalogue.reading import read_synonyms
from service_floor.procedures.catalogue import Catalogue
from service_floor.procedures.model import Level, Procedure
from service_floor.procedures.search import ProcedureIndex

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("đăng ký khai sinh", "1.001193"),
        ("dang ky khai sinh", "1.001193"),
        ("DĂNG KÝ KHAI SINH", "1.001193"),
        ("lam khai sinh cho con", "1.001193"),
        ("dang ki ket hon", "1.000894"),
        ("kết hôn nước ngoài", "2.000806"),
        ("xoá đăng ký thường trú", "1.003197"),
        ("cắt khẩu", "1.003197"),
        ("cat khau", "1.003197"),
        ("giay doc than", "1.004873"),
        ("tachs thuwar ddaats", "1.012784"),
        ("ho65 chie61u", "1.001456"),
        ("hộ kinh doang", "1.001612"),
        ("giay phep say dung", "1.013227"),
        ("chứng thưc bản sao", "2.000815"),
        ("ket h", "1.000894"),
        ("giấy phép lái mô tô", "3.000348"),
        ("xuat nhap canh", "1.001456"),
    ],
)
def test_a_citizen_finds_the_procedure(catalogue: Catalogue, question: str, code: str) -> None:
    found = catalogue.search(question)
    assert found
    assert found[0].procedure.code == code


def test_exact_accents_come_first() -> None:
    names = {"1.000001": "Cấp mã số", "1.000002": "Cấp mả số", "1.000003": "Cấp ma số"}
    index = ProcedureIndex([Procedure(c, n, "x", (Level.COMMUNE,)) for c, n in names.items()])
    for code, name in list(names.items())[:2]:
        assert index.search(name)[0].procedure.code == code
    assert {match.procedure.code for match in index.search("ma so")} == set(names)


def test_a_narrower_procedure_stands_behind_unless_it_is_asked_for(catalogue: Catalogue) -> None:
    assert [m.procedure.code for m in catalogue.search("khai sinh")[:2]] == ["1.001193", "1.004884"]
    assert catalogue.search("đăng ký lại khai sinh")[0].procedure.code == "1.004884"


@pytest.mark.parametrize("question", ["", "   ", "asdfgh", "!!!", "cho", "máy giặt cũ hỏng"])
def test_what_no_procedure_answers_finds_nothing(catalogue: Catalogue, question: str) -> None:
    assert catalogue.search(question) == ()


def test_no_more_is_given_than_asked_for(catalogue: Catalogue) -> None:
    assert len(catalogue.search("đăng ký", 3)) == 3


def test_an_empty_list_answers_nothing() -> None:
    assert ProcedureIndex(()).search("khai sinh") == ()


@given(question=st.text(max_size=300))
def test_any_question_gets_an_answer_in_order(catalogue: Catalogue, question: str) -> None:
    scores = [match.score for match in catalogue.search(question)]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.skipif(not SHARED.exists(), reason="the published list of procedures is not here")
def test_citizens_find_what_they_need_among_all_published_procedures() -> None:
    entries = json.loads((SHARED / "procedures.json").read_text("utf-8"))
    queries = json.loads((SHARED / "procedure-queries.json").read_text("utf-8"))
    catalogue = Catalogue(import_list(entries, "procedures.json").procedures, read_synonyms())
    asked = [query for query in queries if query["expected"]]
    found = 0
    for query in asked:
        top = {match.procedure.code for match in catalogue.search(query["query"], 5)}
        found += bool(top & {answer["code"] for answer in query["expected"]})
    assert found / len(asked) >= 0.9
