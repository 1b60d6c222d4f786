from PIL import Image

from drivers.escpos import commands
from drivers.escpos.head import Head
from drivers.escpos.text.tcvn3 import Encoded
from drivers.slip import Align


def test_a_job_begins_by_forgetting_what_the_last_one_set():
    assert bytes(Head(30, b"\x1bt\x1e").data) == b"\x1b@\x1c.\x1bt\x1e"
    assert bytes(Head().data) == b"\x1b@\x1c."


def test_only_changes_of_style_are_sent():
    head = Head(30)
    start = len(head.data)
    for _ in range(2):
        head.style(Align.CENTRE, 2, bold=True)
    assert bytes(head.data[start:]) == (
        commands.justify(1) + commands.character_size(2) + commands.emphasize(True)
    )


def test_a_line_is_as_high_as_its_letters_and_at_least_as_the_spacing():
    head = Head(30)
    head.print_line(Encoded(b"a", 30))
    assert head.height_dots == 30
    head.style(Align.LEFT, 3, bold=False)
    head.print_line(Encoded(b"a", 31))
    assert head.height_dots == 30 + 72
    assert head.page == 31


def test_a_mark_stands_behind_each_piece_of_a_picture_and_behind_no_line_of_text():
    head = Head()
    head.begin(b"", lambda: b"<mark>")
    head.print_line(Encoded(b"a", 0))
    head.print_picture(Image.new("L", (8, 300), 0))
    assert head.data.count(b"<mark>") == 3
