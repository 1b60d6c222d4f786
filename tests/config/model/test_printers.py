from pathlib import Path

import pytest
from pydantic import ValidationError

from config.model.devices import EscposPrinter
from config.model.printer_database import database, listed_models
from config.model.printer_profile import UNKNOWN, PaperWidth, PrinterProfile
from config.model.printers import (
    abilities,
    is_slow,
    is_width_unknown,
    model_names,
    printer_profile,
    profile_names,
    roll_mm,
)

NETWORK = {"wire": "tcp", "host": "10.0.0.5"}
SLOW = {"wire": "serial", "path": "/dev/printer", "baud": 9600}
FAST = {"wire": "serial", "path": "/dev/printer", "baud": 115_200}

LISTED = {
    "width_dots": lambda entry: entry["media"]["width"]["pixels"],
    "columns": lambda entry: entry["fonts"]["0"]["columns"],
    "native_qr": lambda entry: entry["features"]["qrCode"],
    "native_code128": lambda entry: entry["features"]["barcodeB"],
    "nv_graphics": lambda entry: entry["features"]["graphics"],
    "cutter": lambda entry: (
        "partial"
        if entry["features"]["paperPartCut"]
        else "full"
        if entry["features"]["paperFullCut"]
        else "none"
    ),
    "dpi": lambda entry: entry["media"]["dpi"],
    "tcvn3_pages": lambda entry: tuple(
        int(number)
        for name in ("TCVN-3-1", "TCVN-3-2")
        for number, page in entry["codePages"].items()
        if page == name
    ),
}


def settings(port, **changes):
    return EscposPrinter.model_validate({"kind": "escpos", "port": port} | changes)


def test_facts_from_the_list_are_those_of_the_list() -> None:
    community = database()["profiles"]
    wrong, held = [], 0
    for name in model_names():
        profile = printer_profile(name)
        for key, read in LISTED.items():
            fact = getattr(profile, key)
            sources = [part.strip() for part in fact.source.split(";")]
            for source in sources:
                kind, _, entry = source.partition(": ")
                if kind == "list":
                    held += 1
                    if read(community[entry]) != fact.value:
                        wrong.append(f"{name}.{key}: {fact.value}, list {read(community[entry])}")
    assert wrong == []
    assert held > 50


def test_a_fact_that_is_like_anothers_keeps_its_source() -> None:
    like, own = printer_profile("epson-tm-t20ii"), printer_profile("epson-tm-t20iii")
    assert own.columns == like.columns
    assert own.process_id.source.startswith("manual")


def test_every_model_of_the_database_can_be_chosen() -> None:
    assert set(listed_models()) < set(model_names())
    for model in listed_models():
        known = settings(NETWORK, model=model)
        if is_width_unknown(known):
            assert printer_profile(model).width_dots.value == UNKNOWN
            known = settings(NETWORK, model=model, width_dots=576)
        assert abilities(known).width_dots > 0
        assert printer_profile(model).model == model


def test_our_facts_lie_over_those_of_the_database() -> None:
    listed, ours = database()["profiles"]["CT-S651"], printer_profile("CT-S651")
    assert listed["media"]["width"]["pixels"] == 640
    assert ours == printer_profile("citizen-ct-s651")
    assert (ours.width_dots.value, ours.width_dots.source.split(":")[0]) == (576, "assumed")
    assert (ours.columns.value, ours.columns.source) == (48, "list: CT-S651")


def test_a_model_without_facts_of_ours_is_as_the_database_has_it() -> None:
    profile = printer_profile("TH230Plus")
    assert profile.title == "Wincor Nixdorf TH230+"
    assert (profile.width_dots.value, profile.columns.value) == (576, 44)
    assert profile.width_dots.source == "list: TH230Plus"
    assert not profile.user_glyphs.value
    assert printer_profile("NT-5890K").pace_bytes.value == 1024


def test_a_width_that_the_database_lacks_must_be_given() -> None:
    unknown = settings(NETWORK, model="TEP-200M")
    assert is_width_unknown(unknown)
    with pytest.raises(ValidationError):
        abilities(unknown)
    known = settings(NETWORK, model="TEP-200M", width_dots=384)
    assert not is_width_unknown(known)
    can = abilities(known)
    assert (can.width_dots, can.columns, can.paper_mm) == (384, 32, 58)
    wide = abilities(settings(NETWORK, model="TEP-200M", width_dots=576))
    assert (wide.columns, wide.paper_mm) == (42, 80)


def test_the_former_name_of_the_setting_is_still_read() -> None:
    assert settings(NETWORK, profile="sunmi-v2") == settings(NETWORK, model="sunmi-v2")
    with pytest.raises(ValidationError, match="profile"):
        settings(NETWORK, profile="sunmi-v2", model="sunmi-v2")


def test_no_name_is_known_by_chance() -> None:
    with pytest.raises(KeyError):
        printer_profile("no-such")


def test_what_is_only_assumed_of_any_printer_is_careful() -> None:
    generic = printer_profile("generic-80")
    assert not generic.user_glyphs.value
    assert not generic.nv_graphics.value
    assert not generic.near_end_sensor.value
    assert generic.tcvn3_pages.value == ()


