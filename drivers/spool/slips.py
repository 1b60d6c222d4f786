"""Slips as JSON and back. Pure."""

import json
from dataclasses import asdict
from typing import Any, Final, get_args

from drivers.slip import Align, Block, Slip

_BLOCKS: Final[dict[str, type[Any]]] = {kind.__name__.lower(): kind for kind in get_args(Block)}


class UnreadableSlipError(ValueError):
    """What is kept is no slip that this version knows."""


def written(slip: Slip) -> str:
    """The slip as JSON."""
    blocks = [{"block": type(block).__name__.lower(), **asdict(block)} for block in slip.blocks]
    return json.dumps({"job": slip.job, "blocks": blocks}, ensure_ascii=False)


def read(text: str) -> Slip:
    """The slip of this JSON, or `UnreadableSlipError`."""
    try:
        found = json.loads(text)
        return Slip(str(found["job"]), tuple(map(_block, found["blocks"])))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableSlipError(str(error)) from error


def _block(fields: dict[str, Any]) -> Block:
    values = dict(fields)
    kind = _BLOCKS[values.pop("block")]
    if "align" in values:
        values["align"] = Align(values["align"])
    block: Block = kind(**values)
    return block
