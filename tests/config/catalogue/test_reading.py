"""Catalogue files, right and broken."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from config.catalogue import reading
from config.catalogue.reading import (
    COMMITTED,
    SYNONYMS,
    CatalogueFileError,
    open_catalogue,
    read_procedures,
    read_synonyms,
)
from config.catalogue.records import CatalogueProblem, ProcedureRecord, mistakes_in
from config.errors import Mistake, MistakeCode
from service_floor.calendar import LimitUnit
from service_floor.procedures.model import Level, Limit, Paper
from service_floor.procedures.words import words


def write(file: Path, *records: Any) -> Path:
    file.write_text(json.dumps({"procedures": records}), "utf-8")
    return file


def problems_of(file: Path) -> list[tuple[str, str, str, str]]:
    return [
        (problem.record, problem.mistake.path, problem.mistake.code.value, problem.mistake.found)
        for problem in read_procedures(file).problems
    ]


def test_a_record_becomes_a_procedure_with_unknown_left_unknown(
    file: Path, record: dict[str, Any]
) -> None:
    (procedure,) = read_procedures(write(file, record)).procedures
    assert procedure.levels == (Level.COMMUNE,)
    assert procedure.limit == Limit(1.0, LimitUnit.UNKNOWN, "Ngay trong ngày tiếp nhận yêu cầu")
    assert (procedure.fee, procedure.fee_note) == (None, "Miễn phí")
    assert procedure.papers[0] == Paper("Giấy chứng sinh", 1, 0)
    assert procedure.papers[1].is_remark
    assert (procedure.agency, procedure.decision) == ("", "")


@pytest.mark.parametrize(
    ("change", "path", "code", "found"),
    [
        ({"code": "1.19"}, "code", "pattern", '"1.19"'),
        ({"name": ""}, "name", "text_length", '""'),
        ({"name": 5}, "name", "wrong_type", "5"),
        ({"levels": ["cấp xã"]}, "levels[0]", "not_a_choice", '"cấp xã"'),
        ({"levels": []}, "levels", "list_length", "0"),
        ({"fee": -1}, "fee", "out_of_range", "-1"),
        ({"fee": "miễn phí"}, "fee", "wrong_type", '"miễn phí"'),
        ({"prise": 5}, "prise", "unknown_key", "prise"),
        ({"limit": {"amount": 9999}}, "limit.amount", "out_of_range", "9999"),
        ({"papers": [{"originals": 1}]}, "papers[0].name", "missing", ""),
        ({"name": "\ud800"}, "", "invalid", "{…}"),
        ({"papers": [{"name": "x", "copies": 100}]}, "papers[0].copies", "out_of_range", "100"),
    ],
)
def test_a_broken_record_is_named_and_the_others_are_taken(
    file: Path, record: dict[str, Any], change: dict[str, Any], path: str, code: str, found: str
) -> None:
    broken = record | {"code": "2.000001"} | change
    reading_of = read_procedures(write(file, broken, record))
    assert [procedure.code for procedure in reading_of.procedures] == ["1.001193"]
    assert problems_of(file) == [(broken["code"], path, code, found)]
    assert reading_of.problems[0].file == "ho-tich.json"


def test_what_is_allowed_is_told(file: Path, record: dict[str, Any]) -> None:
    write(file, record | {"fee": -1}, record | {"levels": ["xã"]}, record | {"code": 0})
    allowed = [problem.mistake.allowed for problem in read_procedures(file).problems]
    assert allowed[0] == ("≥ 0",)
    assert "'commune'" in allowed[1][0]
    assert allowed[2] == ("text",)


def test_a_record_without_a_name_is_called_by_its_place(file: Path, record: dict[str, Any]) -> None:
    write(file, record, "khai sinh", {"code": 7}, {"code": "x" * 60})
    assert {name for name, *_ in problems_of(file)} == {"[1]", "[2]", "[3]"}


def test_of_two_records_with_one_national_code_the_first_counts(
    file: Path, record: dict[str, Any]
) -> None:
    write(file, record, record | {"code": "1.001193.H56", "name": "Khác"})
    assert [p.name for p in read_procedures(file).procedures] == [record["name"]]
    assert problems_of(file) == [("1.001193.H56", "code", "duplicate", "1.001193.H56")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "not_json"),
        (b"[]", "wrong_type"),
        (b'{"procedures": {}}', "wrong_type"),
        (b"\xff\xfe{}", "not_utf8"),
        (b"[" * 100_000, "not_json"),
        (None, "unreadable"),
    ],
)
def test_a_file_that_gives_nothing_is_one_problem_and_the_other_files_are_read(
    tmp_path: Path, record: dict[str, Any], content: bytes | None, code: str
) -> None:
    good, bad = write(tmp_path / "b.json", record), tmp_path / "a.json"
    if content is not None:
        bad.write_bytes(content)
    found = read_procedures(bad, good)
    assert len(found.procedures) == 1
    assert [(p.file, p.record, p.mistake.code.value) for p in found.problems] == [
        ("a.json", "", code)
    ]


def test_a_file_beyond_all_bounds_is_not_read(
    file: Path, record: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    assert problems_of(write(file, record)) == [("", "", "too_large", "")]


def test_a_folder_is_read_file_by_file(tmp_path: Path, record: dict[str, Any]) -> None:
    write(tmp_path / "a.json", record)
    write(tmp_path / "b.json", record | {"code": "1.000894"})
    (tmp_path / "notes.txt").write_text("…", "utf-8")
    assert [p.code for p in read_procedures(tmp_path).procedures] == ["1.001193", "1.000894"]


@pytest.mark.slow
def test_the_committed_catalogue_is_right_and_large_enough() -> None:
    catalogue, problems = open_catalogue()
    assert problems == ()
    assert len(catalogue) >= 120
    levels = {level for p in read_procedures().procedures for level in p.levels}
    assert {Level.COMMUNE, Level.PROVINCE} <= levels
    assert sum(path.stat().st_size for path in COMMITTED.glob("*.json")) < 700_000


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("lam khai sinh", "1.001193"),
        ("giay doc than", "1.004873"),
        ("cat khau", "1.003197"),
        ("xin phep xay nha", "1.013225"),
        ("mat bang lai", "3.000348"),
        ("mo quan", "1.001612"),
        ("tach thua", "1.012784"),
        ("sao y", "2.000815"),
    ],
)
def test_citizens_find_what_they_mostly_come_for(question: str, code: str) -> None:
    catalogue, _ = open_catalogue()
    assert code in [match.procedure.code for match in catalogue.search(question, 5)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sayings = 5", MistakeCode.WRONG_TYPE),
        ("sayings =", MistakeCode.SYNTAX),
        ("idel = []", MistakeCode.UNKNOWN_KEY),
        ('[sayings]\n"cty" = [""]', MistakeCode.TEXT_LENGTH),
    ],
)
def test_a_broken_table_of_synonyms_is_named_and_procedures_are_found_without_it(
    tmp_path: Path, record: dict[str, Any], text: str, code: MistakeCode
) -> None:
    table = tmp_path / "synonyms.toml"
    table.write_text(text, "utf-8")
    with pytest.raises(CatalogueFileError) as raised:
        read_synonyms(table)
    assert raised.value.problem.mistake.code is code
    catalogue, problems = open_catalogue(write(tmp_path / "a.json", record), synonyms=table)
    assert problems == (raised.value.problem,)
    assert catalogue.search("khai sinh")


def test_the_committed_table_of_synonyms_is_right() -> None:
    table = read_synonyms(SYNONYMS)
    assert len(table.readings(words("cắt khẩu"))) == 2
    assert table.is_idle(*words("muốn"))


def test_problems_are_plain_data() -> None:
    mistake = Mistake("fee", MistakeCode.OUT_OF_RANGE, "-1", ("≥ 0",))
    assert CatalogueProblem("a.json", "1.001193", mistake) == CatalogueProblem(
        "a.json", "1.001193", mistake
    )


def test_an_unknown_key_inside_a_record_is_named_with_its_place() -> None:
    broken = {"code": "1.1", "name": "A", "field": "B", "papers": [{"name": "C", "copy": 1}]}
    with pytest.raises(ValidationError) as caught:
        ProcedureRecord.model_validate(broken)
    assert [
        (m.path, m.code, m.suggestion)
        for m in mistakes_in(caught.value, ProcedureRecord)
        if m.code is MistakeCode.UNKNOWN_KEY
    ] == [("papers[0].copy", MistakeCode.UNKNOWN_KEY, "copies")]
