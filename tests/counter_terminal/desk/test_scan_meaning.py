"""Whatever comes under the scanner gets its meaning; of a person's card only the masked number is kept."""

from collections.abc import Callable

import pytest

from counter_terminal.desk.scan_meaning import ScanMeaning, meaning_of
from hub.messages import TicketView

CARD = "038099012345|123456789|Nguyễn Văn An|01011999|Nam|Phường Đồi Xanh, Lam Sơn|01052021"


@pytest.mark.parametrize(
    ("text", "meaning", "code"),
    [
        ("http://hub:8710/t/id-A001", ScanMeaning.TICKET, "id-A001"),
        (" a001 ", ScanMeaning.TICKET, "id-A001"),
        ("H56.14-240823-0001", ScanMeaning.DOSSIER, "H56.14-240823-0001"),
        ("https://cong.vn/?ma=000.17.22.H56-210531-0001&x=1", ScanMeaning.DOSSIER, "000.17.22.H56-210531-0001"),
        ("1.004222", ScanMeaning.PROCEDURE, "1.004222"),
        (CARD, ScanMeaning.IDENTITY_CARD, "0********345"),
        ("http://hub:8710/t/00112233445566ff", ScanMeaning.OTHER_TICKET, "00112233445566ff"),
        ("b017", ScanMeaning.OTHER_TICKET, "B017"),
        ("H57.14-240823-0001", ScanMeaning.OTHER_CENTRE, "H57.14-240823-0001"),
        ("KQ.G15.000031", ScanMeaning.RESULT, "KQ.G15.000031"),
        ("BCDF-GHJK", ScanMeaning.ENROLMENT, "BCDF-GHJK"),
        ("https://evil.example/t/" + "x" * 500, ScanMeaning.UNKNOWN, ("https://evil.example/t/" + "x" * 500)[:60] + "…"),
        ("8934563138165", ScanMeaning.UNKNOWN, "8934563138165"),
        ("https://x.vn/?id=038099012345", ScanMeaning.UNKNOWN, "https://x.vn/?id=0********345"),
        ("http://hub:8710/t/00112233445566ff/?lang=en", ScanMeaning.OTHER_TICKET, "00112233445566ff"),
        ("TE1383812345678|", ScanMeaning.HEALTH_CARD, ""),
        ("00020101021138140010A0000007276304ABCD", ScanMeaning.PAYMENT, ""),
        ("https://vneid.gov.vn/", ScanMeaning.VNEID, ""),
        ("", ScanMeaning.UNKNOWN, ""),
    ],
)  # fmt: skip
def test_a_code_has_its_meaning(
    ticket_view: Callable[..., TicketView], text: str, meaning: ScanMeaning, code: str
) -> None:
    assert meaning_of(text, [ticket_view("A001")], ("H56",)) == (meaning, code)
