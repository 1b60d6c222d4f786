import json
import os
import signal
import threading
import time
from pathlib import Path

import pytest
import qrcode
from PIL import Image

from drivers.protocols import Alike
from drivers.scanners.decoding.file_reading import FileReading, Limits, lines_of, texts_of
from drivers.scanners.decoding.image_file_reasons import ImageFileError, ImageFileReason

pytestmark = pytest.mark.floor

DOSSIER = "H56.14-240823-0001"


def endless_pdf(depth: int = 12, times: int = 10) -> bytes:
    """A kilobyte whose one page draws `times ** depth` squares, by forms that draw forms."""
    size = "/MediaBox [0 0 600 600]"
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        f"<< /Type /Page /Parent 2 0 R {size} /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>",
        "<< /Length 5 >>\nstream\n/F Do\nendstream",
    ]
    for number in range(6, depth + 6):
        draw = "/F Do " * times
        bodies.append(
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 600 600] /Length {len(draw)} "
            f"/Resources << /XObject << /F {number} 0 R >> >> >>\nstream\n{draw}\nendstream"
        )
    bodies.append(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 600 600] /Length 12 >>\n"
        "stream\n0 0 1 1 re f\nendstream"
    )
    objects = "".join(f"{at} 0 obj\n{body}\nendobj\n" for at, body in enumerate(bodies, 1))
    return f"%PDF-1.7\n{objects}trailer\n<< /Root 1 0 R >>\n%%EOF\n".encode()


def slip(folder: Path) -> Path:
    # Such a name reaches nobody who lists the processes, and no shell.
    file = folder / "-m Nguyễn Văn An; $(exit).png"
    qrcode.make(DOSSIER).save(file)
    return file


def kill_reader(reading: FileReading) -> None:
    """As the kernel ends a process that a file has broken, in the middle of its work."""
    deadline = time.monotonic() + 10
    while reading._process is None:
        assert time.monotonic() < deadline
        time.sleep(0)
    os.kill(reading._process.pid, signal.SIGSEGV)


def refused(reading: FileReading) -> ImageFileReason:
    with pytest.raises(ImageFileError) as caught:
        reading.texts()
    assert reading._process is None or reading._process.poll() is not None
    return caught.value.reason


def test_a_file_is_read_by_another_process(tmp_path: Path) -> None:
    reading = FileReading(slip(tmp_path))

    assert reading.texts() == (DOSSIER,)
    assert reading._process is not None
    assert not [part for part in reading._process.args if "An" in part]


def test_a_file_that_is_no_picture_keeps_its_reason(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("HO SO")

    assert refused(FileReading(tmp_path / "letter")) is ImageFileReason.NOT_AN_IMAGE


def test_a_page_whose_drawing_never_ends_is_given_up(tmp_path: Path) -> None:
    file = tmp_path / "endless.pdf"
    file.write_bytes(endless_pdf())

    assert refused(FileReading(file, Limits(seconds=0.8))) is ImageFileReason.TAKES_TOO_LONG


def test_a_file_takes_no_more_than_its_memory(tmp_path: Path) -> None:
    reading = FileReading(slip(tmp_path), Limits(memory=1 << 16))

    assert refused(reading) is ImageFileReason.PICTURE_TOO_LARGE


def test_a_reader_that_a_file_has_killed_is_told_by_its_own_reason(tmp_path: Path) -> None:
    reading = FileReading(slip(tmp_path))
    killer = threading.Thread(target=kill_reader, args=(reading,))
    killer.start()

    assert refused(reading) is ImageFileReason.READER_CRASHED
    killer.join()


def test_an_abandoned_file_is_not_begun(tmp_path: Path) -> None:
    reading = FileReading(slip(tmp_path))
    reading.abandon()

    assert refused(reading) is ImageFileReason.READER_CRASHED
    assert reading._process is None


@pytest.mark.parametrize(
    "answer",
    [b"", b"\xff", b"7", b"[]", b"{", b'{"codes": 7}', b'{"refused": "well"}', b"[" * 100_000],
)
def test_a_reader_that_talks_nonsense_has_crashed(answer: bytes) -> None:
    with pytest.raises(ImageFileError) as caught:
        texts_of(answer)
    assert caught.value.reason is ImageFileReason.READER_CRASHED


def test_what_a_reader_tells_is_kept_as_it_is() -> None:
    assert texts_of(json.dumps({"codes": ["a", "Đ\n"]}).encode()) == ("a", "Đ\n")
    assert texts_of(b'{"end": true}') is None


@pytest.mark.slow
def test_what_was_read_is_kept_when_the_time_is_over(tmp_path: Path) -> None:
    file = tmp_path / "receipt.pdf"
    code = qrcode.make(DOSSIER).get_image().convert("L")
    plan = Image.effect_noise((3_000, 4_000), 90)
    code.save(file, "PDF", save_all=True, append_images=[plan, plan])

    reading = FileReading(file, Limits(seconds=2.5), lambda text: Alike(text, is_best=False))
    assert reading.texts() == (DOSSIER,)
    assert reading._process is not None
    assert reading._process.poll() is not None


def test_a_reader_that_talks_without_end_is_stopped() -> None:
    ours, theirs = os.pipe()
    with os.fdopen(ours, "rb") as pipe, os.fdopen(theirs, "wb") as worker:
        worker.write(b'{"codes": []}\n{"co')
        worker.flush()
        lines = lines_of(pipe, time.monotonic() + 0.05)
        assert next(lines) == b'{"codes": []}'
        with pytest.raises(ImageFileError) as caught:
            next(lines)
    assert caught.value.reason is ImageFileReason.TAKES_TOO_LONG
