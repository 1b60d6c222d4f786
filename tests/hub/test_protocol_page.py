"""Whoever writes a client from docs/protocol.md must not be led astray."""

import dataclasses
import json
import re
import typing
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from hub import messages
from hub.accounts.rights import COMMANDS
from hub.messages import (
    CloseCode,
    DossierView,
    ErrorBody,
    TicketView,
    Topic,
    WireError,
    client_frames,
    hub_frames,
)
from hub.wire.session import LARGEST_NUMBER, LONGEST_LIST, LONGEST_TEXT, MOST_BAD_FRAMES
from service_floor.dossiers.model import DossierStatus, Standing
from service_floor.queue.commands import Command

VIEWS = {
    "floor": TypeAdapter(messages.FloorView),
    "services": TypeAdapter(messages.ServiceView),
}
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "protocol.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```json (\w+)(?: (\w+))?\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", [text for kind, _, text in EXAMPLES if kind == "client"])
def test_every_frame_of_a_client_would_be_taken(example) -> None:
    client_frames.validate_json(example)


@pytest.mark.parametrize("example", [text for kind, _, text in EXAMPLES if kind == "hub"])
def test_every_frame_of_the_hub_is_as_the_hub_writes_it(example) -> None:
    frame = json.loads(example)
    _check(hub_frames, frame)
    for put in frame.get("puts", ()):
        if put["value"] is not None:
            _check(VIEWS[put["topic"]], put["value"])
    for topic, values in frame.get("state", {}).items():
        for value in values.values():
            _check(VIEWS[topic], value)
    if "ticket" in frame.get("result", {}):
        _check(TypeAdapter(TicketView), frame["result"]["ticket"])
    if "status" in frame.get("result", {}):
        _check(TypeAdapter(DossierView), frame["result"])


@pytest.mark.parametrize(
    ("view", "example"), [(view, text) for kind, view, text in EXAMPLES if kind == "value"]
)
def test_every_value_is_as_the_hub_writes_it(view, example) -> None:
    _check(TypeAdapter(getattr(messages, view)), json.loads(example))


def _check(adapter, value) -> None:
    """No field is missing and none is invented."""
    read = adapter.validate_json(json.dumps(value))
    assert json.loads(adapter.dump_json(read)) == value


def test_there_is_an_example_of_every_frame() -> None:
    shown = {json.loads(example).get("t") for _, _, example in EXAMPLES}
    frames = set()
    for union in (messages.ClientFrame, messages.HubFrame):
        frames |= {frame.model_fields["t"].default for frame in _members(union)}
    assert frames <= shown


def _members(union):
    return typing.get_args(typing.get_args(union)[0])


def test_every_command_stands_in_the_table_with_its_fields_and_who_may() -> None:
    rows = {}
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[0].strip("`") in COMMANDS:
            rows[cells[0].strip("`")] = cells
    assert set(rows) == set(COMMANDS)
    for command in typing.get_args(Command):
        kind, *fields = (field.name for field in reversed(dataclasses.fields(command)))
        assert kind == "kind"
        name, told, who, _ = rows[command.__dataclass_fields__["kind"].default]
        outside_brackets = re.sub(r"\(.*?\)", "", told)
        assert set(re.findall(r"`(\w+)`", outside_brackets)) == set(fields), name
        roles = {role.strip() for role in who.replace("the hub", "hub").split(",")}
        assert roles == set(COMMANDS[name.strip("`")]), name


@pytest.mark.parametrize("code", [*WireError, *CloseCode, *Topic, *Standing])
def test_every_code_is_explained(code) -> None:
    assert re.search(rf"\b{code.value}\b", PAGE)


def test_every_status_of_a_dossier_is_named() -> None:
    assert all(f"`{status.code}`" in PAGE for status in DossierStatus)


def test_the_limits_are_those_that_hold() -> None:
    assert f"at most {LONGEST_TEXT} characters" in PAGE
    assert f"lists {LONGEST_LIST} entries" in PAGE
    assert f"at most {LARGEST_NUMBER:,}" in PAGE
    assert f"| 4400 | {MOST_BAD_FRAMES} wrong frames" in PAGE


def test_an_error_is_a_code_with_data() -> None:
    assert set(ErrorBody.model_fields) == {"code", "data"}
