"""Sample screens with the longest names that a configuration allows, 40 officers, and a queue that wants everything at once."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from counter_terminal.desk.actions import Action
from counter_terminal.desk.screens import DeskScreen, PinScreen, Screen, SignInScreen, Strip
from counter_terminal.desk.setup import Named
from counter_terminal.views.words import Words

OFFICERS: Final = 40
MENUS: Final = {
    "crowd-transfer": Action.TRANSFER,
    "crowd-park": Action.PARK,
    "crowd-pause": Action.PAUSE,
}
"""Sample screens that are shown with the menu of this action."""
_PERSON: Final = "Công Tằng Tôn Nữ Nguyễn Phước Thị Phương Hoàng Anh Khánh Huyền Trang Diễm Quỳnh"
_COUNTER: Final = (
    "Tiếp nhận và trả kết quả lĩnh vực Nông nghiệp và Môi trường, Công Thương, Xây dựng"
)
_SERVICE: Final = (
    "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp chuyển đổi, chuyển "
    "nhượng, thừa kế, tặng cho, góp vốn, sáp nhập"
)
_REASON: Final = "Phối hợp giải quyết hồ sơ liên thông với phòng chuyên môn và cơ quan thuế khu vực"


def crowd_screens(words: Words, desk: DeskScreen) -> Iterator[tuple[str, Screen]]:
    """What this desk shows with the longest names."""
    strip = _strip(words, desk)
    yield from _signing_in(words, strip)
    current = desk.current
    if current is None:
        return
    longest = replace(
        current,
        service=_SERVICE,
        detail=f"{current.detail}. {words('ticket.then', services=_SERVICE)}",
        priority=words("ticket.priority_claimed", priority=_REASON),
        paper=words("paper.unknown", kiosk="kiosk-tang-tret-cua-chinh-so-2", times=3),
    )
    rows = tuple(replace(row, service=_SERVICE, priority=_REASON) for row in desk.waiting)
    named = tuple(
        Named(f"each-{n}", f"{name}") for n, name in enumerate((_SERVICE, _COUNTER, _REASON) * 7)
    )
    full = replace(
        desk,
        strip=strip,
        current=longest,
        waiting=rows,
        parked=rows[:5],
        missed=rows[5:9],
        services=named,
        pause_reasons=named[:6],
        park_minutes=(5, 10, 15, 20, 30, 45, 60),
        notice=words("refusal.lease_limit", service=_SERVICE, limit=50),
    )
    yield "crowd-serving", full
    lost = replace(strip, connected=False, connection_text=words("strip.lost"))
    yield "crowd-no-hub", replace(full, strip=lost, busy=True, actions=frozenset())
    for name in MENUS:
        yield name, replace(full, notice="")


def _strip(words: Words, desk: DeskScreen) -> Strip:
    paused = words("counter_state.paused", reason=_REASON)
    printer = ", ".join(words(f"printer.{each}") for each in ("out_of_paper", "cover_open"))
    return replace(
        desk.strip,
        counter_name=_COUNTER,
        officer=_PERSON,
        counter_state="paused",
        state_text=paused,
        printer_text=words("strip.printer", state=printer),
        printer_wants=True,
    )


def _signing_in(words: Words, strip: Strip) -> Iterator[tuple[str, Screen]]:
    officers = tuple(
        Named(f"officer-{n}", f"{_PERSON[: 81 - n]}".strip()) for n in range(1, OFFICERS + 1)
    )
    nobody = replace(strip, officer="", state_text=words("counter_state.nobody"))
    over = words("sign_in.takes_over", officer=_PERSON)
    shift = words("refusal.not_your_shift")
    yield "crowd-sign-in", SignInScreen(nobody, officers)
    yield "crowd-not-here", SignInScreen(strip, officers, shift, takes_over=over, can_leave=True)
    yield (
        "crowd-pin",
        PinScreen(strip, officers[0], words("refusal.wrong_pin", tries=2), takes_over=over),
    )
