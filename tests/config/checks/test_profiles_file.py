"""A centre's own printer profiles: what they give to its printers, and the letter about each mistake in their file."""

from pathlib import Path

import pytest

from config.errors import ConfigurationError, MistakeCode
from config.letter import render
from config.loading import load
from config.model.printers import abilities, is_width_unknown
from config.model.programs import Kiosk

EXAMPLE = Path(__file__).parents[3] / "config" / "examples" / "demo.toml"
FACT = '{ value = %s, source = "measured: by the technician" }'


def kiosk_with(folder: Path, profiles: str, model: str = "hall-printer") -> Kiosk:
    (folder / "printers.toml").write_text(profiles, encoding="utf-8")
    text = EXAMPLE.read_text("utf-8").replace(
        "[kiosks.printer]", f'[kiosks.printer]\nmodel = "{model}"'
    )
    file = folder / "centre.toml"
    lines = [line for line in text.splitlines() if not line.startswith('model = "simulated')]
    file.write_text('printer_profiles = "printers.toml"\n' + "\n".join(lines), encoding="utf-8")
    return load(file).kiosks[0]


def test_a_profile_of_the_centre_is_taken_with_what_it_leaves_out(tmp_path) -> None:
    kiosk = kiosk_with(
        tmp_path,
        f"""
[hall-printer]
title = "The printer in the hall"
like = "other"
columns = {FACT % 42}
[other]
title = "Another"
like = "generic-58"
cutter = {FACT % '"full"'}
tcvn3_pages = {FACT % "[40, 41]"}
""",
    )
    assert kiosk.printer is not None
    can = abilities(kiosk.printer.model_copy(update={"paper_mm": None}))
    assert (can.columns, can.cutter, can.width_dots) == (42, "full", 384)
    assert (can.page_lower, can.page_upper) == (40, 41)
    assert not is_width_unknown(kiosk.printer)


def test_a_printer_of_another_model_is_left_as_it_is(tmp_path) -> None:
    kiosk = kiosk_with(tmp_path, f'[hall]\ntitle = "x"\ndpi = {FACT % 180}\n', "epson-tm-t20iii")
    assert kiosk.printer is not None
    assert abilities(kiosk.printer).dpi == 203


@pytest.mark.parametrize("like", ["", 'like = "epson-tm-t20iii"\n'])
def test_a_profile_of_ours_can_be_corrected(tmp_path, like) -> None:
    profile = f"[epson-tm-t20iii]\n{like}dpi = {FACT % 180}\n"
    kiosk = kiosk_with(tmp_path, profile, "epson-tm-t20iii")
    assert kiosk.printer is not None
    can = abilities(kiosk.printer)
    assert (can.dpi, can.page_lower) == (180, 30)


@pytest.mark.parametrize(
    ("profile", "place", "code", "suggestion"),
    [
        ('title = "x"\nlike = "generic-81"', "hall.like", MistakeCode.UNKNOWN_NAME, "generic-80"),
        ('title = "x"\nlike = "hall"', "hall.like", MistakeCode.UNKNOWN_NAME, ""),
        ('title = "x"\nmodel = "TM-T20IX"', "hall.model", MistakeCode.UNKNOWN_NAME, "TM-T20II"),
        (f'title = "x"\ncuter = {FACT % "1"}', "hall.cuter", MistakeCode.UNKNOWN_KEY, "cutter"),
        (f"title = 'x'\ncutter = {FACT % '1'}", "hall.cutter.value", MistakeCode.NOT_A_CHOICE, ""),
        ('title = "x"\ndpi = { value = 203 }', "hall.dpi.source", MistakeCode.MISSING, ""),
        (
            'title = "x"\ndpi = { value = 203, source = "heard" }',
            "hall.dpi.source",
            MistakeCode.PATTERN,
            "",
        ),
        ('title = "x"\ndpi = 203', "hall.dpi", MistakeCode.WRONG_TYPE, ""),
        (f'title = "x"\nbaud = {FACT % "true"}', "hall.baud.value", MistakeCode.WRONG_TYPE, ""),
        (
            f"title = 'x'\ntcvn3_pages = {FACT % '[40]'}",
            "hall.tcvn3_pages.value",
            MistakeCode.LIST_LENGTH,
            "",
        ),
    ],
)
def test_each_mistake_in_the_file_has_its_place(tmp_path, profile, place, code, suggestion) -> None:
    with pytest.raises(ConfigurationError) as raised:
        kiosk_with(tmp_path, "\n[hall]\n" + profile, "hall")
    error = raised.value
    assert error.file == tmp_path / "printers.toml"
    (mistake,) = error.mistakes
    assert (mistake.path, mistake.code) == (place, code)
    assert suggestion in {"", mistake.suggestion}
    assert (mistake.line or 0) >= 2
    assert all("hall" in render(error, language) for language in ("vi", "en"))


def test_profiles_that_fall_back_on_each_other_are_a_mistake(tmp_path) -> None:
    circle = '[a]\ntitle = "a"\nlike = "b"\n[b]\ntitle = "b"\nlike = "a"\n'
    with pytest.raises(ConfigurationError) as raised:
        kiosk_with(tmp_path, circle, "a")
    assert {mistake.path for mistake in raised.value.mistakes} == {"a.like", "b.like"}


@pytest.mark.parametrize("content", ["hall = 3", "[hall", None])
def test_a_file_that_is_no_list_of_profiles_is_named(tmp_path, content) -> None:
    with pytest.raises(ConfigurationError) as raised:
        kiosk_with(tmp_path, content or "", "hall") if content else load_without(tmp_path)
    assert raised.value.file == tmp_path / "printers.toml"


def load_without(folder: Path) -> None:
    file = folder / "centre.toml"
    file.write_text('printer_profiles = "printers.toml"\n' + EXAMPLE.read_text("utf-8"), "utf-8")
    load(file)
