"""Ownership of a data folder: what root makes in it belongs to the folder's owner, who runs the service."""

import os
from pathlib import Path

import click

from hub.journal.mark import mark_folder


def keep_owner(data: Path, mark: Path | None = None) -> None:
    """When the command ends, give what root owns in the data folder and in that of the mark to the data folder's owner.

    Every command that may write there calls it; without root's rights it does nothing.
    """
    if os.geteuid() == 0:
        folders = (data, mark or mark_folder(data))
        click.get_current_context().call_on_close(lambda: hand_over(data, folders))


def hand_over(data: Path, folders: tuple[Path, ...]) -> None:
    """Give the folders and their files to the owner of `data`, as far as root has them."""
    try:
        owner = data.stat()
        for folder in folders:
            for entry in (folder, *folder.glob("*")):
                if owner.st_uid != 0 and entry.exists() and entry.lstat().st_uid == 0:
                    os.chown(entry, owner.st_uid, owner.st_gid, follow_symlinks=False)
    except OSError:
        # A folder that is not there, or a file that went away: the program that needs it names it.
        return
