"""The published list becomes a catalogue file."""

import json
from pathlib import Path
from typing import Any

import pytest

from config.catalogue.importer import Trait, import_file, import_list, traits_of, write_catalogue
from config.catalogue.reading import CatalogueFileError, read_procedures
from config.errors import MistakeCode
from service_floor.calendar import LimitUnit
from service_floor.procedures.model import Level, Limit, Paper, Procedure

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "procedures.json"


def imported(entry: dict[str, Any]) -> Procedure:
    (procedure,) = import_list([entry], "list.json").procedures
    return procedure


def test_an_entry_becomes_a_procedure(entry: dict[str, Any]) -> None:
    assert imported(entry) == Procedure(
        "1.001193",
        "Thủ tục đăng ký khai sinh",
        "Hộ tịch",
        (Level.COMMUNE,),
        limit=Limit(1.0),
        fee_note="Miễn phí",
        papers=(Paper("Giấy chứng sinh", 1, 0),),
        results=("Giấy khai sinh",),
        decision="1/QĐ-BTP",
        published="2025-12",
    )


@pytest.mark.parametrize(
    ("fee", "note", "amount", "said"),
    [
        ("Miễn phí", None, None, "Miễn phí"),
        (None, None, None, ""),
        ("VNĐ", "Theo quy định", None, "Theo quy định"),
        ("0 đồng", None, 0, ""),
        ("Phí: 0 đồng", None, 0, ""),
        ("Phí: Không đồng", None, 0, ""),
        ("Lệ phí: 0 đồng", "Chỉ nộp trực tuyến", 0, "Chỉ nộp trực tuyến"),
        ("50.000 đồng", None, 50_000, ""),
        ("Phí: 6000000 đồng", None, 6_000_000, "Phí"),
        ("2.000 đồng(/trang)", None, 2_000, "/trang"),
        ("Phí: 750.000 đồng (trừ cấp sai)", "Nghị quyết", 750_000, "Phí: trừ cấp sai. Nghị quyết"),
        ("50 đồng", None, None, "50 đồng"),
        ("1.00 đồng", None, None, "1.00 đồng"),
        ("9" * 5_000 + " đồng", None, None, "9" * 5_000 + " đồng"),
        (
            "Phí: 100.000 đồng (a)Phí: 50.000 đồng (b)",
            None,
            None,
            "Phí: 100.000 đồng (a)Phí: 50.000 đồng (b)",
        ),
        ("(Theo quy định của Bộ Tài chính)", None, None, "(Theo quy định của Bộ Tài chính)"),
    ],
)
def test_a_fee_is_known_only_where_the_list_gives_one_amount(
    entry: dict[str, Any], fee: str | None, note: str | None, amount: int | None, said: str
) -> None:
    procedure = imported(entry | {"fee": fee, "fee_note": note})
    assert (procedure.fee, procedure.fee_note) == (amount, said)


@pytest.mark.parametrize(
    ("limit", "note", "expected"),
    [
        ("5 ngày làm việc", None, Limit(5.0, LimitUnit.WORKING_DAYS)),
        ("15 ngày", "15 ngày kể từ", Limit(15.0, LimitUnit.DAYS)),
        ("2.5 giờ", None, Limit(2.5, LimitUnit.HOURS)),
        ("3 tháng", None, Limit(3.0, LimitUnit.MONTHS)),
        ("1 (nguồn không ghi đơn vị)", None, Limit(1.0)),
        ("1 (nguồn không ghi đơn vị)", "Ngay trong ngày", Limit(1.0, text="Ngay trong ngày")),
        ("1 (nguồn không ghi đơn vị)", "Không có", Limit(1.0)),
        (None, "Trong thời hạn 03 ngày", Limit(text="Trong thời hạn 03 ngày")),
        (None, None, Limit()),
        ("2 tháng và 5 ngày làm việc", None, Limit(text="2 tháng và 5 ngày làm việc")),
        ("120,000", None, Limit(text="120,000")),
        ("9 quý", None, Limit(text="9 quý")),
    ],
)
def test_a_limit_is_never_given_a_unit_that_the_list_does_not_say(
    entry: dict[str, Any], limit: str | None, note: str | None, expected: Limit
) -> None:
    channels = [{"channel": "Trực tuyến", "note": None}, {"channel": "Trực tiếp", "note": note}]
    assert imported(entry | {"time_limit": limit, "channels": channels}).limit == expected


def test_what_is_said_to_those_who_come_in_person_counts_first(entry: dict[str, Any]) -> None:
    channels = [
        {"channel": "Trực tuyến", "note": "Trong 2 ngày"},
        {"channel": "Trực tiếp", "note": "Trong 3 ngày"},
    ]
    assert imported(entry | {"time_limit": None, "channels": channels}).limit.text == "Trong 3 ngày"


