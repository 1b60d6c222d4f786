import json
from importlib import resources
from pathlib import Path

import pytest

from config.model.devices import EscposPrinter
from config.model.printers import PrinterProfile, abilities, is_slow, printer_profiles

NETWORK = {"wire": "tcp", "host": "10.0.0.5"}
SLOW = {"wire": "serial", "path": "/dev/printer", "baud": 9600}
FAST = {"wire": "serial", "path": "/dev/printer", "baud": 115_200}

LISTED = {
    "width_dots": lambda entry: entry["media"]["width"]["pixels"],
    "columns": lambda entry: entry["fonts"]["0"]["columns"],
    "native_qr": lambda entry: entry["features"]["qrCode"],
    "native_code128": lambda entry: entry["features"]["barcodeB"],
    "nv_graphics": lambda entry: entry["features"]["graphics"],
    "cutter": lambda entry: entry["features"]["paperPartCut"],
    "tcvn3_pages": lambda entry: tuple(
        int(number)
        for name in ("TCVN-3-1", "TCVN-3-2")
        for number, page in entry["codePages"].items()
        if page == name
    ),
}


def settings(port, **changes):
    return EscposPrinter.model_validate({"kind": "escpos", "port": port} | changes)


@pytest.fixture(scope="module")
def community():
    """The community's list as python-escpos ships it."""
    file = resources.files("escpos").joinpath("capabilities.json")
    return json.loads(file.read_text("utf-8"))["profiles"]


def test_facts_from_the_list_are_those_of_the_list(community) -> None:
    wrong, held = [], 0
    for name, profile in printer_profiles().items():
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
    profiles = printer_profiles()
    assert profiles["epson-tm-t20iii"].columns == profiles["epson-tm-t20ii"].columns
    assert profiles["epson-tm-t20iii"].process_id.source.startswith("manual")


def test_what_is_only_assumed_of_any_printer_is_careful() -> None:
    generic = printer_profiles()["generic-80"]
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
    assert abilities(settings(port, profile=profile, text=wanted)).text == text


def test_single_fields_outweigh_the_profile() -> None:
    can = abilities(settings(NETWORK, paper_mm=58, page_lower=27, page_upper=27, native_qr=False))
    assert (can.paper_mm, can.width_dots, can.columns) == (58, 384, 32)
    assert (can.page_lower, can.page_upper, can.native_qr) == (27, 27, False)
    assert abilities(settings(NETWORK, profile="xprinter-xp-r200eu")).page_lower == 27
    assert abilities(settings(NETWORK, profile="epson-tm-t88v", paper_mm=80)).columns == 42


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
    "automatic_status",
    "near_end_sensor",
    "feed_before_cut_dots",
    "baud",
    "pace_bytes",
    "pace_ms",
)
LETTERS = {"manual": "M", "list": "L", "report": "R", "measured": "T", "assumed": "a"}


def cell(fact) -> str:
    words = {True: "yes", False: "no", (): "?"}
    value = words.get(fact.value, fact.value)
    text = "/".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"{text} {LETTERS[fact.source.split(':')[0]]}"


def test_the_tables_of_the_docs_are_those_of_the_profiles() -> None:
    assert {"title", "like", *SHOWN, *FURTHER} == set(PrinterProfile.model_fields)
    page = Path(__file__).resolve().parents[3] / "docs" / "devices" / "printers.md"
    lines = page.read_text(encoding="utf-8").splitlines()
    for name, profile in printer_profiles().items():
        cells = " | ".join(cell(getattr(profile, key)) for key in SHOWN)
        assert f"| `{name}` | {profile.title} | {cells} |" in lines
        cells = " | ".join(cell(getattr(profile, key)) for key in FURTHER)
        assert f"| `{name}` | {cells} |" in lines
