import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageOps
from pyzbar import pyzbar

from config.model.devices import EscposPrinter, TcpPort
from config.model.printers import abilities, model_names
from drivers.escpos import commands
from drivers.escpos.encoder import (
    BAND_BYTES,
    Encoding,
    UnprintableError,
    encode,
    height_dots,
    length_on,
)
from drivers.escpos.graphics import raster
from drivers.slip import Align, Barcode, Columns, Cut, Feed, QrCode, Rule, Slip, Text

SMALL = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
LETTERS = SMALL + SMALL.upper()


def ink_box(slip):
    return ImageOps.invert(slip.image).getbbox()


def test_every_vietnamese_letter_is_printed_as_text(on_paper, profile):
    slip = on_paper(Text(LETTERS), profile=profile("tcvn3"))
    assert "".join(slip.lines) == LETTERS


def test_every_vietnamese_letter_is_printed_as_a_picture(on_paper, profile):
    slip = on_paper(Text(LETTERS), profile=profile("raster", feed_before_cut_dots=96))
    assert slip.lines == ()
    paper, top = slip.image, 96
    for line in _lines_as_drawn(LETTERS, 576):
        picture = raster.text_line(line, 1, bold=False)
        strip = paper.crop((32, top, 32 + picture.width, top + picture.height))
        assert strip.tobytes() == picture.tobytes(), line
        top += picture.height
    assert top == paper.height


def _lines_as_drawn(text, width):
    lines = [""]
    for char in text:
        if raster.text_width(lines[-1] + char, 1, bold=False) > width:
            lines.append("")
        lines[-1] += char
    return lines


def test_a_line_with_a_letter_without_code_becomes_a_picture_and_the_others_stay_text(
    on_paper, profile
):
    slip = on_paper(Text("Số tiền\n100 €\nđồng"), profile=profile("tcvn3"))
    assert slip.lines == ("Số tiền", "đồng")
    assert "?" not in "".join(slip.lines)
    as_picture = raster.text_line("100 €", 1, bold=False)
    strip = slip.image.crop((32, 126, 32 + as_picture.width, 126 + as_picture.height))
    assert strip.tobytes() == as_picture.tobytes()


@pytest.mark.slow
@pytest.mark.parametrize("paper_mm", [58, 80])
@pytest.mark.parametrize("text", ["tcvn3", "raster"])
@pytest.mark.parametrize("align", list(Align))
def test_nothing_is_printed_beyond_the_edges(on_paper, profile, paper_mm, text, align):
    words = (
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả – WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"
    )
    slip = on_paper(
        Text(words, align),
        Text(words, align, scale=3, bold=True),
        Columns(words, words),
        profile=profile(text, paper_mm=paper_mm),
    )
    if text == "tcvn3":
        whole = "".join(slip.lines).replace(" ", "")
        assert whole == words.replace("–", "-").replace(" ", "") * 4
    left, _, right, _ = ink_box(slip)
    margin = (slip.image.width - (576 if paper_mm == 80 else 384)) // 2
    assert left >= margin
    assert right <= slip.image.width - margin


def test_a_ticket_number_shrinks_rather_than_breaks(on_paper, profile):
    narrow = profile("tcvn3", paper_mm=58)
    slip = on_paper(Text("A1042", scale=8), profile=narrow)
    assert slip.lines == ("A1042",)
    data = encode(Slip("j", (Text("A1042", scale=8),)), narrow).data
    assert commands.character_size(6) in data


def test_columns_stand_at_both_edges(on_paper, profile):
    slip = on_paper(Columns("Quầy", "12"), profile=profile("tcvn3"))
    assert slip.lines == ("Quầy" + " " * 42 + "12",)
    picture = on_paper(Columns("Quầy", "12"), profile=profile("raster"))
    left, _, right, _ = ink_box(picture)
    assert left <= 36
    assert right >= 32 + 576 - 4


def test_columns_too_long_for_one_line_take_two(on_paper, profile):
    slip = on_paper(Columns("x" * 30, "y" * 30), profile=profile("tcvn3"))
    assert slip.lines == ("x" * 30, "y" * 30)