def test_papers_keep_every_word_and_lose_only_what_cannot_be_seen(entry: dict[str, Any]) -> None:
    long = "Trường hợp " * 300
    parts = [
        {
            "name": f"Tờ\u00a0khai\u200b {long}",
            "originals": 20261,
            "copies": 2,
            "form": "M1.docx",
            "group": "A",
        },
        {"name": " \u200b ", "originals": 1, "copies": 0},
    ]
    (paper,) = imported(entry | {"components": parts}).papers
    assert paper == Paper(f"Tờ khai {long.strip()}", 1, 2, "M1.docx", "A")


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"name": None}, "name", MistakeCode.WRONG_TYPE),
        ({"name": "\u200b"}, "name", MistakeCode.MISSING),
        ({"code": "abc"}, "code", MistakeCode.PATTERN),
        ({"levels": ["Cấp xã", "Cấp thôn"]}, "levels[1]", MistakeCode.NOT_A_CHOICE),
        ({"levels": []}, "levels", MistakeCode.MISSING),
        ({"components": "giấy"}, "components", MistakeCode.WRONG_TYPE),
    ],
)
def test_a_broken_entry_is_named_and_the_others_are_taken(
    entry: dict[str, Any], change: dict[str, Any], path: str, code: MistakeCode
) -> None:
    found = import_list([entry | {"code": "2.000001"} | change, entry], "list.json")
    assert [procedure.code for procedure in found.procedures] == ["1.001193"]
    (problem,) = found.problems
    assert (problem.file, problem.mistake.path, problem.mistake.code) == ("list.json", path, code)


def test_entries_that_are_none_and_repeated_ones_are_named(entry: dict[str, Any]) -> None:
    found = import_list([None, entry, entry], "list.json")
    assert len(found.procedures) == 1
    assert [(p.record, p.mistake.code) for p in found.problems] == [
        ("[0]", MistakeCode.WRONG_TYPE),
        ("1.001193", MistakeCode.DUPLICATE),
    ]


def test_what_is_open_in_a_list_is_counted(entry: dict[str, Any]) -> None:
    part = {"name": "x", "originals": 0, "copies": 0}
    second = entry | {
        "code": "6.000001",
        "name": "Cấp thẻ (thực hiện tại cấp tỉnh)",
        "fee": "10.000 đồng",
        "time_limit": None,
        "components": [part | {"group": "a"}, part | {"group": "b"}],
    }
    assert import_list([entry, second], "list.json").traits == {
        Trait.UNKNOWN_FEE: 1,
        Trait.LIMIT_WITHOUT_UNIT: 1,
        Trait.NO_LIMIT: 1,
        Trait.SEVERAL_CASES: 1,
        Trait.REMARKS: 1,
        Trait.SIBLING: 1,
        Trait.INTERNAL: 1,
    }


def test_siblings_are_known_by_their_level_in_brackets() -> None:
    names = {"Hỗ trợ dự án (cấp xã)": True, "THỦ TỤC (CẤP XÃ)": True, "Cấp thẻ cấp xã": False}
    for name, sibling in names.items():
        traits = traits_of(Procedure("1.000001", name, "x", (Level.COMMUNE,)))
        assert (Trait.SIBLING in traits) is sibling


def test_the_written_file_reads_back_equal_and_replaces_the_old_one_whole(
    tmp_path: Path, entry: dict[str, Any]
) -> None:
    source, target = tmp_path / "list.json", tmp_path / "catalogue.json"
    target.write_text("old", "utf-8")
    source.write_text(json.dumps([entry, entry | {"code": "1.000894"}]), "utf-8")
    found = import_file(source, target)
    assert read_procedures(target).procedures == found.procedures
    assert sorted(path.name for path in tmp_path.iterdir()) == ["catalogue.json", "list.json"]


@pytest.mark.parametrize(("text", "code"), [("{}", "wrong_type"), ("[", "not_json")])
def test_a_list_that_gives_nothing_leaves_the_old_catalogue(
    tmp_path: Path, text: str, code: str
) -> None:
    source, target = tmp_path / "list.json", tmp_path / "catalogue.json"
    source.write_text(text, "utf-8")
    target.write_text("old", "utf-8")
    with pytest.raises(CatalogueFileError) as raised:
        import_file(source, target)
    assert raised.value.problem.mistake.code.value == code
    assert target.read_text("utf-8") == "old"


@pytest.mark.skipif(not SHARED.exists(), reason="the published list of procedures is not here")
def test_the_whole_published_list_is_taken(tmp_path: Path) -> None:
    found = import_file(SHARED, tmp_path / "catalogue.json")
    assert (len(found.procedures), found.problems) == (2585, ())
    assert found.traits[Trait.SEVERAL_CASES] == 464
    units = [procedure.limit.unit for procedure in found.procedures]
    assert units.count(LimitUnit.WORKING_DAYS) == 1512
    assert units.count(LimitUnit.DAYS) == 453
    assert read_procedures(tmp_path / "catalogue.json").procedures == found.procedures


def test_a_list_of_which_nothing_can_be_taken_leaves_the_old_file(tmp_path) -> None:
    source, target = tmp_path / "list.json", tmp_path / "catalogue.json"
    source.write_text('["nothing"]', "utf-8")
    target.write_text("as it was", "utf-8")
    assert import_file(source, target).procedures == ()
    assert target.read_text("utf-8") == "as it was"


def test_a_catalogue_that_cannot_be_written_is_a_problem_of_the_file(tmp_path) -> None:
    with pytest.raises(CatalogueFileError) as caught:
        write_catalogue([], tmp_path / "nowhere" / "catalogue.json")
    assert caught.value.problem.mistake.code is MistakeCode.UNWRITABLE
    assert list(tmp_path.iterdir()) == []
