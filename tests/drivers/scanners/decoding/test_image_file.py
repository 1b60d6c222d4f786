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
)
from drivers.scanners.decoding.image_file_reasons import ImageFileError, ImageFileReason
from drivers.scanners.decoding.pdf_pages import LONGEST_PAGE_SIDE, PAGES, first_pages

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
    [("L", "PNG"), ("RGB", "JPEG"), ("CMYK", "JPEG"), ("RGB", "WEBP"), ("P", "GIF"), ("1", "PNG"), ("L", "BMP"), ("RGBA", "PNG"), ("LA", "PNG")],
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
        (png_claiming(6_001, 10), ImageFileReason.PICTURE_TOO_LARGE),
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
        "too wide",
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
            first_pages(content)
        assert caught.value.reason is reason


@pytest.mark.slow
def test_the_codes_of_a_pdf_are_read_from_its_first_pages(tmp_path: Path) -> None:
    file, blank = tmp_path / "slip.pdf", Image.new("L", (400, 400), "white")
    picture().save(file, "PDF", resolution=100, save_all=True, append_images=[blank])
    assert [code.text for code in decode_image_file(file)] == [DOSSIER]

    blank.save(file, "PDF", resolution=100, save_all=True, append_images=[blank, blank, picture()])
    assert decode_image_file(file) == ()


@pytest.mark.parametrize(("pages", "side"), [(10_000, 100), (1, 14_400), (1, 2_000_000)])
def test_a_pdf_of_many_or_huge_pages_costs_no_more_than_the_limits(pages: int, side: int) -> None:
    content = pdf(blank_pages(pages, side))
    drawn = first_pages(content)

    assert len(drawn) == min(pages, PAGES)
    assert max(drawn[0].shape) <= LONGEST_PAGE_SIDE
    assert drawn[0].ndim == 2


def test_a_file_of_more_than_twenty_megabytes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "poster.png"
    with file.open("wb") as large:
        large.truncate(LARGEST_FILE + 1)

    assert refused(file) is ImageFileReason.FILE_TOO_LARGE


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    for path in (tmp_path, tmp_path / "pipe", tmp_path / "gone.png", tmp_path / "a\0b"):
        assert refused(path) is ImageFileReason.UNREADABLE


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*FORMATS, "PDF"])
def test_a_damaged_picture_is_read_or_refused_and_nothing_else(kind: str, tmp_path: Path) -> None:
    chance = default_rng([7, *kind.encode()])
    whole = packed(picture("RGB"), kind)
    file = tmp_path / "damaged"
    for _ in range(40):
        damaged = bytearray(whole)
        for at in chance.integers(0, min(len(damaged), 600), 4):
            damaged[at] = chance.integers(0, 256)
        file.write_bytes(damaged)
        try:
            codes = decode_image_file(file)
        except ImageFileError:
            continue
        assert all(code.text == DOSSIER for code in codes)
