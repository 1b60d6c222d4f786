"""Shortening of lists on slips: whole groups give way first, then entries, until the paper is no longer than its limit. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, takewhile
from typing import Final

from config.model.slips import EachBlock, SlipTemplate
from drivers.filling import Values, fill
from drivers.slip import Block, Slip

LIST: Final = "papers"
"""The list of a template that may be shortened; its entries have `group`, `paper` and `remark`."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a slip may be, in dots, and how many dots blocks take on its printer."""

    most_dots: int
    measure: Callable[[Sequence[Block]], int]


@dataclass(frozen=True, slots=True)
class Omitted:
    """What a shortened list leaves out: papers, and groups of which none is printed."""

    papers: int = 0
    groups: tuple[str, ...] = ()


Note = Callable[[Omitted], Sequence[str]]
"""The lines that name what is left out."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of papers to be laid out: its template, the values beside it, its entries, and the words for what is left out.

    `short_values` are those of a shortened list, such as the address of the whole.
    """

    template: SlipTemplate
    values: Values
    entries: Sequence[Values]
    note: Note
    short_values: Values = field(default_factory=dict)

    def slip(self, job: str, length: Length | None) -> tuple[Slip, Omitted]:
        """The slip, and what it leaves out; without a length it is whole, and so is one without a list."""
        whole = fill(job, self.template, self.values, {LIST: self.entries})
        each = tuple(b for b in self.template.blocks if isinstance(b, EachBlock) and b.of == LIST)
        if length is None or not each or _fits(whole.blocks, length.most_dots, length):
            return whole, Omitted()
        only = self.template.model_copy(update={"blocks": each})
        count, omitted = self._chosen(only, length)
        entries = [*self.entries[:count], *_remarks(self.note(omitted))]
        short = {**self.values, **self.short_values}
        return fill(job, self.template, short, {LIST: entries}), omitted

    def _chosen(self, only: SlipTemplate, length: Length) -> tuple[int, Omitted]:
        """How many entries are printed and what is named as left out: whole groups, else as much of the first as fits."""
        short = {**self.values, **self.short_values}
        room = length.most_dots - length.measure(fill("", self.template, short, {LIST: ()}).blocks)

        def height(entries: Sequence[Values]) -> int:
            return length.measure(fill("", only, self.values, {LIST: entries}).blocks)

        ends = [at for at, entry in enumerate(self.entries) if at and entry["group"]]
        first = ends[0] if ends else len(self.entries)
        # What is behind the limit need not be measured.
        heights = takewhile(
            lambda sum_: sum_ <= room, accumulate(height((e,)) for e in self.entries)
        )
        upto = [0, *heights]
        for counts in (ends, range(1, first)):
            fitting = [count for count in counts if count < len(upto)]
            for is_named in (True, False):
                for count in reversed(fitting):
                    omitted = self._omitted(count, is_named=is_named)
                    if upto[count] + height(_remarks(self.note(omitted))) <= room:
                        return count, omitted
        return 1, self._omitted(1, is_named=False)

    def _omitted(self, count: int, *, is_named: bool) -> Omitted:
        rest = self.entries[count:]
        groups = tuple(entry["group"] for entry in rest if entry["group"])
        return Omitted(sum(bool(entry["paper"]) for entry in rest), groups if is_named else ())


def _fits(blocks: Sequence[Block], most: int, length: Length) -> bool:
    heights = accumulate(length.measure((block,)) for block in blocks)
    return all(height <= most for height in heights)


def _remarks(lines: Sequence[str]) -> list[Values]:
    return [{"group": "", "paper": "", "remark": line, "copies": ""} for line in lines]
