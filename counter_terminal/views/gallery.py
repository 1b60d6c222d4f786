"""Gallery: every screen of the counter terminal from literal states, as pictures."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton

from counter_terminal.desk.actions import AVAILABLE, Action
from counter_terminal.desk.screens import (
    CameraPane,
    CurrentTicket,
    DeskScreen,
    DossierCard,
    EnrolScreen,
    PinScreen,
    Screen,
    SignInScreen,
    Strip,
    WaitingRow,
)
from counter_terminal.desk.setup import Named
from counter_terminal.views.crowd_samples import MENUS, crowd_screens
from counter_terminal.views.scan_samples import scan_screens
from counter_terminal.views.window import DeskWindow
from counter_terminal.views.words import Words

SIZES = ((1366, 768), (1920, 1080))
MAGNIFIED = (((1093, 614), 1.25), ((960, 540), 2.0), ((683, 384), 2.0))
"""Sizes in the window's own pixels, and by how much the system magnifies them."""
_WHEN_MAGNIFIED = frozenset(
    {
        "sign-in",
        "take-over",
        "pin",
        "pin-take-over",
        "enrol",
        "free",
        "serving",
        "slips",
        "camera",
        "no-hub",
    }
)
_BARS = (3, 1, 1, 2, 3, 1, 2, 1, 1, 3, 2, 1, 3, 1, 2, 2, 1, 3, 1, 1, 2, 3)
_NOW = datetime(2026, 11, 20, 1, 42, tzinfo=UTC)
_OFFICERS = tuple(
    Named(f"o{n}", name)
    for n, name in enumerate(
        ("Lê Thu An", "Trần Thanh Bình", "Nguyễn Thị Phương Thảo", "Đỗ Sơn Hải")
    )
)


def sample_screens(words: Words, names: tuple[str, ...]) -> Iterator[tuple[str, Screen]]:
    """Literal states, from an empty desk to the longest texts; `names` are service names of the centre."""
    strip = _strip(words, names[0])
    nobody = replace(strip, officer="", state_text=words("counter_state.nobody"))
    yield "sign-in", SignInScreen(nobody, _OFFICERS)
    yield from _enrolling(words, nobody)
    yield from _signing_in(words, strip, nobody)
    waiting = _waiting(words, names)
    free = DeskScreen(
        strip=strip,
        current=None,
        actions=AVAILABLE["open", None],
        waiting=waiting,
        parked=waiting[:1],
        missed=waiting[3:5],
        waiting_count=len(waiting),
        dossier=None,
    )
    yield "free", free
    at_work = AVAILABLE["open", "serving"]
    ticket = _ticket(words, max(names, key=len))
    serving = replace(free, current=ticket, actions=at_work, dossier=_card(words))
    yield "serving", serving
    yield from _slips(words, serving, ticket)
    seen = CameraPane(live=True, text=words("camera.live"))
    yield "camera", replace(serving, camera=seen)
    gone = CameraPane(live=False, text=words("camera.gone"))
    yield "camera-gone", replace(free, camera=gone)
    notice = words("refusal.reason_needed")
    yield "refused", replace(serving, actions=at_work - {Action.PARK}, notice=notice)
    lost = replace(strip, connected=False, connection_text=words("strip.lost"))
    yield "no-hub", replace(serving, strip=lost, busy=True, actions=frozenset())
    yield from crowd_screens(words, serving)
    yield from scan_screens(words, serving)


def _slips(
    words: Words, serving: DeskScreen, ticket: CurrentTicket
) -> Iterator[tuple[str, Screen]]:
    """Slips that are offered of a dossier, and what became of a ticket's."""
    offers = (
        Named("appointment", words("papers.appointment")),
        Named("apology", words("papers.apology", day="25/11/2026")),
    )
    offered = replace(_card(words), papers=offers, printing=words("papers.printed"))
    yield "slips", replace(serving, dossier=offered)
    notice = words("paper.unknown", kiosk="kiosk-1", times=1)
    yield "slip-unknown", replace(serving, current=replace(ticket, priority="", paper=notice))
    notice = words("paper.printed", kiosk="kiosk-1", times=2)
    again = replace(ticket, paper=notice, paper_is_out=True)
    yield "slip-again", replace(serving, current=again)


def _enrolling(words: Words, nobody: Strip) -> Iterator[tuple[str, Screen]]:
    """Before the hub lets the terminal in."""
    data = {"hub": "hub.lamson.lan", "device": "may-quay-03-tang-2", "code": "BCDF-GHJK"}
    keys = ("step_console", "step_code", "step_device")
    steps = tuple(words(f"enrol.{key}", **data) for key in keys)
    left = words("enrol.minutes", minutes=10)
    title = words("enrol.title")
    calm = replace(nobody, connection_text="", now=None)
    fresh = EnrolScreen(calm, title, data["code"], left, steps, words("enrol.notice"))
    yield "enrol", fresh
    revoked = words("enrol.turned_away", **data)
    yield "enrol-revoked", replace(fresh, notice=revoked)
    other = words("enrol.other", other="may-quay-04-tang-2", **data)
    yield "enrol-other", replace(fresh, notice=other)
    waiting = words("enrol.no_hub", **data)
    lost = replace(nobody, connected=False, connection_text=words("strip.lost"))
    yield (
        "enrol-no-hub",
        replace(fresh, strip=lost, notice=revoked, code="", steps=(), remaining=waiting),
    )


