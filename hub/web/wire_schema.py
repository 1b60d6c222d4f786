"""JSON Schema of the wire, generated from the models that validate its frames."""

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from hub.messages import (
    PROTOCOL,
    CallView,
    CounterView,
    DossierView,
    FloorView,
    ServiceView,
    TicketPlace,
    TicketView,
    client_frames,
    hub_frames,
)

_VIEWS = (FloorView, ServiceView, CounterView, CallView, TicketView, DossierView, TicketPlace)


@cache
def wire_schema_text() -> str:
    """The schema as JSON. Cached: generating it takes longer than the event loop may be blocked."""
    return json.dumps(wire_schema(), ensure_ascii=False)


def wire_schema() -> dict[str, Any]:
    """What a client may send, what the hub sends, and the values inside."""
    frames, shared = TypeAdapter.json_schemas(
        [("client", "validation", client_frames), ("hub", "serialization", hub_frames)],
        ref_template="#/$defs/{model}",
    )
    _, views = models_json_schema(
        [(view, "serialization") for view in _VIEWS], ref_template="#/$defs/{model}"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Floor wire, protocol {PROTOCOL}",
        "description": "A frame of a client matches ClientFrame, a frame of the hub HubFrame.",
        "$defs": {
            **views["$defs"],
            **shared["$defs"],
            "ClientFrame": frames["client", "validation"],
            "HubFrame": frames["hub", "serialization"],
        },
    }
