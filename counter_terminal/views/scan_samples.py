"""Sample screens of everything that can lie under the scanner of a desk, or be dropped on it: literal states for pictures."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from counter_terminal.desk.screens import DeskScreen, DossierCard
from counter_terminal.desk.setup import Named
from counter_terminal.views.words import Words

_NUMBER: Final = "B012"
_COUNTER: Final = "21 Nông nghiệp và Môi trường, Công Thương, Xây dựng"
_SERVICE: Final = "Thành lập và hoạt động của hộ kinh doanh, hợp tác xã, liên hiệp hợp tác xã"
_OLD_CODE: Final = "000.17.22.H56-261103-0042"
_TICKETS: Final[Mapping[str, Mapping[str, str | int]]] = {
    "waiting": {"ahead": 12},
    "called": {"counter": _COUNTER},
    "serving": {"counter": _COUNTER},
    "parked": {"counter": _COUNTER},
    "parked_here": {},
    "other_service": {"service": _SERVICE},
    "no_show": {},
    "over": {},
    "busy": {},
    "unknown": {},
    "no_answer": {},
}
_CODES: Final[Mapping[str, str]] = {
    "looking": _OLD_CODE,
    "asked_later": _OLD_CODE,
    "unknown": _OLD_CODE,
    "no_answer": _OLD_CODE,
    "other_centre": "H99.14.22.333-261103-00000042",
    "identity_card": "0********123",
    "health_card": "",
    "payment_code": "",
    "vneid_code": "",
    "procedure_code": "1.004193.000.00.00.H56",
    "result_code": "KQ.H56.000042",
    "enrolment_code": "BCDF-GHJK",
    "part_of_a_code": "",
    "not_a_code": "https://mot-cua.example.vn/?next=javascript:alert(document.c…",
    "again": "",
    "garbled": "",
}
_SEVERAL: Final = (_OLD_CODE, "H56.14-240823-0001", "H99.14.22.333-261103-00000042")
_FILES: Final = (
    "reading", "busy", "several", "not_a_file", "no_code", "several_codes", "unreadable", "file_too_large",
    "picture_too_large", "not_an_image", "broken_pdf", "encrypted_pdf", "takes_too_long", "reader_crashed",
)  # fmt: skip
_PAPERS: Final = (
    "Đơn đăng ký biến động đất đai, tài sản gắn liền với đất theo Mẫu số 18 ban hành kèm theo Nghị định số 151/2025/NĐ-CP",
    "Giấy chứng nhận đã cấp",
    "Hợp đồng hoặc văn bản về việc chuyển quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất theo quy định của "
    "pháp luật về dân sự",
    "Văn bản của các thành viên có chung quyền sử dụng đất của hộ gia đình đã được công chứng hoặc chứng thực",
    "Văn bản về việc đại diện theo quy định của pháp luật về dân sự, trường hợp thực hiện thông qua người đại diện",
    "Mảnh trích đo bản đồ địa chính thửa đất",
)


def scan_screens(words: Words, desk: DeskScreen) -> Iterator[tuple[str, DeskScreen]]:
    """What this desk shows after each kind of scan; its card has the longest texts."""
    for state, data in _TICKETS.items():
        notice = words(f"scanned_ticket.{state}", number=_NUMBER, **data)
        yield f"scan-ticket-{_dashed(state)}", replace(desk, notice=notice, dossier=None)
    for meaning, code in _CODES.items():
        headline = words(f"dossier.{meaning}", code=code)
        card = DossierCard(found=False, code=code, headline=headline, standing="")
        yield f"scan-{_dashed(meaning)}", replace(desk, dossier=card)
    card = DossierCard(
        found=False,
        code="",
        headline=words("dossier.choose_code"),
        standing="",
        choices=tuple(Named(code, code) for code in _SEVERAL),
    )
    yield "scan-several", replace(desk, dossier=card)
    yield "scan-procedure", replace(desk, dossier=_procedure(words))
    for reason in _FILES:
        headline = words(f"file.{reason}")
        card = DossierCard(found=False, code="", headline=headline, standing="")
        yield f"file-{_dashed(reason)}", replace(desk, dossier=card)


def _procedure(words: Words) -> DossierCard:
    named = [(f"{place}.", paper) for place, paper in enumerate(_PAPERS, 1)]
    return DossierCard(
        found=False,
        code="1.012783.000.00.00.H56",
        headline="Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất đối với trường hợp "
        "chuyển nhượng dự án bất động sản",
        standing=words("dossier.procedure"),
        lines=(*named, ("…", words("dossier.more_papers", count=9))),
    )


def _dashed(key: str) -> str:
    return key.replace("_", "-")
