"""Model of slip templates: what stands on each piece of paper, block by block, with placeholders for the data of each slip."""

from string import Formatter
from typing import Annotated, Literal

from pydantic import Field

from config.model.base import Declared, Language
from plumbing.languages import HOUSE_LANGUAGE

SlipName = Literal[
    "ticket",
    "checklist",
    "appointment",
    "supplement",
    "refusal",
    "apology",
    "receipt",
    "day-report",
]
"""The slips that the suite prints."""

Side = Literal["left", "centre", "right"]
Wording = Annotated[str, Field(min_length=1, max_length=400)]


class _Block(Declared):
    when: str = Field("", description="Only where this placeholder has a value", max_length=40)
    unless: str = Field("", description="Only where this placeholder is empty", max_length=40)


class TextBlock(_Block):
    """A paragraph. It wraps; a word too wide for the paper makes it smaller."""

    block: Literal["text"] = Field(description="What it is")
    say: Wording = Field(description="The wording, with placeholders in braces")
    align: Side = Field("left", description="Where it stands across the paper")
    size: int = Field(1, description="How many times the smallest letter", ge=1, le=8)
    bold: bool = Field(False, description="Bold letters")


class ColumnsBlock(_Block):
    """Two texts on one line, at both edges of the paper."""

    block: Literal["columns"] = Field(description="What it is")
    left: Wording = Field(description="At the left edge")
    right: Wording = Field(description="At the right edge")
    bold: bool = Field(False, description="Bold letters")


class RuleBlock(_Block):
    """A line across the paper."""

    block: Literal["rule"] = Field(description="What it is")


class FeedBlock(_Block):
    """Empty lines."""

    block: Literal["feed"] = Field(description="What it is")
    lines: int = Field(1, description="How many", ge=1, le=20)


class QrBlock(_Block):
    """A QR code, centred; it shrinks to the paper."""

    block: Literal["qr"] = Field(description="What it is")
    data: Wording = Field(description="What it holds, with placeholders")
    dots: int = Field(6, description="Side of one module in dots", ge=2, le=16)


class BarcodeBlock(_Block):
    """A Code 128 barcode, centred, with its text below; what it cannot carry becomes a QR code."""

    block: Literal["barcode"] = Field(description="What it is")
    data: Wording = Field(description="What it holds, with placeholders")
    height: int = Field(80, description="Height in dots", ge=20, le=255)


class ImageBlock(_Block):
    """A picture file, centred, black and white, such as the emblem."""

    block: Literal["image"] = Field(description="What it is")
    file: str = Field(
        description="The file on the machine of the printer; one that cannot be read is left out",
        min_length=1,
        max_length=400,
    )


class CutBlock(_Block):
    """The paper is cut and the slip goes on."""

    block: Literal["cut"] = Field(description="What it is")


PlainBlock = Annotated[
    TextBlock
    | ColumnsBlock
    | RuleBlock
    | FeedBlock
    | QrBlock
    | BarcodeBlock
    | ImageBlock
    | CutBlock,
    Field(discriminator="block"),
]


class EachBlock(_Block):
    """Blocks that are printed once for each entry of a list."""

    block: Literal["each"] = Field(description="What it is")
    of: str = Field(description="Name of the list", min_length=1, max_length=40)
    blocks: tuple[PlainBlock, ...] = Field(
        description="What is printed for each; the list's own placeholders can be used here",
        min_length=1,
        max_length=20,
    )


SlipBlock = Annotated[
    TextBlock
    | ColumnsBlock
    | RuleBlock
    | FeedBlock
    | QrBlock
    | BarcodeBlock
    | ImageBlock
    | CutBlock
    | EachBlock,
    Field(discriminator="block"),
]


class SlipTemplate(Declared):
    """What stands on one kind of slip in one language. A block with an empty placeholder is left out."""

    slip: SlipName = Field(description="Which slip")
    language: Language = Field(HOUSE_LANGUAGE, description="Its language")
    paper_mm: Literal[58, 80] | None = Field(
        None, description="Only for paper of this width; left out is for both"
    )
    blocks: tuple[SlipBlock, ...] = Field(
        description="What stands on it, from top to bottom", min_length=1, max_length=80
    )


class TemplateSyntaxError(ValueError):
    """Braces that do not parse as a placeholder. Scenarios: `{`, `{number:>5}`, `{number.real}`."""


def wordings(block: PlainBlock) -> dict[str, str]:
    """The settings of a block that may hold placeholders."""
    match block:
        case TextBlock():
            return {"say": block.say}
        case ColumnsBlock():
            return {"left": block.left, "right": block.right}
        case QrBlock() | BarcodeBlock():
            return {"data": block.data}
        case _:
            return {}


def placeholders_in(wording: str) -> tuple[str, ...]:
    """The names of the placeholders, in order; raises `TemplateSyntaxError`."""
    try:
        parts = list(Formatter().parse(wording))
    except ValueError as problem:
        raise TemplateSyntaxError(wording) from problem
    names = [part[1:] for part in parts if part[1] is not None]
    if any(spec or conversion or not str(name).isidentifier() for name, spec, conversion in names):
        raise TemplateSyntaxError(wording)
    return tuple(str(name) for name, _, _ in names)
