import os
import struct
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.random import default_rng
from PIL import Image

from benchmarks.scanning import symbols
from drivers.scanners.decoding.image_file import (
    FORMATS,
    LARGEST_FILE,
    decode_image_file,
    readings_of_file,
)
from drivers.scanners.decoding.image_file_reasons import ImageFileError, ImageFileReason
from drivers.scanners.decoding.pdf_pages import LONGEST_PAGE_SIDE, PAGES, closer_page, pages
from service_floor.dossiers.worth import appraisal

DOSSIER = "H56.14-240823-0001"


def picture(mode: str = "L") -> Image.Image:
    symbol = symbols.qr(DOSSIER, default_rng(1))
    return Image.fromarray(np.kron(symbol, np.ones((5, 5), np.uint8))).convert(mode)


def packed(image: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    image.save(file, kind)
    return file.getvalue()


def pdf(objects: list[str], trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        content
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(content)}\n%%EOF\n"
        ).encode()
    )


def blank_pages(count: int, side: int = 600) -> list[str]:
    kids = " ".join(f"{number} 0 R" for number in range(3, count + 3))
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {side} {side}] >>"
    return [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>",
        *[page] * count,
    ]


def picture_page(width: int, height: int) -> list[str]:
    draw = "600 0 0 600 0 0 cm /Im Do"
    return [
        *blank_pages(1)[:2],
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 600] /Contents 4 0 R "
        "/Resources << /XObject << /Im 5 0 R >> >> >>",
        f"<< /Length {len(draw)} >>\nstream\n{draw}\nendstream",
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8 "
        "/ColorSpace /DeviceGray /Length 4 >>\nstream\n0000\nendstream",
    ]


LOCKED = (
    f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
    f" /ID [<{'43' * 16}> <{'43' * 16}>]"
)


def refused(path: Path) -> ImageFileReason:
    with pytest.raises(ImageFileError) as caught:
        decode_image_file(path)
    return caught.value.reason


def png_claiming(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(10_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("L", "PNG"), ("RGB", "JPEG"), ("CMYK", "JPEG"), ("RGB", "WEBP"), ("L", "TIFF"), ("1", "TIFF"), ("RGB", "JPEG2000"), ("RGB", "AVIF"), ("P", "GIF"), ("1", "PNG"), ("L", "BMP"), ("RGBA", "PNG"), ("LA", "PNG")],
)  # fmt: skip
def test_a_picture_of_any_usual_kind_is_read(mode: str, kind: str, tmp_path: Path) -> None:
    file = tmp_path / "slip"
    file.write_bytes(packed(picture(mode), kind))

    assert [code.text for code in decode_image_file(file)] == [DOSSIER]


def test_black_on_nothing_is_black_on_white(tmp_path: Path) -> None:
    ink = Image.new("RGBA", picture().size, "black")
    ink.putalpha(picture().point(lambda level: 255 - level))
    file = tmp_path / "slip.png"
    file.write_bytes(packed(ink, "PNG"))

    assert [code.text for code in decode_image_file(file)] == [DOSSIER]


