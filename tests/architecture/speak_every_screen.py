"""What the programs show in one language, as JSON by area: `speak_every_screen.py LANGUAGE`.

Run by `test_third_language.py` in a copy of the product that has one language more. Names of the configuration are given in
that language first, so that nothing has a reason to fall back.
"""

import asyncio
import importlib.util
import json
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from string import Formatter
from typing import Any, get_args

from centerfloor.commands.day_slip import day_values
from config.errors import ConfigurationError, Mistake, MistakeCode
from config.letter import render, render_advice
from config.loading import examine
from config.model import Installation
from config.model.slips import SlipName
from config.planning import floor_plan
from config.slips.placeholders import contents
from config.slips.templates import form_name, template_for
from counter_terminal.naming import desk_setup
from counter_terminal.views.gallery import sample_screens
from drivers.filling import fill
from hub.database.storage import close_store, database_in, open_store
from hub.journal.journal import Journal
from hub.messages import CallView
from hub.reports.day_report import report_of
from hub.reports.fairness_page import FairnessPage
from hub.reports.names import Names
from hub.upkeep.verification import DayClosing
from hub.web.console.rendering import Rendering
from hub.web.ticket_page import pages_of
from kiosk.flow.screens import Button
from kiosk.flow.slips import checklist_slip, ticket_slip
from kiosk.texts import LANGUAGES, load_texts
from plumbing.sentences import load_sentences
from queue_display.announcer.phrases import phrasebook
from queue_display.boards.browser import Browser, Frame, Screen
from queue_display.boards.description import describe
from queue_display.boards.gallery import MORNING, SCENES
from queue_display.boards.literal_floor import LiteralFloor
from queue_display.boards.server import PageServer
from queue_display.signs.showing import SignState
from service_floor.procedures.catalogue import Catalogue
from service_floor.queue.events import DayEnded, DayOpened, Stop, TicketIssued
from service_floor.zone import ZONE

TESTS = Path(__file__).resolve().parents[1]
EXAMPLE = Path(__file__).resolve().parents[2] / "config" / "examples" / "demo.toml"
FRIDAY = date(2026, 11, 20)
PACKAGES = (
    "centerfloor", "config", "counter_terminal", "hub.reports",
    "hub.web", "hub.web.console", "kiosk", "queue_display",
)  # fmt: skip


def named(value: Any, language: str) -> Any:
    """The data of an installation with every name in the language too."""
    if isinstance(value, list):
        return [named(each, language) for each in value]
    if not isinstance(value, dict):
        return value
    inner = {key: named(each, language) for key, each in value.items()}
    if "names" in inner:
        inner["names"] = {**inner["names"], language: f"⟦{inner['names']['vi']}⟧"}
    return inner


def hall(language: str) -> Installation:
    data = named(tomllib.loads(EXAMPLE.read_text("utf-8")), language)
    for counter in data["counters"]:
        name = counter.pop("name")
        counter["names"] = {"vi": name, language: f"⟦{name}⟧"}
    installation, mistakes = examine(data)
    assert installation is not None, mistakes
    return installation


def texts_in(value: object) -> Iterator[str]:
    """Every text inside a value."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts_in(each)


def helper(path: str) -> Any:
    """A helper module of the tests."""
    spec = importlib.util.spec_from_file_location("helper", TESTS / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["helper"] = module
    spec.loader.exec_module(module)
    return module


def kiosk(installation: Installation, language: str) -> Iterator[object]:
    """The glass from press to press, and the two slips."""
    helpers = helper("kiosk/conftest.py")
    from kiosk.flow.reference import reference_of

    texts = {each: load_texts(each) for each in LANGUAGES}
    catalogue = Catalogue([helpers.BIRTH, helpers.BUSINESS])
    reference = reference_of(installation, installation.kiosks[0], catalogue, texts)
    citizen = helpers.Citizen(reference).arrives()
    citizen.taps(Button.LANGUAGE, language)
    assert citizen.flow.state.visit.language == language
    yield citizen.flow.picture()
    for button, value in (
        (Button.SERVICES, ""), (Button.SERVICE, "civil-status"), (Button.CONFIRM, ""),
    ):  # fmt: skip
        citizen.taps(button, value)
        yield citizen.flow.picture()
    citizen.is_given()
    yield citizen.flow.picture()
    given = citizen.flow.state.visit.ticket
    citizen.taps(Button.DONE)
    for button, value in ((Button.FIND, ""), (Button.HOME, ""), (Button.DOSSIER, "")):
        citizen.taps(button, value)
        yield citizen.flow.picture()
    yield ticket_slip(given, (3,), reference, texts[language])
    yield checklist_slip(helpers.BIRTH, reference, texts[language])[0]


def desk(installation: Installation, language: str) -> Iterator[object]:
    """Every screen of the counter, with the names of the centre."""
    sentences = load_sentences("counter_terminal", language)
    terminal = installation.counter_terminals[0].model_copy(update={"language": language})
    setup = desk_setup(installation, terminal, sentences)
    yield setup.counter_name
    yield {**setup.services, **setup.priorities}
    for _, screen in sample_screens(sentences.say, tuple(setup.services.values())):
        yield screen


def paper(language: str) -> Iterator[object]:
    """Every slip that comes along, filled with its examples."""
    for slip in get_args(SlipName):
        known = contents()[slip]
        values = dict.fromkeys(known.samples(), "7")
        lists = {
            of: [dict.fromkeys(entry, "7") for entry in some]
            for of, some in known.sample_lists().items()
        }
        for width in (58, 80):
            yield fill(slip, template_for((), slip, language, width), values, lists)
    for slip in ("appointment", "supplement", "refusal", "apology"):
        yield form_name(slip, FRIDAY, language)


def reports(installation: Installation, language: str) -> Iterator[object]:
    """The fairness report of a small day, and the day's slip."""
    at = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_store(database_in(Path(folder)))
        journal = Journal(engine)
        with journal.page() as page:
            page.record(DayOpened(FRIDAY), at, FRIDAY, "hub")
            event = TicketIssued(
                "t1", "B001", 1, (Stop("civil-status"),), None, "morning", "kiosk-1"
            )
            page.record(event, at, FRIDAY, "kiosk-1")
            page.record(DayEnded(FRIDAY), at, FRIDAY, "hub")
        judged = report_of(engine, floor_plan(installation, FRIDAY), FRIDAY)
        journal.close()
        close_store(engine)
    assert judged is not None
    names = Names.of(installation, language)
    page_of_day = FairnessPage(judged, names, load_sentences("hub.reports", language), "hall.toml")
    yield page_of_day.text()
    yield list(page_of_day.rows())
    yield [names.service("civil-status"), names.counter("c1")]
    closed = DayClosing(FRIDAY, 1, 3, "0" * 64, over=False)
    words = load_sentences("centerfloor", language)
    yield dict(day_values(installation, closed, words, at))


