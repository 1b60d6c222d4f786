"""Paper roll of the simulated printer: how much is left, in dots, and the limits at which its sensors report."""

from dataclasses import dataclass

DOTS_PER_MM = 8


@dataclass(slots=True)
class PaperRoll:
    """A roll of `length_mm`, None for one without end; the near-end sensor reports from `near_end_mm` on."""

    length_mm: int | None = None
    near_end_mm: int = 0
    used_dots: int = 0

    @property
    def left_dots(self) -> int | None:
        """How much is left, None for ever."""
        return None if self.length_mm is None else self.length_mm * DOTS_PER_MM - self.used_dots

    @property
    def is_out(self) -> bool:
        """Whether nothing is left."""
        return self.left_dots is not None and self.left_dots <= 0

    @property
    def is_low(self) -> bool:
        """Whether the near-end sensor reports."""
        return self.left_dots is not None and self.left_dots <= self.near_end_mm * DOTS_PER_MM

    def use(self, dots: int) -> None:
        """Let paper pass."""
        self.used_dots += dots

    def renew(self, length_mm: int | None = None) -> None:
        """Put a new roll in, of the length of the last one by default."""
        self.length_mm = self.length_mm if length_mm is None else length_mm
        self.used_dots = 0