def test_sixteen_bits_are_read(tmp_path: Path) -> None:
    file = tmp_path / "slip.png"
    Image.fromarray(np.asarray(picture()).astype(np.uint16) * 257).save(file)

    assert [code.text for code in decode_image_file(file)] == [DOSSIER]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", ImageFileReason.NOT_AN_IMAGE),
        (b"HO SO: H56.14-240823-0001", ImageFileReason.NOT_AN_IMAGE),
        (b"PK\x03\x04 a document", ImageFileReason.NOT_AN_IMAGE),
        (b"%PDF-1.7\n", ImageFileReason.BROKEN_PDF),
        (packed(picture(), "PDF")[:300], ImageFileReason.BROKEN_PDF),
        (pdf(blank_pages(0)), ImageFileReason.BROKEN_PDF),
        (pdf(blank_pages(1), LOCKED), ImageFileReason.ENCRYPTED_PDF),
        (pdf(picture_page(60_000, 60_000)), ImageFileReason.PICTURE_TOO_LARGE),
        (packed(picture(), "PNG")[:200], ImageFileReason.NOT_AN_IMAGE),
        (packed(picture("RGB"), "JPEG")[:900], ImageFileReason.NOT_AN_IMAGE),
        (png_claiming(31_000, 10), ImageFileReason.NOT_AN_IMAGE),
        (png_claiming(60_000, 60_000), ImageFileReason.PICTURE_TOO_LARGE),
        (png_claiming(12_000, 9_000), ImageFileReason.PICTURE_TOO_LARGE),
    ],
    ids=[
        "empty",
        "text",
        "archive",
        "head of a PDF",
        "broken PDF",
        "PDF without a page",
        "PDF with a password",
        "PDF with a bomb",
        "broken PNG",
        "broken JPEG",
        "long and broken",
        "bomb",
        "large",
    ],
)
def test_what_is_no_picture_is_refused_by_its_reason(
    content: bytes, reason: ImageFileReason, tmp_path: Path
) -> None:
    file = tmp_path / "dropped"
    file.write_bytes(content)

    assert refused(file) is reason


def test_a_pdf_is_judged_by_itself_and_not_by_the_one_before() -> None:
    for content, reason in [
        (pdf(blank_pages(1), LOCKED), ImageFileReason.ENCRYPTED_PDF),
        (pdf(blank_pages(0)), ImageFileReason.BROKEN_PDF),
        (b"%PDF-1.7\n", ImageFileReason.BROKEN_PDF),
        (pdf(blank_pages(1), LOCKED), ImageFileReason.ENCRYPTED_PDF),
    ]:
        with pytest.raises(ImageFileError) as caught:
            list(pages(content))
        assert caught.value.reason is reason


@pytest.mark.slow
def test_the_codes_of_a_pdf_are_read_from_its_first_pages(tmp_path: Path) -> None:
    file, blank = tmp_path / "slip.pdf", Image.new("L", (100, 100), "white")
    picture().save(file, "PDF", resolution=100, save_all=True, append_images=[blank])
    assert [code.text for code in decode_image_file(file)] == [DOSSIER]

    blank.save(file, "PDF", resolution=100, save_all=True, append_images=[blank, blank, picture()])
    assert decode_image_file(file) == ()


@pytest.mark.parametrize(("count", "side"), [(10_000, 100), (1, 14_400), (1, 2_000_000)])
def test_a_pdf_of_many_or_huge_pages_costs_no_more_than_the_limits(count: int, side: int) -> None:
    content = pdf(blank_pages(count, side))
    drawn = list(pages(content))

    assert len(drawn) == min(count, PAGES)
    assert max(drawn[0].shape) <= LONGEST_PAGE_SIDE
    assert drawn[0].ndim == 2


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "poster.png"
    with file.open("wb") as large:
        large.truncate(LARGEST_FILE + 1)

    assert refused(file) is ImageFileReason.FILE_TOO_LARGE


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    for path in (tmp_path, tmp_path / "pipe", tmp_path / "gone.png", tmp_path / "a\0b"):
        assert refused(path) is ImageFileReason.UNREADABLE


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*(each for each in FORMATS if each != "HEIF"), "PDF"])
def test_a_damaged_picture_is_read_or_refused_and_nothing_else(kind: str, tmp_path: Path) -> None:
    chance = default_rng([7, *kind.encode()])
    whole = packed(picture("RGB"), kind)
    file = tmp_path / "damaged"
    for _ in range(10 if kind == "PDF" else 40):
        damaged = bytearray(whole)
        for at in chance.integers(0, min(len(damaged), 600), 4):
            damaged[at] = chance.integers(0, 256)
        file.write_bytes(damaged)
        try:
            codes = decode_image_file(file)
        except ImageFileError:
            continue
        assert all(code.text == DOSSIER for code in codes)