def _signing_in(words: Words, strip: Strip, nobody: Strip) -> Iterator[tuple[str, Screen]]:
    """Everything between an empty chair and an officer in it."""
    over = words("sign_in.takes_over", officer=strip.officer)
    yield "take-over", SignInScreen(strip, _OFFICERS, takes_over=over, can_leave=True)
    notice = words("sign_in.day_over", officer=strip.officer)
    yield "day-over", SignInScreen(nobody, _OFFICERS, notice)
    yield "not-here", SignInScreen(nobody, _OFFICERS, words("refusal.not_your_shift"))
    pin = PinScreen(nobody, _OFFICERS[2])
    yield "pin", pin
    yield "pin-take-over", replace(pin, strip=strip, officer=_OFFICERS[3], takes_over=over)
    yield "pin-wrong", replace(pin, notice=words("refusal.wrong_pin", tries=2))
    for code, data in (("locked", {"until": "09:35"}), ("pin_not_set", {})):
        notice = words(f"refusal.{code}", **data)
        yield f"pin-{code.replace('_', '-')}", replace(pin, notice=notice, can_type=False)
    lost = replace(nobody, connected=False, connection_text=words("strip.lost"))
    yield (
        "pin-no-hub",
        replace(pin, strip=lost, notice=words("refusal.no_line"), can_type=False),
    )


def _strip(words: Words, name: str) -> Strip:
    return Strip(
        counter_number=3,
        counter_name=name,
        officer="Nguyễn Thị Phương Thảo",
        counter_state="open",
        state_text=words("counter_state.open"),
        connected=True,
        connection_text=words("strip.connected"),
        scanner_text=words("strip.scanner_ready"),
        now=_NOW,
        printer_text=words("strip.printer", state=words("printer.ready")),
    )


def _waiting(words: Words, names: tuple[str, ...]) -> tuple[WaitingRow, ...]:
    priority = words("ticket.priority_confirmed", priority="Người cao tuổi")
    return tuple(
        WaitingRow(
            id=f"t{n}",
            number=f"B{n:03d}",
            service=names[n % len(names)],
            priority=priority if n == 2 else "",
            arrived_at=_NOW - timedelta(minutes=40 - n),
            note=words("queue.offline") if n in (2, 4) else "",
        )
        for n in range(1, 14)
    )


def _ticket(words: Words, service: str) -> CurrentTicket:
    return CurrentTicket(
        id="t0",
        number="B012",
        service=service,
        state_text=words("ticket.serving"),
        detail=words("ticket.waited", time="08:05"),
        priority=words("ticket.priority_claimed", priority="Phụ nữ mang thai, nuôi con nhỏ"),
        priority_confirmed=None,
        since=_NOW,
    )


def _card(words: Words) -> DossierCard:
    return DossierCard(
        found=True,
        code="H56.14-261103-0042",
        headline="Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp "
        "chuyển đổi, chuyển nhượng, cho thuê, cho thuê lại, thừa kế, tặng cho, góp vốn",
        standing=words("standing.overdue"),
        late=True,
        lines=(
            (words("dossier.status"), words("status.in_progress")),
            (words("dossier.agency"), "Văn phòng đăng ký đất đai tỉnh"),
            (words("dossier.received"), "03/11/2026"),
            (words("dossier.due"), "17/11/2026"),
        ),
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as a camera would give it."""

    width: int
    height: int
    pixels: memoryview


def held_slip(room: QSize) -> Drawn:
    """A slip with a code's bars, held a little askew."""
    image = QImage(room, QImage.Format.Format_RGB32)
    image.fill(QColor("#8a8f98"))
    with QPainter(image) as painter:
        painter.translate(room.width() / 2, room.height() / 2)
        painter.rotate(-7)
        painter.fillRect(QRect(-70, -50, 140, 160), QColor("#f4f2ec"))
        for place, bar in enumerate(_BARS):
            painter.fillRect(4 * place - 2 * len(_BARS), -20, bar, 40, QColor("black"))
    return Drawn(room.width(), room.height(), memoryview(bytes(image.constBits())))


def render_gallery(out: Path, words: Words, names: tuple[str, ...], language: str) -> list[Path]:
    """Draw every sample screen in every size into `out`, and some as on a magnified screen; needs a QApplication."""
    out.mkdir(parents=True, exist_ok=True)
    pictures: list[Path] = []
    for (width, height), scale in [(size, 1.0) for size in SIZES] + list(MAGNIFIED):
        window = DeskWindow(words)
        window.resize(width, height)
        window.show()
        size = f"{round(width * scale)}x{round(height * scale)}"
        for name, screen in sample_screens(words, names):
            if scale > 1 and name not in _WHEN_MAGNIFIED and not name.startswith("crowd-"):
                continue
            show_sample(window, name, screen)
            at = f"-at-{round(100 * scale)}" if scale > 1 else ""
            picture = out / f"counter-{name}-{language}-{size}{at}.png"
            _picture(window, scale).save(str(picture))
            pictures.append(picture)
        window.close()
        window.deleteLater()
    return pictures


def show_sample(window: DeskWindow, name: str, screen: Screen) -> None:
    """Draw one sample screen, with its menu or its camera's picture."""
    window.draw(screen)
    if isinstance(screen, DeskScreen) and screen.camera and screen.camera.live:
        window.live.show_picture(held_slip(window.live.room))
    if name in MENUS and (button := window.findChild(QPushButton, MENUS[name].value)) is not None:
        button.click()
    # A panel that shrinks with what it shows is laid out in a second round.
    for _ in range(2):
        QApplication.processEvents()


def _picture(window: DeskWindow, scale: float) -> QPixmap:
    """The window as on a screen that is magnified this much."""
    picture = QPixmap(window.size() * scale)
    picture.setDevicePixelRatio(scale)
    window.render(picture)
    return picture
