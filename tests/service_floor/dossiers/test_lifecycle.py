"""The life of a dossier is one table: its picture, its page, and what the fold allows."""

import subprocess
import sys
from pathlib import Path

import pytest

from service_floor.dossiers.life.states import FINAL, DossierState, LeadsBack
from service_floor.dossiers.lifecycle import (
    DOSSIER_TRANSITIONS,
    dossier_mermaid,
    dossier_page,
    kind_of,
    life_events,
)

LIFE = {kind_of(event): event for event in life_events()}


def test_every_state_is_reached_and_only_deeds_that_are_undone_lead_out_of_the_last_ones() -> None:
    reached = set(DOSSIER_TRANSITIONS.values())
    assert set(DossierState) - reached == {DossierState.VOID}
    assert {LeadsBack.RESUMED, LeadsBack.UNDONE} < reached
    leads_on = {
        state
        for (state, _), after in DOSSIER_TRANSITIONS.items()
        if after not in {state, LeadsBack.UNDONE}
    }
    assert set(DossierState) - leads_on == FINAL


def test_nothing_is_undone_after_a_hand_over() -> None:
    assert (DossierState.RETURNED, "deed_undone") not in DOSSIER_TRANSITIONS
    assert not LIFE["result_handed_over"].undoable
    assert not any(LIFE[kind].undoable for kind in LIFE if kind.startswith(("fee_", "receipt_")))


def test_the_picture_has_an_arrow_for_every_step() -> None:
    picture = dossier_mermaid()
    for (state, kind), reached in DOSSIER_TRANSITIONS.items():
        if reached not in {state, LeadsBack.UNDONE}:
            arrow = f"{state.value if state else '[*]'} --> {reached.value} : "
            line = next(line for line in picture.splitlines() if arrow in line)
            assert kind.replace("_", " ") in line


def test_the_page_in_docs_is_made_from_the_table() -> None:
    docs = Path(__file__).parents[3] / "docs" / "dossier-life.md"
    assert docs.read_text("utf-8") == dossier_page(), (
        "stale: run python -m service_floor.dossiers.lifecycle > docs/dossier-life.md"
    )


@pytest.mark.slow
def test_the_command_that_the_page_names_prints_the_page() -> None:
    command = [sys.executable, "-m", "service_floor.dossiers.lifecycle"]
    root = Path(__file__).parents[3]
    printed = subprocess.run(command, capture_output=True, check=True, cwd=root, timeout=30)
    assert printed.stdout.decode() == dossier_page()
