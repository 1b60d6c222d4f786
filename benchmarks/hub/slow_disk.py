"""The command `centerfloor` on a slower disk: each commit of its database takes 5 ms longer, as on a plain SATA drive."""

from time import sleep
from typing import Final

from sqlalchemy import Connection, Engine, event

from centerfloor.cli import main

SLOWER_BY: Final = 0.005


def _wait(_connection: Connection) -> None:
    sleep(SLOWER_BY)


if __name__ == "__main__":
    event.listen(Engine, "commit", _wait)
    main()
