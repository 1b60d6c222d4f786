"""Both languages say everything, with the same places for figures."""

from string import Formatter

import pytest

from hub.accounts.audit_log import AuditAction
from hub.messages import Condition, WireError
from hub.reports.calls import CallFilter
from hub.web.console.access.sessions import ConsoleSession
from hub.web.console.areas import Area
from hub.web.console.floor_now import DeviceState
from hub.web.console.orders import actor_of
from plumbing.languages import LANGUAGES
from plumbing.sentences import load_sentences
from service_floor.queue.commands import Role
from service_floor.queue.rules import REFUSAL_CODES
from service_floor.queue.tickets import TicketState

VI, EN = (load_sentences("hub.web.console", language).entries for language in LANGUAGES)


def places(sentence):
    return {field for _, field, _, _ in Formatter().parse(sentence) if field}


def test_both_languages_have_the_same_sentences_and_places() -> None:
    assert set(VI) == set(EN)
    assert [key for key in VI if places(VI[key]) != places(EN[key])] == []


@pytest.mark.parametrize(
    ("area", "codes"),
    [
        ("role", list(Role)),
        ("area", list(Area)),
        ("device_state", list(DeviceState)),
        ("condition", list(Condition)),
        ("state", list(TicketState)),
        ("deed", list(AuditAction)),
        ("fairness.only", list(CallFilter)),
        ("greeter.problem", [WireError.BUSY, WireError.STORAGE, WireError.UNKNOWN_DOSSIER]),
        ("refusal", [WireError.BUSY, WireError.STORAGE, WireError.NOT_ALLOWED]),
    ],
)
def test_every_code_has_its_words(area, codes) -> None:
    assert [code for code in codes if f"{area}.{code}" not in VI] == []


def test_a_refusal_uses_what_the_floor_tells_and_nothing_else() -> None:
    worded = [code for code in REFUSAL_CODES if f"refusal.{code}" in VI]
    assert len(worded) > 20
    assert [code for code in worded if not places(VI[f"refusal.{code}"]) <= code.data_fields] == []


def test_who_stands_in_the_journal_fits_and_stays_apart() -> None:
    def name(officer):
        return actor_of(ConsoleSession(officer, Role.GREETER, "vi", 0, 0)).device

    assert name("hoa") == "console-hoa"
    long, other = "o" * 40, "o" * 39 + "x"
    assert len(name(long)) == 40
    assert name(long) != name(other)