def pages(installation: Installation, language: str) -> Iterator[object]:
    """The ticket page and pages of the console."""
    tickets = pages_of(installation)
    yield tickets.notice(language, "unknown")
    yield tickets.notice(language, "busy")
    console = Rendering(installation)
    form = {"earlier": [], "why": "locked", "officer": "", "until": "09:00"}
    yield console.text("sign_in.html", language, **form)
    yield console.text("no.html", language, why="not_found")
    yield console.wordings[language].refusal("recall_too_soon", {"seconds": 2})


def hall_devices(language: str) -> Iterator[object]:
    """Loudspeaker and signs."""
    sentences = load_sentences("queue_display", language)
    call = CallView(
        call="a", ticket="t", number="A001", counter="c1", attempt=2,
        priority=True, called_at=datetime(2026, 11, 20, 1, 0, tzinfo=UTC), over=False,
    )  # fmt: skip
    yield phrasebook(sentences).words(call, 3)
    yield SignState(sentences.say("sign.paused"))


def letters(language: str) -> Iterator[object]:
    """The letter about a configuration, with one mistake and with five."""
    mistakes = [Mistake(f"place[{n}]", MistakeCode.NOT_SERVED, "x") for n in range(5)]
    yield render(ConfigurationError(Path("a.toml"), tuple(mistakes[:1])), language)
    yield render(ConfigurationError(Path("a.toml"), tuple(mistakes)), language)
    yield render_advice(Path("a.toml"), tuple(mistakes), language)


def everything(language: str) -> Iterator[object]:
    """Every sentence of every package with its places filled by 1, 2 and 5."""
    for package in PACKAGES:
        sentences = load_sentences(package, language)
        for key, sentence in sentences.entries.items():
            places = {name for _, name, _, _ in Formatter().parse(sentence) if name}
            moments = {name: datetime(2026, 11, 20) for name in ("at", "until") if name in places}
            day = {"day": FRIDAY} if package == "hub.reports" else {}
            for number in (1, 2, 5):
                yield sentences.say(key, **(dict.fromkeys(places, number) | moments | day))


async def board(installation: Installation, language: str) -> list[object]:
    """The description of a board, and the text of its real page; without a browser only the description."""
    said: list[object] = [describe(installation, installation.boards[0], "ws://x", language)]
    try:
        async with Browser("about:blank", Screen(Frame.HEADLESS)) as browser:
            said.append(await _page(browser, installation, language))
    except FileNotFoundError:
        pass
    return said


async def _page(browser: Browser, installation: Installation, language: str) -> object:
    async with LiteralFloor(MORNING) as floor:
        SCENES[0].fill(floor)
        device = describe(installation, installation.boards[0], floor.url, language)
        async with PageServer({**device, "token": "literal"}) as served:
            await browser.page.navigate(served.url)
            await browser.page.wait_until(SCENES[0].ready, 60)
            return await browser.page.evaluate("document.getElementById('board').innerText")


def main(language: str) -> None:
    installation = hall(language)
    areas: dict[str, list[object]] = {
        "kiosk": list(kiosk(installation, language)),
        "desk": list(desk(installation, language)),
        "paper": list(paper(language)),
        "reports": list(reports(installation, language)),
        "pages": list(pages(installation, language)),
        "devices": list(hall_devices(language)),
        "letters": list(letters(language)),
        "sentences": list(everything(language)),
        "board": asyncio.run(board(installation, language)),
    }
    said = {name: sorted(set(texts_in(values))) for name, values in areas.items()}
    json.dump(said, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(sys.argv[1])