def test_a_page_is_selected_again_in_every_job(profile, ticket):
    data = encode(ticket, profile("tcvn3", page_lower=27, page_upper=28)).data
    assert data.startswith(b"\x1b@\x1c.\x1dP\x00\xcb\x1bt\x1b")
    assert b"\x1bt\x1c" in data
    assert encode(ticket, profile("raster")).data.startswith(b"\x1b@\x1c.\x1dP\x00\xcb")


def test_the_paper_to_the_cutter_is_counted_and_left_to_the_cut(profile, ticket):
    near = encode(ticket, profile(feed_before_cut_dots=20))
    far = encode(ticket, profile(feed_before_cut_dots=300))
    assert far.height_dots - near.height_dots == 280
    assert far.data == near.data


def test_the_height_of_a_job_is_that_of_its_paper(on_paper, profile, ticket):
    for text in ("tcvn3", "raster"):
        encoded = encode(ticket, profile(text))
        slip = on_paper(*ticket.blocks, profile=profile(text))
        assert encoded.height_dots == slip.image.height


def test_qr_codes_shrink_to_the_paper(on_paper, profile):
    data = "https://mc.vn/" + "x" * 200
    for native in (True, False):
        narrow = profile(paper_mm=58, native_qr=native)
        slip = on_paper(QrCode(data, module_dots=16), profile=narrow)
        assert [code.data.decode() for code in pyzbar.decode(slip.image)] == [data]


def test_a_qr_code_that_cannot_fit_is_refused(profile):
    with pytest.raises(UnprintableError):
        encode(Slip("j", (QrCode("x" * 5000),)), profile())


def test_qr_data_that_would_command_the_printer_is_printed_as_a_picture(on_paper, profile):
    hostile = "a\x10\x04\x01b"
    slip = on_paper(QrCode(hostile), profile=profile(native_qr=True))
    assert slip.qr == ()
    assert [code.data.decode() for code in pyzbar.decode(slip.image)] == [hostile]


def test_a_dossier_code_fits_across_the_paper_and_is_read(on_paper, profile):
    code = "000.00.12.H26-250728-0042"
    slip = on_paper(Barcode(code), profile=profile())
    assert slip.barcodes == (code,)
    assert [found.data.decode() for found in pyzbar.decode(slip.image)] == [code]


@pytest.mark.parametrize("data", ["000.00.12.H26-250728-0042/9", "Hồ sơ 12", "A\x101604"])
def test_what_does_not_fit_a_barcode_becomes_a_qr_code_with_its_text(on_paper, profile, data):
    slip = on_paper(Barcode(data), profile=profile(paper_mm=58))
    assert slip.barcodes == ()
    assert slip.qr == (data,)
    assert slip.lines == (data.replace("\x10", ""),)


def test_pairs_of_digits_that_would_command_the_printer_are_sent_singly(on_paper, profile):
    data = encode(Slip("j", (Barcode("160412"),)), profile()).data
    assert b"{B160412" in data
    assert on_paper(Barcode("160412"), profile=profile()).barcodes == ("160412",)


def test_empty_codes_print_nothing(on_paper, profile):
    slip = on_paper(QrCode(""), Barcode(""), profile=profile())
    assert ink_box(slip) is None


TEXTS = st.text(st.sampled_from("aZ đĐấẤ\x10\x04\x05\x14\x1b\x1d@V\n€–0") | st.characters())
BLOCKS = st.one_of(
    st.builds(Text, TEXTS, st.sampled_from(Align), st.integers(-1, 9), st.booleans()),
    st.builds(Columns, TEXTS, TEXTS),
    st.builds(QrCode, st.text(max_size=20), st.integers(0, 20)),
    st.builds(Barcode, st.text("0123456789\x10\x04A", max_size=12), st.integers(0, 300)),
    st.builds(Feed, st.integers(-1, 300)),
    st.just(Rule()),
)


@given(st.lists(BLOCKS, max_size=4), st.sampled_from(("tcvn3", "raster")))
def test_no_slip_contains_a_real_time_command_or_prints_a_blank_code(blocks, text):
    profile = EscposPrinter(kind="escpos", port=TcpPort(wire="tcp", host="x"), text=text)
    data = encode(Slip("job", tuple(blocks)), profile).data
    assert not commands.is_obeyed_inside(data)


