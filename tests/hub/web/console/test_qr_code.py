"""The QR code on the tablet, read back by an independent decoder."""

import re

import numpy as np
import zxingcpp

from hub.web.console.qr_code import qr_svg

ADDRESS = 'https://hcc.example.vn/t/01JDY3ZK8W5T?"x"'
SCALE = 4


def test_a_phone_reads_the_address() -> None:
    svg = qr_svg(ADDRESS)
    side = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    picture = np.full((side, side), 255, np.uint8)
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", svg):
        picture[int(y), int(x)] = 0
    read = zxingcpp.read_barcodes(np.kron(picture, np.ones((SCALE, SCALE), np.uint8)))
    assert [code.text for code in read] == [ADDRESS]


def test_the_address_is_escaped() -> None:
    assert "&quot;x&quot;" in qr_svg(ADDRESS)
