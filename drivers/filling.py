"""Template filling: a slip template and values to a slip for any printer. Pure.

A block with an empty placeholder is left out, so a template decides how something is worded, and the values whether.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, assert_never

from config.model.slips import (
    BarcodeBlock,
    ColumnsBlock,
    CutBlock,
    EachBlock,
    FeedBlock,
    ImageBlock,
    PlainBlock,
    QrBlock,
    RuleBlock,
    SlipTemplate,
    TextBlock,
    placeholders_in,
    wordings,
)
from drivers.slip import Align, Barcode, Block, Columns, Cut, Feed, Image, QrCode, Rule, Slip, Text

_PERSONAL: Final = frozenset({"appointment", "supplement", "refusal", "apology", "receipt"})
"""Slips that name a person or the state of a dossier."""

Values = Mapping[str, str]
Entries = Mapping[str, Sequence[Values]]


def fill(job: str, template: SlipTemplate, values: Values, lists: Entries | None = None) -> Slip:
    """The slip; `values` holds every placeholder of the template and `lists` every list. KeyError names a missing one."""
    blocks = tuple(_blocks(template, values, lists or {}))
    return Slip(job, blocks, personal=template.slip in _PERSONAL)


def _blocks(template: SlipTemplate, values: Values, lists: Entries) -> Iterator[Block]:
    for block in template.blocks:
        if not _is_wanted(block, values):
            continue
        if isinstance(block, EachBlock):
            for entry in lists[block.of]:
                told = {**values, **entry}
                yield from (_block(b, told) for b in block.blocks if _is_wanted(b, told))
        else:
            yield _block(block, values)


def _is_wanted(block: PlainBlock | EachBlock, values: Values) -> bool:
    if block.when and not values[block.when]:
        return False
    if block.unless and values[block.unless]:
        return False
    if isinstance(block, EachBlock):
        return True
    names = (name for wording in wordings(block).values() for name in placeholders_in(wording))
    return all(values[name] for name in names)


def _block(block: PlainBlock, values: Values) -> Block:
    match block:
        case TextBlock(say=say, align=align, size=size, bold=bold):
            return Text(say.format_map(values), Align(align), size, bold)
        case ColumnsBlock(left=left, right=right, bold=bold):
            return Columns(left.format_map(values), right.format_map(values), bold)
        case RuleBlock():
            return Rule()
        case FeedBlock(lines=lines):
            return Feed(lines)
        case QrBlock(data=data, dots=dots):
            return QrCode(data.format_map(values), dots)
        case BarcodeBlock(data=data, height=height):
            return Barcode(data.format_map(values), height)
        case ImageBlock(file=file):
            return Image(file)
        case CutBlock():
            return Cut()
        case _:
            assert_never(block)
