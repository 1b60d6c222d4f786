"""What was dropped on the window: one file of this computer, or why it is not one."""

from PySide6.QtCore import QMimeData


def dropped_file(data: QMimeData) -> tuple[str, str]:
    """The path of the one file and no objection, or no path and the key of the sentence that says why."""
    addresses = data.urls()
    if len(addresses) > 1:
        return "", "several"
    path = addresses[0].toLocalFile() if addresses and addresses[0].isLocalFile() else ""
    return path, "" if path else "not_a_file"
