"""The pictures that the simulated printer keeps: NV graphics, which outlive the power, and downloaded ones."""

from dataclasses import dataclass, field

NV_BYTES = 262_144
"""What fits into the NV memory, and into that of downloaded graphics."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of dots, each of `width_bytes` bytes."""

    width_bytes: int
    data: bytes


@dataclass(slots=True)
class Shelf:
    """Pictures by their two-letter key; one that does not fit any more is not kept."""

    pictures: dict[bytes, Picture] = field(default_factory=dict)

    @property
    def room(self) -> int:
        """How many bytes are free."""
        return NV_BYTES - sum(len(picture.data) for picture in self.pictures.values())

    def keep(self, key: bytes, picture: Picture) -> None:
        """Keep a picture in place of the one with its key."""
        self.pictures.pop(key, None)
        if len(picture.data) <= self.room:
            self.pictures[key] = picture


@dataclass(slots=True)
class GraphicsStore:
    """The shelves of GS ( L; `numbered` are the older NV images of FS q, which outlive the power as well."""

    nv: Shelf = field(default_factory=Shelf)
    downloaded: Shelf = field(default_factory=Shelf)
    numbered: list[Picture] = field(default_factory=list)

    def lose_power(self) -> None:
        """Forget what was downloaded."""
        self.downloaded = Shelf()