def test_a_cut_inside_a_slip_is_one_more(profile):
    whole = encode(Slip("job", (Text("A"), Text("B"))), profile("tcvn3")).data
    parts = encode(Slip("job", (Text("A"), Cut(), Text("B"))), profile("tcvn3")).data
    cut = commands.feed_and_cut(is_full=False)
    assert parts.count(cut) == whole.count(cut) + 1


def test_bars_that_the_printer_cannot_draw_are_drawn_for_it_with_their_data_below(
    on_paper, profile
):
    slip = on_paper(Barcode("A1042-280725"), profile=profile("tcvn3", native_code128=False))
    assert slip.lines == ("A1042-280725",)
    assert [code.data for code in pyzbar.decode(slip.image)] == [b"A1042-280725"]


def test_a_character_that_is_spelt_out_in_letters_is_printed_as_text(on_paper, profile):
    slip = on_paper(Text("漢"), profile=profile("tcvn3"))
    assert slip.lines == ("[U+6F22]",)


def test_a_rule_and_spaces_in_pictures(on_paper, profile):
    slip = on_paper(Rule(), Text("a b"), profile=profile("raster"))
    assert slip.lines == ()
    assert ink_box(slip) is not None


def test_a_printer_without_a_cutter_is_sent_no_cut(profile):
    models = [profile(model=name, width_dots=384) for name in model_names()]
    bare = next(model for model in models if abilities(model).cutter == "none")
    assert b"\x1dV" not in encode(Slip("job", (Text("A"), Cut())), bare).data


def test_bars_of_firmware_that_finds_the_code_set_itself_are_given_the_data_only(profile):
    slip = Slip("job", (Barcode("A1042-280725"),))
    named = encode(slip, profile("tcvn3")).data
    own = encode(slip, profile("tcvn3", code128_sets=False)).data
    assert b"{BA1042-" in named
    assert b"\x1dkI\x0cA1042-280725" in own
    assert b"{" not in own


def long_list(papers: int) -> Slip:
    blocks = (Text("GIẤY TỜ CẦN MANG", Align.CENTRE, 2), QrCode("https://mc.vn/p/1.013225"))
    return Slip(
        "list", blocks + tuple(Text(f"[ ] Giấy tờ số {n} của hồ sơ") for n in range(papers))
    )


@pytest.mark.parametrize("text", ["raster", "glyphs", "tcvn3"])
def test_a_long_slip_is_encoded_in_bands_that_make_the_same_bytes(profile, text):
    slip, settings = long_list(60), profile(text)
    encoding = Encoding(slip, settings)
    bands = [(band, encoding.height_dots) for band in encoding.bands()]
    whole = encode(slip, settings)
    assert b"".join(band for band, _ in bands) == whole.data
    assert [height for _, height in bands] == sorted({height for _, height in bands})
    assert bands[-1][1] == whole.height_dots
    assert max(len(band) for band, _ in bands) < 2 * BAND_BYTES
    assert (len(bands) > 3) == (text == "raster")


def test_nothing_leaves_of_a_slip_whose_last_code_does_not_fit(profile):
    slip = long_list(60)
    with pytest.raises(UnprintableError):
        Encoding(Slip("list", (*slip.blocks, QrCode("x" * 3000))), profile())


@pytest.mark.parametrize("text", ["raster", "glyphs", "tcvn3"])
def test_the_height_of_blocks_is_known_without_drawing_them(profile, ticket, text):
    settings = profile(text)
    for slip in (ticket, long_list(5)):
        feed = abilities(settings).feed_before_cut_dots
        assert height_dots(slip.blocks, settings) == encode(slip, settings).height_dots - feed


def test_a_list_may_be_as_long_as_its_printer_allows_with_the_feed_to_the_cutter(profile):
    length = length_on(profile(longest_list_mm=300, feed_before_cut_dots=100))
    assert length.most_dots == 2300
    assert length.measure((Text("Số"), Text("Đất"))) == 60
