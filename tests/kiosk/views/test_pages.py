"""Every page on every glass: nothing clipped or broken, nothing in the way, nothing too small or without a name."""

from dataclasses import dataclass
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QFont, QFontMetricsF

from kiosk.views.gallery import samples

pytestmark = pytest.mark.slow

TOUCH = 96
SMALLEST_LETTER = 28
ROOM_FOR_MARKS = 1.3
PIXEL = 1.0


@dataclass(frozen=True)
class Said:
    """A text as it stands on the glass."""

    page: str
    text: str
    font: QFont
    place: QRectF
    content: tuple[float, float]
    fitted: bool
    scrolled: bool
    button: QRectF | None

    def __str__(self) -> str:
        return f"{self.page}: {self.text!r}"


@dataclass(frozen=True)
class Target:
    """Something to press as it stands on the glass."""

    page: str
    name: str
    spoken: str
    role: object
    place: QRectF
    scrolled: bool

    def __str__(self) -> str:
        return f"{self.page}: {self.name} {self.place.width():.0f} × {self.place.height():.0f}"


@dataclass(frozen=True)
class Page:
    """A page as drawn: the room between header and bottom bar, and what stands in it."""

    name: str
    room: QRectF
    texts: tuple[Said, ...]
    targets: tuple[Target, ...]
    inside: frozenset[int]


def text_of(page, item, place, pane_of) -> Said:
    content = (item.property("contentWidth"), item.property("contentHeight"))
    # Only the number shrinks to fit, and it says so by its own smallest size.
    fitted = item.property("minimumPixelSize") > SMALLEST_LETTER
    scrolled = pane_of(item) is not None
    words = item.property("text")
    button = button_of(item)
    around = place(button).adjusted(-PIXEL, -PIXEL, PIXEL, PIXEL) if button else None
    return Said(page, words, item.property("font"), place(item), content, fitted, scrolled, around)


def button_of(item):
    above = item.parentItem()
    while above is not None and not above.property("touchable"):
        above = above.parentItem()
    return above


def target_of(page, item, place, pane_of) -> Target:
    spoken = QAccessible.queryAccessibleInterface(item)
    name = spoken.text(QAccessible.Text.Name) if spoken else ""
    role = spoken.role() if spoken else None
    return Target(page, item.objectName(), name, role, place(item), pane_of(item) is not None)


@pytest.fixture(scope="module")
def pages(module_glass, place, pane_of) -> list[Page]:
    glass, drawn = module_glass, []
    for sample in samples():
        glass.shows(sample)
        loader = next(item for item in glass.items() if item.inherits("QQuickLoader"))
        own = set(glass.items(loader))
        texts = [(t, text_of(sample.name, t, place, pane_of)) for t in glass.words()]
        targets = [(t, target_of(sample.name, t, place, pane_of)) for t in glass.touchable()]
        inside = frozenset(id(thing) for item, thing in (*texts, *targets) if item in own)
        drawn.append(
            Page(
                sample.name,
                place(loader).adjusted(-PIXEL, -PIXEL, PIXEL, PIXEL),
                tuple(thing for _, thing in texts),
                tuple(thing for _, thing in targets),
                inside,
            )
        )
    return drawn


def longest_word(said: Said) -> float:
    metrics = QFontMetricsF(said.font)
    return max((metrics.horizontalAdvance(word) for word in said.text.split()), default=0.0)


def test_no_text_is_cut(pages) -> None:
    cut = [
        str(said)
        for page in pages
        for said in page.texts
        if said.content[0] > said.place.width() + PIXEL
        or said.content[1] > said.place.height() + PIXEL
    ]
    assert not cut, "\n".join(cut)


def test_no_text_leaves_its_button(pages) -> None:
    leaving = [
        str(said)
        for page in pages
        for said in page.texts
        if said.button is not None and not said.button.contains(said.place)
    ]
    assert not leaving, "\n".join(leaving)


def test_no_word_is_broken(pages) -> None:
    broken = [
        str(said)
        for page in pages
        for said in page.texts
        if not said.fitted and longest_word(said) > said.place.width() + PIXEL
    ]
    assert not broken, "\n".join(broken)


def test_everything_stands_between_header_and_bottom_bar(pages) -> None:
    outside = [
        str(thing)
        for page in pages
        for thing in (*page.texts, *page.targets)
        if id(thing) in page.inside and not thing.scrolled and not page.room.contains(thing.place)
    ]
    assert not outside, "\n".join(outside)


def test_no_two_things_stand_on_each_other(pages) -> None:
    mixed = []
    for page in pages:
        for things in (page.texts, page.targets):
            for one, other in combinations([t for t in things if not t.scrolled], 2):
                common = one.place.intersected(other.place)
                if common.width() > PIXEL and common.height() > PIXEL:
                    mixed.append(f"{one} / {other}")
    assert not mixed, "\n".join(mixed)


def test_every_target_is_large_enough_for_a_finger(pages) -> None:
    small = [
        str(target)
        for page in pages
        for target in page.targets
        if min(target.place.width(), target.place.height()) < TOUCH
    ]
    assert not small, "\n".join(small)


def test_letters_are_large_and_leave_room_for_stacked_marks(pages) -> None:
    for said in (said for page in pages for said in page.texts):
        assert said.font.pixelSize() >= SMALLEST_LETTER, str(said)
        assert said.font.family() == "Noto Sans", str(said)
    fonts = {said.font.toString(): said.font for page in pages for said in page.texts}
    for font in fonts.values():
        assert QFontMetricsF(font).lineSpacing() >= ROOM_FOR_MARKS * font.pixelSize()


def test_every_target_has_a_name_for_robots_and_for_readers(pages) -> None:
    roles = {QAccessible.Role.Button, QAccessible.Role.CheckBox}
    nameless = [
        f"{target} {target.spoken!r} {target.role}"
        for page in pages
        for target in page.targets
        if not (target.name and target.spoken and target.role in roles)
    ]
    assert not nameless, "\n".join(nameless)


def test_no_two_targets_of_a_page_share_a_name(pages) -> None:
    for page in pages:
        names = [target.name for target in page.targets]
        assert sorted(set(names)) == sorted(names), page.name