FILES = Path(__file__).with_name("files")


@pytest.mark.parametrize("name", ["iphone.heic", "signature-widget.pdf"])
def test_a_phones_own_format_and_the_picture_of_a_signature_are_read(name: str) -> None:
    assert [code.text for code in decode_image_file(FILES / name)] == [DOSSIER]


def test_a_damaged_heic_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "photo.heic"
    file.write_bytes((FILES / "iphone.heic").read_bytes()[:9_000])
    assert refused(file) is ImageFileReason.NOT_AN_IMAGE


@pytest.mark.parametrize(
    "head", [b"\n\n", b"\xef\xbb\xbf", b"Content-Type: application/pdf\r\n" * 20]
)
def test_bytes_before_a_pdf_do_not_matter(head: bytes, tmp_path: Path) -> None:
    file = tmp_path / "mail.pdf"
    file.write_bytes(head + packed(picture(), "PDF"))
    assert [code.text for code in decode_image_file(file)] == [DOSSIER]


def test_the_pages_of_a_tiff_are_looked_at_in_turn(tmp_path: Path) -> None:
    file, blank = tmp_path / "scan.tif", Image.new("1", (200, 200), 1)
    blank.save(file, "TIFF", compression="group4", save_all=True, append_images=[picture("1")])
    assert [code.text for code in decode_image_file(file)] == [DOSSIER]
    blank.save(file, "TIFF", save_all=True, append_images=[blank, blank, picture("1")])
    assert decode_image_file(file) == ()


def test_a_scrolled_screenshot_keeps_its_size(tmp_path: Path) -> None:
    screen = Image.new("L", (700, 14_000), 255)
    screen.paste(picture().resize((90, 90), Image.Resampling.BOX), (100, 12_345))
    file = tmp_path / "screen.png"
    screen.save(file)
    assert [code.text for code in decode_image_file(file)] == [DOSSIER]


@pytest.mark.slow
def test_a_photograph_of_a_hundred_megapixels_is_unpacked_smaller(tmp_path: Path) -> None:
    photo = Image.new("L", (12_000, 9_000), 200)
    photo.paste(picture().resize((900, 900), Image.Resampling.BOX), (5_000, 4_000))
    file = tmp_path / "photo.jpg"
    photo.save(file, quality=40)
    assert [code.text for code in decode_image_file(file)] == [DOSSIER]


def test_a_scanned_page_is_drawn_at_the_resolution_of_its_scan(tmp_path: Path) -> None:
    scan = Image.new("L", (1_240, 1_754), 255)
    scan.paste(picture().resize((84, 84), Image.Resampling.BOX), (600, 900))
    for resolution in (300, 1_400):
        file = tmp_path / f"{resolution}.pdf"
        scan.save(file, "PDF", resolution=resolution)
        (page,) = pages(file.read_bytes())
        assert page.shape == pytest.approx((1_754, 1_240), abs=2)
        assert [code.text for code in decode_image_file(file)] == [DOSSIER]


def test_a_page_without_a_code_is_looked_at_closer(tmp_path: Path) -> None:
    content = pdf(blank_pages(1, 90))
    (page,) = pages(content)
    assert (page.shape, closer_page(content).shape) == ((250, 250), (500, 500))
    file = tmp_path / "blank.pdf"
    file.write_bytes(content)
    assert decode_image_file(file) == ()


def test_a_document_ends_with_the_page_that_shows_a_code_of_the_best_worth(tmp_path: Path) -> None:
    file = tmp_path / "papers.pdf"
    zalo = Image.fromarray(
        np.kron(symbols.qr("https://zalo.me/1", default_rng(1)), np.ones((5, 5), np.uint8))
    )
    zalo.save(file, "PDF", save_all=True, append_images=[picture(), zalo])
    found = readings_of_file(file, appraise=appraisal(()))
    assert [[code.text for code in codes] for codes in found] == [["https://zalo.me/1"], [DOSSIER]]
