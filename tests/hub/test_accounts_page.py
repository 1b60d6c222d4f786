"""Whoever looks up in docs/accounts.md who may do what must find what the hub checks."""

from pathlib import Path

from hub.accounts.rights import COMMANDS, DUTIES, QUESTIONS
from plumbing.limits import WIRE_ENROLLING, WRONG_TOKENS
from service_floor.queue.commands import Role

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "accounts.md").read_text("utf-8")


def rows():
    for line in PAGE.splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def test_the_table_of_roles_is_the_one_that_is_checked() -> None:
    heads = next(row for row in rows() if "supervisor" in row and "kiosk" in row)
    columns = [Role(name) for name in heads[1:]]
    assert set(columns) == set(Role) - {Role.HUB}
    told = {
        row[0].strip("`"): {role for role, mark in zip(columns, row[1:], strict=True) if mark}
        for row in rows()
        if len(row) == len(heads) and row[0].startswith("`")
    }
    checked = {**COMMANDS, **QUESTIONS, **{duty.value: roles for duty, roles in DUTIES.items()}}
    assert told == {kind: set(roles) for kind, roles in checked.items() if roles != {Role.HUB}}


def test_the_limits_are_those_that_hold() -> None:
    limit = WIRE_ENROLLING
    assert f"{limit.of_all} devices wait already, or {limit.of_key} at one address" in PAGE
    assert f"more than {WRONG_TOKENS} within ten seconds" in PAGE
