"""Serialiser and parser of slips: JSON and back. Pure."""

import json
from dataclasses import asdict
from typing import Any, Final, get_args

from drivers.slip import Align, Block, Slip

_BLOCKS: Final[dict[str, type[Any]]] = {kind.__name__.lower(): kind for kind in get_args(Block)}


class UnreadableSlipError(ValueError):
    """The JSON is not a slip that this version knows.

    Example scenario: a slip of a later version with a new kind of block.
    """


def written(slip: Slip) -> str:
    """The slip as JSON."""
    blocks = [{"block": type(block).__name__.lower(), **asdict(block)} for block in slip.blocks]
    personal = {"personal": True} if slip.personal else {}
    return json.dumps({"job": slip.job, "blocks": blocks, **personal}, ensure_ascii=False)


def read(text: str) -> Slip:
    """Parse a slip; raises UnreadableSlipError."""
    try:
        found = json.loads(text)
        blocks = tuple(map(_block, found["blocks"]))
        return Slip(str(found["job"]), blocks, bool(found.get("personal")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableSlipError(str(error)) from error


def _block(fields: dict[str, Any]) -> Block:
    values = dict(fields)
    kind = _BLOCKS[values.pop("block")]
    if "align" in values:
        values["align"] = Align(values["align"])
    block: Block = kind(**values)
    return block
