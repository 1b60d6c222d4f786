"""What the concerns declare is what the rules know: no command, event or refusal is left out."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args

import pytest

from service_floor.dossiers import deeds, fees, life, numbering
from service_floor.dossiers.life.cases import DossierCommand, DossierEvent
from service_floor.dossiers.rules import DOSSIER_REFUSALS, DossierCommands, DossierEvents
from service_floor.queue import commands, events
from service_floor.queue.actors import Role
from service_floor.queue.refusals import RefusalCode
from service_floor.queue.rules import REFUSAL_CODES

BASES = {"DossierCommand", "DossierEvent", "LifeEvent"}


def declared(base: type) -> Iterator[type]:
    for package in (deeds, fees, numbering, life):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for each in vars(importlib.import_module(found.name)).values():
                mine = isinstance(each, type) and each.__module__ == found.name
                if mine and issubclass(each, base) and each.__name__ not in BASES:
                    yield each


@pytest.mark.parametrize(
    ("base", "union", "others"),
    [
        (DossierCommand, DossierCommands, commands.Command),
        (DossierEvent, DossierEvents, events.Event),
    ],
)
def test_every_class_of_a_concern_is_in_the_union_under_a_kind_of_its_own(
    base, union, others
) -> None:
    known = get_args(union)
    assert set(declared(base)) == set(known)
    assert {fields(each)[-1].name for each in known} == {"kind"}
    kinds = [each.__dataclass_fields__["kind"].default for each in (*known, *get_args(others))]
    assert len(set(kinds)) == len(kinds)
    assert all(is_dataclass(each) and each.__dataclass_params__.frozen for each in known)


def test_every_refusal_is_collected_once_under_a_code_of_its_own() -> None:
    codes = [code for base in declared(RefusalCode) for code in base]
    assert sorted(codes) == sorted(DOSSIER_REFUSALS)
    every = [code.value for code in (*DOSSIER_REFUSALS, *REFUSAL_CODES)]
    assert len(set(every)) == len(every)


DESK = {Role.COUNTER, Role.SUPERVISOR}
ALLOWED = {
    "take_dossier": DESK,
    "hand_in_dossier": {Role.COUNTER},
    "register_dossier": DESK | {Role.POST_CLERK, Role.HUB},
    "accept_dossier": DESK,
    "decline_dossier": DESK,
    "report_appointment_slip": {Role.COUNTER},
    "note_slip_seen": {Role.HUB},
    "sign_reception": DESK,
    "request_supplement": DESK | {Role.AGENCY_CLERK},
    "bring_supplement": DESK,
    "allow_second_request": {Role.SUPERVISOR},
    "give_list": DESK,
    "allow_second_list": {Role.SUPERVISOR},
    "end_visit": DESK,
    "begin_work": DESK | {Role.AGENCY_CLERK},
    "record_result": DESK | {Role.AGENCY_CLERK},
    "hand_over": DESK | {Role.POST_CLERK},
    "stop_work": DESK | {Role.AGENCY_CLERK},
    "withdraw_dossier": DESK,
    "explain_delay": DESK | {Role.AGENCY_CLERK},
    "apologise": DESK,
    "seal_bag": DESK | {Role.AGENCY_CLERK},
    "carry_bag": DESK | {Role.AGENCY_CLERK, Role.POST_CLERK},
    "receive_bag": DESK | {Role.AGENCY_CLERK},
    "undo_deed": DESK | {Role.AGENCY_CLERK},
    "close_dossier_day": DESK,
    "charge_fee": DESK,
    "waive_fee": {Role.SUPERVISOR},
    "request_payment": DESK | {Role.AGENCY_CLERK},
    "take_payment": DESK,
    "void_receipt": DESK,
    "refund_fee": DESK,
    "set_codes_aside": {Role.COUNTER},
    "give_codes_back": {Role.COUNTER},
}


def test_who_may_do_what() -> None:
    given = {
        each.__dataclass_fields__["kind"].default: set(each.given_by)
        for each in get_args(DossierCommands)
    }
    assert given == ALLOWED


def test_only_devices_act_without_an_officer() -> None:
    alone = {each.__name__ for each in get_args(DossierCommands) if not each.by_person}
    assert alone == {
        "RegisterDossier",
        "ReportAppointmentSlip",
        "NoteSlipSeen",
        "SetCodesAside",
        "GiveCodesBack",
    }


def test_every_refusal_is_reached_by_a_test_that_names_it() -> None:
    here = Path(__file__).parent
    texts = "\n".join(file.read_text("utf-8") for file in here.rglob("test_*.py"))
    names = {f"{type(code).__name__}.{code.name}" for code in DOSSIER_REFUSALS}
    assert sorted(names - set(re.findall(r"\w+Refusal\.[A-Z_]+", texts))) == []
