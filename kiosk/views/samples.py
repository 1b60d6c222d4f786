"""Sample states of every screen, the ordinary and the extreme, for the gallery and for tests of the views."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kiosk.flow.screens import (
    UNBROKEN,
    Button,
    ConfirmScreen,
    DossierScreen,
    EnrolScreen,
    Fact,
    Frame,
    Hit,
    IssuingScreen,
    LanguageChoice,
    Notice,
    OutOfServiceScreen,
    Page,
    Paper,
    PriorityChoice,
    ProcedureScreen,
    RefusedScreen,
    ScannedScreen,
    Screen,
    SearchScreen,
    ServicesScreen,
    SlipState,
    TicketScreen,
    Tile,
    WelcomeScreen,
)
from kiosk.texts import Sentences
from plumbing.languages import HOUSE_LANGUAGE, OWN_NAMES
from plumbing.spans import span

_LONG_SERVICES: Final = (
    "Chứng thực",
    "Tư pháp – Hộ tịch",
    "Đăng ký đất đai, tài sản gắn liền với đất và đo đạc bản đồ",
    "Thành lập và hoạt động của tổ hợp tác, hợp tác xã, liên hiệp hợp tác xã",
    "Bảo hiểm xã hội, bảo hiểm y tế",
    "Giao thông vận tải",
    "Quản lý ngành nghề đầu tư, kinh doanh có điều kiện về an ninh, trật tự",
    "Lao động – Người có công",
    "Giáo dục và Đào tạo",
    "Y tế",
    "Nông nghiệp và Môi trường",
    "Văn hóa, Thể thao và Du lịch",
    "Công Thương",
    "Khoa học và Công nghệ",
    "Thuế",
    "Trả kết quả",
)
_LONG_SERVICES_EN: Final = (
    "Certified copies and signatures",
    "Justice and civil status",
    "Registration of land, property attached to land, surveying and mapping",
    "Establishment and operation of cooperative groups, cooperatives and their unions",
    "Social and health insurance",
    "Transport",
    "Lines of business with conditions of security and public order",
    "Labour and people of merit",
    "Education and training",
    "Health",
    "Agriculture and environment",
    "Culture, sports and tourism",
    "Industry and trade",
    "Science and technology",
    "Taxes",
    "Collecting results",
)
_PRIORITIES: Final = {
    True: ("Người cao tuổi", "Người khuyết tật", "Phụ nữ mang thai, nuôi con nhỏ", "Người có công"),
    False: (
        "Older people",
        "People with disabilities",
        "Expectant mothers, mothers of small children",
        "People of merit",
    ),
}
_HITS: Final = (
    ("1.001193", "Đăng ký khai sinh", "Hộ tịch"),
    ("1.004884", "Đăng ký lại khai sinh", "Hộ tịch"),
    ("1.000689", "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con", "Hộ tịch"),
    ("1.004772", "Đăng ký khai sinh cho người đã có hồ sơ, giấy tờ cá nhân", "Hộ tịch"),
    (
        "2.000986",
        "Liên thông các thủ tục hành chính về đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
        "Hộ tịch, Cư trú, Bảo hiểm y tế",
    ),
)
_LONG_PROCEDURE: Final = (
    "Đăng ký biến động đối với trường hợp thay đổi quyền sử dụng đất, quyền sở hữu tài sản gắn liền "
    "với đất theo thỏa thuận của các thành viên hộ gia đình hoặc của vợ và chồng; quyền sử dụng đất "
    "xây dựng công trình trên mặt đất phục vụ cho việc vận hành, khai thác sử dụng công trình ngầm, "
    "quyền sở hữu công trình ngầm; nhận quyền sử dụng đất theo kết quả giải quyết tranh chấp"
)


def sample_frame(language: str, *, large: bool = False, dark: bool = False) -> Frame:
    """A frame with a centre of a long name."""
    english = language != HOUSE_LANGUAGE
    others = (LanguageChoice(code, own) for code, own in OWN_NAMES.items() if code != language)
    return Frame(
        authority="UBND TỈNH LAM SƠN",
        centre="Lam Son Public Service Centre"
        if english
        else "Trung tâm Phục vụ hành chính công tỉnh Lam Sơn",
        hotline="Help: 1900 0000" if english else "Hỗ trợ: 1900 0000",
        time="08:15",
        date="20/11/2026",
        language=language,
        other_languages=tuple(others),
        large_letters=large,
        high_contrast=dark,
    )


def sample_screens(texts: Sentences) -> Mapping[str, Screen]:
    """Every screen by a name for its picture."""
    return (
        _queue_screens(texts)
        | _ticket_screens(texts)
        | _offline_screens(texts)
        | _information_screens(texts)
        | _scanned_screens(texts)
    )


def _services(texts: Sentences, count: int) -> tuple[Tile, ...]:
    names = _LONG_SERVICES if texts.language == HOUSE_LANGUAGE else _LONG_SERVICES_EN
    return tuple(
        Tile(
            f"s{place}",
            name,
            texts.say("services.used_up")
            if place == 5
            else texts.say("services.waiting_for", waiting=place + 9, span=span(texts, place * 40)),
            available=place != 5,
        )
        for place, name in enumerate(names[:count])
    )


def _confirm(texts: Sentences, service: str, notice: Notice, chosen: int) -> ConfirmScreen:
    return ConfirmScreen(
        service=service,
        agency="Department of Justice" if texts.language != HOUSE_LANGUAGE else "Sở Tư pháp",
        facts=(
            Fact(texts.say("confirm.waiting"), texts.say("confirm.people", count=6)),
            Fact(texts.say("confirm.estimate"), span(texts, 25)),
            Fact(texts.say("confirm.counters"), "03, 04"),
        ),
        priorities=tuple(
            PriorityChoice(f"p{place}", name, chosen=place == chosen)
            for place, name in enumerate(_PRIORITIES[texts.language == HOUSE_LANGUAGE])
        ),
        confirm=texts.say("confirm.take_on_screen" if notice.text else "confirm.take"),
        notice=notice,
    )


def _queue_screens(texts: Sentences) -> dict[str, Screen]:
    out = Notice(texts.say("printer.out_of_paper"), "warning")
    names = _LONG_SERVICES if texts.language == HOUSE_LANGUAGE else _LONG_SERVICES_EN
    hint = texts.say("welcome.scan_hint")
    return {
        "welcome": WelcomeScreen(hint),
        "welcome-no-paper": WelcomeScreen(hint, out),
        "welcome-camera": WelcomeScreen(texts.say("welcome.camera_hint"), out, preview=True),
        "services-few": ServicesScreen(_services(texts, 5)),
        "services-many": ServicesScreen(_services(texts, 16), out),
        "confirm": _confirm(texts, names[1], Notice(), 0),
        "confirm-no-paper": _confirm(
            texts, names[3], Notice(texts.say("confirm.printer_out"), "warning"), -1
        ),
        "issuing": IssuingScreen(names[1], texts.say("issuing.message")),
        "issuing-unknown": IssuingScreen(
            names[3], texts.say("issuing.message"), Notice(texts.say("issuing.unknown"), "warning")
        ),
        "refused-no-paper": RefusedScreen(
            texts.say("refused.no_paper"), texts.say("refused.advice_printer")
        ),
        "refused": RefusedScreen(
            texts.say("refused.outside_session", opens_at="13:30"), texts.say("refused.advice_time")
        ),
        "out-of-service": OutOfServiceScreen(
            texts.say("out_of_service.message"),
            texts.say("out_of_service.advice_hotline", hotline="1900 0000"),
        ),
        **_enrolling(texts),
    }


def _enrolling(texts: Sentences) -> Mapping[str, Screen]:
    say, device, hub, code = texts.say, "kiosk-tang-1", "hub.lamson.lan", "BCDF-GHJK"
    device, code = device.replace("-", UNBROKEN), code.replace("-", UNBROKEN)
    steps = (
        say("enrol.step_console", hub=hub),
        say("enrol.step_code", code=code),
        say("enrol.step_device", device=device),
    )
    left = say("enrol.minutes", minutes=10)
    fresh = EnrolScreen(say("enrol.title"), code, left, steps, Notice(say("enrol.notice")))
    revoked = Notice(say("enrol.turned_away", hub=hub), "warning")
    other = Notice(say("enrol.other", other=f"kiosk{UNBROKEN}2", device=device), "warning")
    waiting = say("enrol.no_hub", hub=hub)
    return {
        "enrol": fresh,
        "enrol-revoked": replace(fresh, notice=revoked),
        "enrol-other": replace(fresh, notice=other),
        "enrol-no-hub": EnrolScreen(fresh.title, "", waiting, (), revoked),
    }


_PAGE: Final = "https://mc.example.vn/t/7Q4KA1042B2"


def _ticket_screens(texts: Sentences) -> dict[str, Screen]:
    names = _LONG_SERVICES if texts.language == HOUSE_LANGUAGE else _LONG_SERVICES_EN
    priority = texts.say(
        "ticket.priority", priority=_PRIORITIES[texts.language == HOUSE_LANGUAGE][0]
    )
    facts = (
        Fact(texts.say("ticket.ahead"), texts.say("confirm.people", count=6)),
        Fact(texts.say("ticket.estimate"), span(texts, 25)),
        Fact(texts.say("ticket.counters"), "03, 04"),
    )
    screens: dict[str, Screen] = {}
    for slip in SlipState:
        extreme = slip in {SlipState.FAILED, SlipState.UNKNOWN}
        screens[f"ticket-{slip.value}"] = TicketScreen(
            number="AB1042" if slip is SlipState.UNKNOWN else "B025",
            service=names[3] if extreme else names[1],
            priority=priority if extreme else "",
            facts=facts,
            slip=slip,
            headline=texts.say(f"ticket.{slip.value}"),
            advice=texts.say(f"ticket.{slip.value}_advice"),
            qr="" if slip in {SlipState.PRINTED, SlipState.PRINTING} else _PAGE,
        )
    return screens


def _offline_screens(texts: Sentences) -> dict[str, Screen]:
    """The hub is gone and the kiosk gives numbers that it holds in advance."""
    names = _LONG_SERVICES if texts.language == HOUSE_LANGUAGE else _LONG_SERVICES_EN
    notice = Notice(texts.say("offline.notice"), "warning")
    tiles = tuple(
        Tile(f"s{n}", name, texts.say("offline.used_up" if n == 3 else "offline.unknown"), n != 3)
        for n, name in enumerate(names[:8])
    )
    confirm = _confirm(texts, names[1], notice, -1)
    places = confirm.facts[-1:]
    return {
        "offline-welcome": WelcomeScreen(texts.say("welcome.camera_gone"), notice),
        "offline-services": ServicesScreen(tiles, notice),
        "offline-confirm": replace(confirm, facts=places, confirm=texts.say("confirm.take")),
        "offline-refused": RefusedScreen(
            texts.say("refused.reserve_used_up"), texts.say("refused.advice_other")
        ),
        "offline-ticket": TicketScreen(
            number="AB1042",
            service=names[3],
            priority=texts.say(
                "ticket.priority", priority=_PRIORITIES[texts.language == HOUSE_LANGUAGE][0]
            ),
            facts=(),
            slip=SlipState.FAILED,
            headline=texts.say("ticket.failed"),
            advice=texts.say("ticket.failed_advice"),
            notice=Notice(texts.say("offline.ticket"), "warning"),
            qr=_PAGE,
        ),
    }


def _information_screens(texts: Sentences) -> dict[str, Screen]:
    return {
        "search-empty": SearchScreen("", (), texts.say("search.hint")),
        "search": SearchScreen("khai sinh", tuple(Hit(*hit) for hit in _HITS), ""),
        "search-nothing": SearchScreen("xyz", (), texts.say("search.nothing")),
        "procedure": _procedure(texts, _HITS[0][1], Notice(texts.say("procedure.printed"), "good")),
        "procedure-long": _procedure(texts, _LONG_PROCEDURE, Notice()),
        "dossier": DossierScreen("typing", "", notice=Notice(texts.say("dossier.how"))),
        "dossier-camera": DossierScreen(
            "typing", "", notice=Notice(texts.say("dossier.how_camera")), preview=True
        ),
        "dossier-unknown": DossierScreen(
            "typing", "H56.14-240823-0001", notice=Notice(texts.say("dossier.not_found"), "warning")
        ),
        "dossier-found": _dossier(texts),
    }


def _procedure(texts: Sentences, name: str, notice: Notice) -> ProcedureScreen:
    one = texts.say("procedure.originals", count=1)
    return ProcedureScreen(
        name=name,
        facts=(
            Fact(texts.say("procedure.limit"), "1 ngày làm việc"),
            Fact(texts.say("procedure.fee"), texts.say("procedure.not_published")),
            Fact(texts.say("procedure.agency"), "Ủy ban nhân dân cấp xã"),
            Fact(texts.say("procedure.result"), "Giấy khai sinh"),
            Fact(texts.say("procedure.field"), "Hộ tịch"),
            Fact(texts.say("procedure.code"), "1.001193"),
        ),
        papers=(
            Paper("Tờ khai đăng ký khai sinh theo mẫu", one, "Giấy tờ phải nộp"),
            Paper(
                "Giấy chứng sinh; trường hợp không có giấy chứng sinh thì nộp văn bản của người làm "
                "chứng xác nhận về việc sinh; nếu không có người làm chứng thì phải có giấy cam đoan "
                "về việc sinh",
                one,
            ),
            Paper("Căn cước của người đi đăng ký", "", "Giấy tờ phải xuất trình", remark=True),
        ),
        take=texts.say("procedure.take", service="Tư pháp – Hộ tịch"),
        print_list=texts.say("procedure.print_list"),
        notice=notice,
    )


def _dossier(texts: Sentences) -> DossierScreen:
    return DossierScreen(
        "found",
        "000.17.22.H56-210531-0001",
        headline=texts.say("status.in_progress"),
        procedure=_LONG_PROCEDURE,
        facts=(
            Fact(texts.say("dossier.agency"), "Văn phòng Đăng ký đất đai"),
            Fact(texts.say("dossier.received"), "08:15, 16/11/2026"),
            Fact(texts.say("dossier.due"), "08:15, 30/11/2026"),
        ),
        notice=Notice(texts.say("standing.on_time"), "good"),
        take=texts.say("dossier.take"),
    )


def _scanned_screens(texts: Sentences) -> dict[str, Screen]:
    """Scanned papers other than dossiers."""
    names = _LONG_SERVICES if texts.language == HOUSE_LANGUAGE else _LONG_SERVICES_EN
    service = Fact(texts.say("scanned.service"), names[3])
    return {
        "scanned-waiting": ScannedScreen(
            "AB1042",
            texts.say("scanned.waiting", ahead=12),
            (
                service,
                Fact(texts.say("ticket.estimate"), span(texts, 25)),
                Fact(texts.say("ticket.counters"), "03, 04"),
            ),
            Notice(texts.say("scanned.readmitted"), "good"),
        ),
        "scanned-called": ScannedScreen(
            "B025", texts.say("scanned.called", counter="03"), (service,)
        ),
        "scanned-missed": ScannedScreen(
            "B025",
            texts.say("scanned.no_show"),
            (service,),
            Notice(texts.say("scanned.no_show_advice"), "warning"),
            Button.READMIT,
            texts.say("scanned.readmit"),
        ),
    } | _useless_screens(texts)


def _useless_screens(texts: Sentences) -> dict[str, Screen]:
    """A ticket of another day, a card, a dossier of another centre."""
    priority = _PRIORITIES[texts.language == HOUSE_LANGUAGE][3]
    return {
        "scanned-expired": ScannedScreen(
            "00112233445566ff",
            texts.say("scanned.expired"),
            notice=Notice(texts.say("scanned.expired_advice"), "warning"),
        ),
        "scanned-card": ScannedScreen(
            "0********123",
            texts.say("scanned.card_priority", priority=priority),
            notice=Notice(texts.say("scanned.card_priority_advice")),
            button=Button.TAKE,
            label=texts.say("scanned.card_take", priority=priority),
        ),
        "scanned-other-centre": ScannedScreen(
            "000.17.22.H57-210531-0001",
            texts.say("scanned.other_centre"),
            notice=Notice(texts.say("scanned.other_centre_advice"), "warning"),
        ),
    }


JUST_READ: Final = frozenset({"scanned-called"})
"""Screens that a scan has just led to."""
PAGES_WITH_BACK: Final = frozenset(
    {Page.SERVICES, Page.SEARCH, Page.PROCEDURE, Page.DOSSIER, Page.SCANNED, Page.CONFIRM}
)