@pytest.mark.parametrize(
    ("profile", "wanted", "port", "text"),
    [
        ("generic-80", None, NETWORK, "raster"),
        ("generic-80", None, FAST, "raster"),
        ("generic-80", None, SLOW, "raster"),
        ("generic-80", "tcvn3", SLOW, "tcvn3"),
        ("generic-80", "glyphs", SLOW, "glyphs"),
        ("epson-tm-t20iii", None, NETWORK, "raster"),
        ("epson-tm-t20iii", None, SLOW, "tcvn3"),
        ("epson-tm-t20iii", "raster", SLOW, "glyphs"),
        ("epson-tm-t20iii", "raster", FAST, "raster"),
        ("bixolon-srp-350", None, SLOW, "glyphs"),
    ],
)
def test_the_line_decides_against_pictures(profile, wanted, port, text) -> None:
    assert abilities(settings(port, model=profile, text=wanted)).text == text


def test_single_fields_outweigh_the_profile() -> None:
    can = abilities(settings(NETWORK, paper_mm=58, page_lower=27, page_upper=27, native_qr=False))
    assert (can.paper_mm, can.width_dots, can.columns) == (58, 384, 32)
    assert (can.page_lower, can.page_upper, can.native_qr) == (27, 27, False)
    assert abilities(settings(NETWORK, model="xprinter-xp-r200eu")).page_lower == 27
    assert abilities(settings(NETWORK, model="epson-tm-t88v", paper_mm=80)).columns == 42


@pytest.mark.parametrize(
    ("mm", "dots", "columns", "templates"),
    [
        (58, 384, 32, 58),
        (60, 432, 36, 58),
        (76, 544, 45, 80),
        (80, 576, 48, 80),
        (82.5, 608, 50, 80),
    ],
)
def test_paper_of_every_width_has_its_dots_and_the_templates_that_suit_it(
    mm, dots, columns, templates
) -> None:
    model = "generic-58" if mm == 80 else "generic-80"
    can = abilities(settings(NETWORK, paper_mm=mm, model=model))
    assert (can.width_dots, can.columns, can.paper_mm) == (dots, columns, templates)
    narrowed = abilities(settings(NETWORK, paper_mm=mm, model=model, width_dots=400, columns=30))
    assert (narrowed.width_dots, narrowed.columns) == (400, 30)


def test_every_setting_of_the_printer_outweighs_its_profile() -> None:
    changes = {
        "process_id": False,
        "automatic_status": False,
        "columns": 42,
        "cutter": "none",
        "pace_bytes": 512,
        "pace_ms": 20,
        "code128_sets": False,
        "motion_units": False,
        "presenter": True,
        "near_end_sensor": True,
    }
    can = abilities(settings(NETWORK, **changes))
    assert {key: getattr(can, key) for key in changes} == changes


def test_only_a_serial_line_is_slow() -> None:
    assert is_slow(settings(SLOW))
    assert not is_slow(settings(FAST))
    assert not is_slow(settings(NETWORK))


SHOWN = (
    "paper_mm",
    "width_dots",
    "columns",
    "tcvn3_pages",
    "user_glyphs",
    "native_qr",
    "nv_graphics",
    "process_id",
    "cutter",
)
FURTHER = (
    "native_code128",
    "code128_sets",
    "automatic_status",
    "near_end_sensor",
    "keeps_buffer",
    "dpi",
    "cut_feed",
    "motion_units",
    "feeds",
    "presenter",
    "feed_before_cut_dots",
    "baud",
    "pace_bytes",
    "pace_ms",
)
LETTERS = {"manual": "M", "list": "L", "report": "R", "measured": "T", "assumed": "a"}


def cell(profile, key) -> str:
    fact = getattr(profile, key)
    is_word = isinstance(fact.value, (bool, tuple)) or key == "width_dots"
    words = {True: "yes", False: "ask" if key == "width_dots" else "no", (): "?"}
    value = words.get(fact.value, fact.value) if is_word else fact.value
    value = value.value if isinstance(value, PaperWidth) else value
    value = f"{value:g}" if isinstance(value, float) else value
    text = "/".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"{text} {LETTERS[fact.source.split(':')[0]]}"


def test_the_tables_of_the_docs_are_those_of_the_profiles() -> None:
    assert {"title", "like", "model", *SHOWN, *FURTHER} == set(PrinterProfile.model_fields)
    page = Path(__file__).resolve().parents[3] / "docs" / "devices" / "printers.md"
    lines = page.read_text(encoding="utf-8").splitlines()
    for name in profile_names():
        profile = printer_profile(name)
        cells = " | ".join(cell(profile, key) for key in SHOWN)
        assert f"| `{name}` | {profile.title} | {cells} |" in lines
        cells = " | ".join(cell(profile, key) for key in FURTHER)
        assert f"| `{name}` | {cells} |" in lines


def test_the_docs_name_every_model_of_the_database() -> None:
    page = Path(__file__).resolve().parents[3] / "docs" / "devices" / "printers.md"
    text = page.read_text(encoding="utf-8")
    ours = {printer_profile(name).model for name in profile_names()}
    for model in sorted(set(listed_models()) - ours):
        mark = " (width)" if is_width_unknown(settings(NETWORK, model=model)) else ""
        assert f"`{model}`{mark}" in text


@pytest.mark.parametrize(
    ("changes", "metres"),
    [
        ({}, 50),
        ({"model": "generic-58"}, 15),
        ({"paper_mm": 58}, 15),
        ({"model": "generic-58", "roll_metres": 30}, 30),
        ({"roll_metres": 80}, 80),
    ],
)
def test_a_roll_is_as_long_as_configured_or_as_rolls_of_its_width_usually_are(
    changes, metres
) -> None:
    assert roll_mm(settings(NETWORK, **changes)) == metres * 1000
