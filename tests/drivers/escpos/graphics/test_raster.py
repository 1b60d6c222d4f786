import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageOps
from pyzbar import pyzbar

from drivers.errors import DeviceError, DeviceReason
from drivers.escpos import commands
from drivers.escpos.graphics import raster
from drivers.escpos.text import fonts
from drivers.escpos.text.fonts import noto_sans, spelt_out
from drivers.simulators.printer.interpreter.interpreter import Interpreter
from drivers.simulators.printer.mechanics.paper import HEAD_TO_CUTTER_DOTS, Paper

SMALL = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
LETTERS = SMALL + SMALL.upper()


def printed(data: bytes) -> Image.Image:
    """Return what `data` puts on 80 mm paper, left of the margin and below the cutter's gap."""
    paper = Paper(80)
    for operation in Interpreter(576).feed(data):
        paper.print(operation)
    paper.feed(HEAD_TO_CUTTER_DOTS)
    image = paper.cut().image
    return image.crop((32, HEAD_TO_CUTTER_DOTS, image.width - 32, image.height))


@pytest.mark.parametrize("bold", [False, True])
def test_every_vietnamese_letter_arrives_on_paper_as_drawn(bold):
    for start in range(0, len(LETTERS), 20):
        picture = raster.text_line(LETTERS[start : start + 20], 1, bold=bold)
        paper = printed(raster.encode(picture))
        assert paper.height == picture.height
        assert paper.crop((0, 0, *picture.size)).tobytes() == picture.tobytes()


def test_every_vietnamese_letter_has_a_shape_of_its_own():
    shapes = {raster.text_line(letter, 2, bold=False).tobytes() for letter in LETTERS}
    missing = raster.text_line("\U000e0fff", 2, bold=False).tobytes()
    assert len(shapes) == len(LETTERS)
    assert missing not in shapes


@pytest.mark.parametrize("scale", [1, 2, 6])
@pytest.mark.parametrize("bold", [False, True])
def test_no_accent_is_cut_off_at_the_edge_of_its_line(scale, bold):
    font = fonts.noto_sans(raster.LETTER_DOTS * scale, bold=bold)
    for letter in "ẴỖẬỰỵgjQ":
        picture = raster.text_line(letter, scale, bold=bold)
        _, top, _, bottom = font.getbbox(letter)
        assert 0 <= top < bottom <= picture.height, letter


def test_bands_are_low_and_blank_rows_are_fed():
    picture = Image.new("L", (16, 400), 255)
    picture.paste(0, (0, 100, 16, 300))
    data = raster.encode(picture)
    assert data.startswith(b"\x1bJ\x64\x1dv0\x00\x02\x00\x80\x00")
    assert data.count(b"\x1dv0") == 2
    assert data.endswith(b"\x1bJ\x64")
    assert printed(data).crop((0, 0, *picture.size)).tobytes() == picture.tobytes()


def test_a_blank_picture_is_only_a_feed():
    assert raster.encode(Image.new("L", (576, 40), 255)) == b"\x1bJ\x28"


@given(st.binary(min_size=72, max_size=720), st.lists(st.sampled_from(commands.REAL_TIME)))
def test_no_picture_contains_a_real_time_command(noise, sequences):
    data = b"".join(sequences) + noise
    rows = len(data) // 72
    picture = Image.frombytes("1", (576, rows), data).convert("L")
    picture = picture.point(lambda level: 255 - level)
    assert not commands.is_obeyed_inside(raster.encode(picture))


def test_a_real_time_command_in_a_picture_costs_one_dot():
    dots = b"\x10\x04\x00\x00" + bytes(4) + b"\xff" * 4
    picture = Image.frombytes("1", (32, 3), dots).convert("L").point(lambda level: 255 - level)
    paper = printed(raster.encode(picture)).crop((0, 0, 32, 3))
    changed = ImageChops.difference(paper, picture).tobytes()
    assert sum(value != 0 for value in changed) == 1


@pytest.mark.parametrize("module_dots", [2, 6])
def test_qr_pictures_are_read_by_zbar(module_dots):
    data = "https://mc.daklak.gov.vn/t/7Q4K-A1042"
    picture = raster.qr_picture(data, module_dots)
    modules = raster.qr_modules(data)
    assert picture.width == picture.height == (modules or 0) * module_dots
    paper = Image.new("L", (576, 400), 255)
    paper.paste(picture, (80, 80))
    assert [code.data.decode() for code in pyzbar.decode(paper)] == [data]


def test_no_qr_code_holds_more_than_the_largest():
    assert raster.qr_modules("x" * 2331) == 177
    assert raster.qr_modules("x" * 2332) is None


def test_a_missing_font_names_the_package(monkeypatch, tmp_path):
    monkeypatch.setattr("plumbing.fonts.FOLDERS", (tmp_path,))
    fonts.noto_sans.cache_clear()
    with pytest.raises(DeviceError) as missing:
        fonts.noto_sans(24)
    assert missing.value.reason is DeviceReason.LIBRARY_MISSING
    assert "fonts-noto-core" in missing.value.detail


@pytest.mark.parametrize("text", ["J", "Just", "jì", "ỹ", "Đặng Ngọc Ỷ", "f", ""])
@pytest.mark.parametrize("bold", [False, True])
def test_a_line_is_set_of_its_letters_as_the_font_draws_them_and_nothing_is_clipped(text, bold):
    drawn = raster.text_line(text, 2, bold=bold)
    font = noto_sans(48, bold=bold)
    whole = Image.new("L", (drawn.width + 80, drawn.height), 255)
    ImageDraw.Draw(whole).text((40, 0), text, font=font, fill=0)
    ink = ImageOps.invert(whole.point(lambda level: 0 if level < 150 else 255))
    box = ink.getbbox()
    mine = ImageOps.invert(drawn)
    assert (box is None) == (mine.getbbox() is None)
    if box:
        assert mine.crop(mine.getbbox()).tobytes() == ink.crop(box).tobytes()


@pytest.mark.parametrize(
    ("text", "said"), [("a→b", "a->b"), ("漢 ế", "[U+6F22] ế"), ("đ €", "đ €")]
)
def test_what_the_font_lacks_is_told_by_another_sign_or_its_number(text, said):
    assert spelt_out(text) == said


def test_a_character_without_ink_draws_nothing():
    line = raster.text_line("\u200b", 1, bold=False)
    assert ImageOps.invert(line).getbbox() is None
