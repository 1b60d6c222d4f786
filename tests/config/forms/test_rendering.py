"""Forms as they come on paper, read back from the PDF."""

import io
import re
from datetime import date

import pytest
import zxingcpp
from PIL import Image

from benchmarks.forms.pages import cut_off, fonts_of, overlaps, pages_of, text_of, without_spaces
from config.forms.appointment import AppointmentForm
from config.forms.engine import Output
from config.forms.rendering import Sheet, render
from config.forms.samples import longest_appointment, usual_appointment
from config.forms.values import HandedInPaper

SETS = (date(2025, 9, 14), date(2025, 9, 15))
EVERY = [(day, paper) for day in SETS for paper in ("a4", "a5")]
BOTH = [(SETS[0], "a5"), (SETS[1], "a4")]
_FOOT = re.compile(r"Mẫu số 01, Thông tư số \S+( \d\b)?")


def pdf_of(form, day, paper, now, **more) -> bytes:
    return render(form, day, now, Sheet(paper, **more)).pdf


@pytest.mark.parametrize(("day", "paper"), EVERY)
def test_every_value_is_read_back_from_the_paper(day, paper, now) -> None:
    form = usual_appointment()
    text = text_of(pdf_of(form, day, paper, now, printed_for="Quầy 05"))
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "UBND TỈNH LAM SƠN",
        "Lam Sơn, ngày 20 tháng 11 năm 2026",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Mã hồ sơ: H56.14-261120-0001",
        "Nguyễn Thị Hoàng Ánh (trực tiếp)",
        "08 giờ 15 phút, ngày 20 tháng 11 năm 2026",
        "sau 16 giờ 30 phút, ngày 04 tháng 12 năm 2026",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Quầy 05",
        *(value for value in form.model_dump(exclude={"authority", "office", "agency", "tracking"}).values() if isinstance(value, str)),
        *(f"{row.name} 1 {row.copies}" for row in form.papers),
    ):  # fmt: skip
        assert said in text, said


@pytest.mark.slow
@pytest.mark.parametrize(("day", "paper"), BOTH)
@pytest.mark.parametrize("form", [longest_appointment(1_500, 12), AppointmentForm()], ids=["longest", "blank"])  # fmt: skip
def test_nothing_lies_on_something_else_or_leaves_the_paper(day, paper, form, now) -> None:
    for page in pages_of(pdf_of(form, day, paper, now, printed_for="In cho: Quầy 05")):
        assert page[1]
        assert cut_off(page) == []
        assert overlaps(page[1]) == []


@pytest.mark.slow
@pytest.mark.parametrize(("day", "paper"), BOTH)
def test_the_longest_values_are_whole(day, paper, now) -> None:
    form = longest_appointment(1_500, 12)
    pdf = pdf_of(form, day, paper, now)
    text = without_spaces(_FOOT.sub("", text_of(pdf)))
    for value in (form.citizen, form.address, form.email, form.request, form.owner, form.owner_address, form.return_at, form.office.upper()):  # fmt: skip
        assert without_spaces(value) in text
    for row in form.papers[1:]:
        assert without_spaces(row.name) in text
    assert text.count("Têngiấytờ") > 1, "the head comes again on each page"


def test_the_usual_form_is_small_and_brings_its_letters_along(now) -> None:
    for output in (Output.PDF, Output.ARCHIVE):
        pdf = pdf_of(usual_appointment(12), SETS[1], "a4", now, output=output)
        assert len(pdf) < 100_000
        assert len(fonts_of(pdf)) >= 3
        assert all(fonts_of(pdf).values())
    assert b"pdfaid" in pdf


TRAPS = (
    '#read("/etc/passwd")', "$x$", "*đậm* _nghiêng_", "<b>x</b>", "\\ \\u{41}", "{{ x }}", "#panic()", "// x", "/* x */", "`x`",
    "= x", "- x", "@x", "<x>", "'x' \"y\"", "a--b c---d", "https://x.vn/?a=1", "100% ~ x", "fi fl ffi", "]", "#{",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("day", "paper"), BOTH)
def test_a_value_prints_itself(day, paper, now) -> None:
    rows = tuple(HandedInPaper(name=f"A {trap} Z", originals=7) for trap in TRAPS)
    for trap in TRAPS[:2]:
        form = usual_appointment(citizen=f"A {trap} Z", request=trap, channel="", officer=trap, papers=rows)  # fmt: skip
        text = text_of(pdf_of(form, day, paper, now))
        assert f": A {trap} Z" in text
        assert f"Nội dung yêu cầu giải quyết: {trap}" in text
        assert all(f"{i} {row.name} 7" in text for i, row in enumerate(rows, 1))


def test_what_cannot_be_seen_is_left_out_of_a_value() -> None:
    form = AppointmentForm(citizen="Nguye\u0302\u0303n\u202e\x00 \n An")
    assert form.citizen == "Nguyễn An"


@pytest.mark.parametrize("day", SETS)
def test_what_is_unknown_is_a_line_to_write_on(day, now) -> None:
    text = text_of(pdf_of(AppointmentForm(), day, "a4", now))
    assert "Địa chỉ: ......" in text
    assert re.search(r"giờ( ?\.){4}", text)
    assert "null" not in text.lower()
    assert "none" not in text.lower()
    assert "00 giờ" not in text


@pytest.mark.parametrize("day", SETS)
def test_a_result_promised_for_a_day_has_no_time(day, now) -> None:
    form = usual_appointment(due_at=date(2026, 12, 4), received_at=date(2026, 11, 20))
    text = text_of(pdf_of(form, day, "a4", now))
    assert "ngày 04 tháng 12 năm 2026" in text
    assert "giờ" not in text


@pytest.mark.slow
@pytest.mark.parametrize(("day", "paper"), BOTH)
def test_both_codes_are_read_from_the_page(day, paper, now) -> None:
    sheet = Sheet(paper, Output.PNG, ppi=200)
    form = usual_appointment(1, dossier=longest_appointment(1_500, 12).dossier)
    picture = Image.open(io.BytesIO(render(form, day, now, sheet).pages[0]))
    head = picture.crop((0, 0, picture.width, picture.height // 3))
    assert {code.text for code in zxingcpp.read_barcodes(head)} == {form.dossier, form.tracking}


def test_a_person_from_elsewhere_has_its_paper_and_its_file(now) -> None:
    form = usual_appointment(1, citizen="王小明 Иван Ελένη")
    for output in Output:
        rendering = render(form, SETS[1], now, Sheet(output=output))
        assert rendering.pages
        assert rendering.mistakes == ()
