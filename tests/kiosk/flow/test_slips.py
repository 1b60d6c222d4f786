"""The slips: every line of the ticket as it stands on paper, and the list of papers."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from config.model.devices import EscposPrinter
from config.model.printers import abilities
from config.model.slips import EachBlock, SlipTemplate, TextBlock
from config.slips.placeholders import contents
from drivers.escpos.encoder import encode
from drivers.shortening import Length
from drivers.slip import Barcode, Columns, Feed, QrCode, Rule, Slip, Text
from kiosk.flow.reference import reference_of
from kiosk.flow.slips import checklist_slip, minutes_of, ticket_code, ticket_slip
from kiosk.flow.state import Given
from kiosk.texts import LANGUAGES, load_texts
from service_floor.procedures.catalogue import Catalogue

GIVEN = Given(
    id="01k",
    number="B025",
    service="civil-status",
    priority=None,
    issued_at=datetime(2026, 11, 20, 1, 15, tzinfo=UTC),
    ahead=6,
    estimate_seconds=1450,
)


def lines(slip) -> list[str]:
    said = []
    for block in slip.blocks:
        match block:
            case Text():
                said.append(block.text)
            case Columns():
                said.append(f"{block.left}|{block.right}")
            case QrCode() | Barcode():
                said.append(f"<{block.data}>")
            case Rule():
                said.append("---")
            case Feed():
                pass
    return said


@pytest.fixture
def vietnamese(reference):
    return reference.texts["vi"]


def test_the_ticket_reads_from_top_to_bottom(reference, vietnamese) -> None:
    assert lines(ticket_slip(GIVEN, (3, 4), reference, vietnamese)) == [
        "UBND TỈNH LAM SƠN",
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH LAM SƠN",
        "---",
        "SỐ THỨ TỰ",
        "B025",
        "Lĩnh vực: Hộ tịch",
        "Quầy phục vụ: 03, 04",
        "---",
        "Lấy số lúc 08:15 ngày 20/11/2026",
        "Trước bạn còn 6 người",
        "Chờ khoảng 25 phút",
        "<http://127.0.0.1:8710/t/01k>",
        "Quét mã để theo dõi số",
        "Vui lòng giữ phiếu và chờ gọi số.",
        "Quá 3 lần gọi, số sẽ được xếp lại.",
    ]


def test_the_number_is_by_far_the_largest(reference, vietnamese) -> None:
    scales = {
        block.text: block.scale
        for block in ticket_slip(GIVEN, (), reference, vietnamese).blocks
        if isinstance(block, Text)
    }
    assert scales.pop("B025") >= 3 * max(scales.values())


@pytest.mark.parametrize("number", ["1", "B025", "AB999", "AB1042", "AB123456"])
@pytest.mark.parametrize("text", ["tcvn3", "raster"])
def test_a_number_fits_on_one_line_of_narrow_paper(reference, vietnamese, number, text) -> None:
    port = {"wire": "tcp", "host": "127.0.0.1"}
    narrow = EscposPrinter.model_validate(
        {"kind": "escpos", "port": port, "paper_mm": 58, "text": text}
    )
    slip = ticket_slip(replace(GIVEN, number=number), (), reference, vietnamese)
    (block,) = [b for b in slip.blocks if isinstance(b, Text) and b.text == number]
    lines = encode(Slip("j", (block,)), narrow).height_dots - abilities(narrow).feed_before_cut_dots
    assert 4 * 24 <= lines <= 6 * 34


def test_a_priority_is_marked_without_saying_why(reference, vietnamese) -> None:
    said = lines(ticket_slip(replace(GIVEN, priority="elderly"), (), reference, vietnamese))
    assert "[ƯU TIÊN]" in said
    assert not any("cao tuổi" in line for line in said)


def test_what_is_not_known_is_left_out(reference, vietnamese) -> None:
    said = lines(
        ticket_slip(replace(GIVEN, ahead=None, estimate_seconds=None), (), reference, vietnamese)
    )
    assert not any("Trước bạn" in line or "Quầy" in line for line in said)
    said = lines(ticket_slip(replace(GIVEN, estimate_seconds=None), (), reference, vietnamese))
    assert "Trước bạn còn 6 người" in said
    assert not any("phút" in line for line in said)


def test_the_ticket_speaks_the_language_of_its_citizen(reference) -> None:
    said = lines(ticket_slip(GIVEN, (3,), reference, reference.texts["en"]))
    assert "LAM SON PUBLIC SERVICE CENTRE" in said
    assert "Service: Civil status" in said


def test_without_a_page_for_citizens_the_code_is_the_ticket_itself(reference, vietnamese) -> None:
    alone = replace(reference, public_url="")
    said = lines(ticket_slip(GIVEN, (), alone, vietnamese))
    assert "<01k>" in said
    assert "Mã của phiếu" in said


def test_a_slash_at_the_end_of_the_address_is_not_doubled() -> None:
    assert ticket_code("01k", "https://so.example.vn/") == "https://so.example.vn/t/01k"


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 1), (1, 1), (60, 1), (61, 2), (1450, 25)])
def test_nobody_is_promised_less_than_the_estimate(seconds, minutes) -> None:
    assert minutes_of(seconds) == minutes


def test_the_list_names_papers_by_case_with_their_number(reference, vietnamese) -> None:
    birth = reference.catalogue.by_code("1.001193")
    said = lines(checklist_slip(birth, reference, vietnamese)[0])
    assert said[3:-3] == [
        "GIẤY TỜ CẦN MANG",
        "Đăng ký khai sinh",
        "Mã thủ tục|1.001193",
        "---",
        "Nộp",
        "[ ] Tờ khai đăng ký khai sinh",
        "1 bản chính",
        "[ ] Giấy chứng sinh",
        "1 bản chính, 2 bản sao",
        "Xuất trình",
        "Mang theo căn cước để đối chiếu",
        "---",
    ]
    assert said[-3:] == [
        "Thời hạn: 1 ngày làm việc",
        "Phí, lệ phí: Nguồn chưa công bố",
        "Hỗ trợ: 1900 0000",
    ]


def test_a_list_longer_than_the_paper_allows_is_shortened_by_cases(reference, vietnamese) -> None:
    birth = reference.catalogue.by_code("1.001193")
    page = "https://dvc.example.vn/{code}"
    short = replace(reference, list_length=Length(12, len), procedure_page=page)
    slip, omitted = checklist_slip(birth, short, vietnamese)
    assert omitted.papers == 1
    assert "Danh sách dài nên chỉ in một phần: còn 1 giấy tờ không có trên giấy này." in lines(slip)
    assert "<https://dvc.example.vn/1.001193>" in lines(slip)


def test_a_procedure_without_published_papers_says_so(reference, vietnamese) -> None:
    flight = reference.catalogue.by_code("1.009999")
    assert "Nguồn chưa công bố" in lines(checklist_slip(flight, reference, vietnamese)[0])


def test_an_own_template_of_the_centre_is_used(installation) -> None:
    block = TextBlock(block="text", say="{number} – {service}")
    own = SlipTemplate(slip="ticket", language="vi", blocks=(block,))
    mine = installation.model_copy(update={"slips": (own,)})
    texts = {language: load_texts(language) for language in LANGUAGES}
    reference = reference_of(mine, mine.kiosks[0], Catalogue([]), texts)
    assert lines(ticket_slip(GIVEN, (3,), reference, texts["vi"])) == ["B025 – Hộ tịch"]
    assert len(lines(ticket_slip(GIVEN, (3,), reference, texts["en"]))) > 10


def test_the_kiosk_fills_every_placeholder(reference, vietnamese) -> None:
    """A centre's template may use any of them, so each must have a value."""
    known = contents()
    for slip in ("ticket", "checklist"):
        names = known[slip].values
        blocks = tuple(TextBlock(block="text", say=f"{{{name}}}") for name in names)
        lists = tuple(
            EachBlock(
                block="each",
                of=name,
                blocks=tuple(TextBlock(block="text", say=f"{{{key}}}") for key in entry),
            )
            for name, entry in known[slip].lists.items()
        )
        template = SlipTemplate(slip=slip, blocks=blocks + lists)
        every = replace(reference, templates={(slip, "vi"): template})
        if slip == "ticket":
            made = ticket_slip(replace(GIVEN, priority="elderly"), (3,), every, vietnamese)
            assert len(made.blocks) >= len(names) - 1
        else:
            birth = reference.catalogue.by_code("1.001193")
            assert len(checklist_slip(birth, every, vietnamese)[0].blocks) > len(names)
