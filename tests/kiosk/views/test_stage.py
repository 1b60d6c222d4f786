"""The bridge: a press on the glass arrives as it was meant, and the glass shows what it is told."""

import logging
from dataclasses import replace

import pytest

from kiosk.flow.screens import Button, SearchScreen
from kiosk.views.gallery import samples
from kiosk.views.stage import guarded

ALL = {sample.name: sample for sample in samples()}
PAGES = [name for name in ALL if name.endswith("-1080x1920-vi")]


@pytest.mark.parametrize("name", PAGES)
def test_every_button_says_what_was_pressed(glass, name, in_sight) -> None:
    glass.shows(ALL[name])
    said = []
    glass.stage.tapped.connect(lambda *press: said.append("-".join(filter(None, press))))
    glass.stage.typed.connect(lambda key: said.append(f"key-{key}"))
    names = [
        thing.objectName()
        for thing in glass.touchable()
        if in_sight(thing) and not thing.objectName().startswith(("scroll-", "language"))
    ]
    for thing in names:
        glass.press(glass.named(thing))
    assert said == names
    assert {press.partition("-")[0] for press in said} <= {*Button, "key"}


def test_a_change_of_the_floor_does_not_take_a_button_from_under_a_finger(glass) -> None:
    sample = ALL["kiosk-services-few-1080x1920-vi"]
    glass.shows(sample)
    said = []
    glass.stage.tapped.connect(lambda *press: said.append(press))
    with glass.held(glass.named("service-s1")):
        tiles = tuple(replace(tile, note="9") for tile in sample.picture.screen.tiles)
        glass.stage.show(
            replace(sample.picture, screen=replace(sample.picture.screen, tiles=tiles))
        )
        glass.settle()
    assert said == [("service", "s1")]
    assert sum(text.property("text") == "9" for text in glass.words()) == len(tiles)


def test_a_list_that_grows_shorter_is_drawn_without_complaint(glass) -> None:
    sample = ALL["kiosk-services-many-1080x1920-vi"]
    glass.shows(sample)
    fewer = replace(sample.picture.screen, tiles=sample.picture.screen.tiles[:2])
    glass.stage.show(replace(sample.picture, screen=fewer))
    glass.settle()
    assert [t.objectName() for t in glass.touchable() if t.objectName().startswith("service-")] == [
        "service-s0",
        "service-s1",
    ]


def test_a_finger_presses_as_a_mouse_does(glass) -> None:
    glass.shows(ALL["kiosk-welcome-1080x1920-vi"])
    said = []
    glass.stage.tapped.connect(lambda *press: said.append(press))
    glass.touch(glass.named("services"))
    assert said == [("services", "")]


def test_a_language_button_asks_for_the_other_language(glass) -> None:
    said = []
    glass.stage.tapped.connect(lambda *press: said.append(press))
    glass.press(glass.named("language"))
    assert said == [("language", "en")]


def test_the_glass_follows_language_letters_and_contrast(glass) -> None:
    sample = ALL["kiosk-welcome-1080x1920-vi"]
    glass.shows(sample)
    before = {text.property("font").pixelSize() for text in glass.words()}
    frame = replace(sample.picture.frame, language="en", large_letters=True, high_contrast=True)
    glass.stage.show(replace(sample.picture, frame=frame))
    assert "Take a number" in {text.property("text") for text in glass.words()}
    assert max(text.property("font").pixelSize() for text in glass.words()) > max(before)
    assert glass.view.rootObject().property("color").name() == "#000000"


def test_typing_changes_the_line_and_keeps_the_page(glass) -> None:
    sample = ALL["kiosk-search-empty-1080x1920-vi"]
    glass.shows(sample)
    key = glass.named("key-k")
    glass.stage.show(replace(sample.picture, screen=SearchScreen("đất", (), "")))
    assert "đất|" in {text.property("text") for text in glass.words()}
    assert glass.named("key-k") == key


def test_a_pane_that_overflows_is_scrolled_by_its_buttons(glass, qapp) -> None:
    glass.shows(ALL["kiosk-services-many-1080x1920-vi"])
    first = glass.named("service-s0")
    before = first.mapToScene(first.boundingRect().topLeft()).y()
    said = []
    glass.stage.tapped.connect(lambda *press: said.append(press))
    glass.press(glass.named("scroll-down"))
    assert first.mapToScene(first.boundingRect().topLeft()).y() < before
    glass.press(glass.named("scroll-up"))
    assert first.mapToScene(first.boundingRect().topLeft()).y() == before
    assert said == [("scroll", "")] * 2


def test_colours_keep_a_contrast_of_seven_in_both_looks(glass, qapp) -> None:
    for name in ("kiosk-welcome-1080x1920-vi", "kiosk-welcome-1080x1920-vi-dark"):
        glass.shows(ALL[name])
        pairs = glass.view.rootObject().property("pairs").toVariant()
        assert len(pairs) > 10
        low = [(a.name(), b.name()) for a, b in pairs if contrast(a, b) < 7]
        assert low == []


def contrast(one, other) -> float:
    """WCAG 2.2: (lighter + 0.05) / (darker + 0.05)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color) -> float:
    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.slow
def test_a_second_tap_does_not_land_on_the_page_that_the_first_one_brought(
    animated_glass, qtbot
) -> None:
    glass = animated_glass
    glass.shows(ALL["kiosk-welcome-1080x1920-vi"])
    qtbot.waitUntil(lambda: glass.named("services").isEnabled())
    said = []
    glass.stage.tapped.connect(lambda *press: said.append(press))
    glass.shows(ALL["kiosk-confirm-1080x1920-vi"])
    glass.press(glass.named("confirm"))
    assert said == []
    qtbot.waitUntil(lambda: glass.named("confirm").isEnabled())
    glass.press(glass.named("confirm"))
    assert said == [("confirm", "")]


def test_a_defect_behind_a_press_is_logged_and_goes_no_further(caplog) -> None:
    class Broken:
        @guarded
        def press(self) -> None:
            raise ValueError("broken on purpose")

    with caplog.at_level(logging.ERROR, "kiosk"):
        Broken().press()
    assert "could not be answered" in caplog.text


@pytest.mark.parametrize("size", [(540, 960), (768, 1366), (1024, 768)])
def test_on_a_smaller_display_the_pages_are_drawn_smaller_and_whole(glass, qapp, size) -> None:
    glass.shows(ALL["kiosk-welcome-1080x1920-vi"])
    glass.view.resize(*size)
    qapp.processEvents()
    glass.settle()
    root = glass.view.rootObject()
    assert root.scale() < 1
    assert (round(root.width() * root.scale()), round(root.height() * root.scale())) == size
    said = []
    glass.stage.tapped.connect(lambda *press: said.append(press))
    glass.press(glass.named("dossier"))
    assert said == [("dossier", "")]
