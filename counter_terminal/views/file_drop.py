"""Validation of a drop on the window: it is one file of this computer, or is rejected with a reason."""

from PySide6.QtCore import QMimeData


def dropped_file(data: QMimeData) -> tuple[str, str]:
    """The path of the one file and an empty objection, or an empty path and the key of the sentence with the reason."""
    addresses = data.urls()
    if len(addresses) > 1:
        return "", "several"
    path = addresses[0].toLocalFile() if addresses and addresses[0].isLocalFile() else ""
    return path, "" if path else "not_a_file"
