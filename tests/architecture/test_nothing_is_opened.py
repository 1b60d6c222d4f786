"""What is scanned, dropped or answered is shown: the programs that show it cannot open, fetch or run anything."""

import ast
import re
from pathlib import Path

import pytest

SHOWN_BY = ("kiosk/", "counter_terminal/", "drivers/scanners/", "hub/client/", "service_floor/")
# One program is started, always the same, without a shell; what it is to read goes over its standard input.
STARTS_ITS_READER = {"drivers/scanners/decoding/file_reading.py": "subprocess"}
OPENERS = {
    "ftplib", "http.client", "httpx", "multiprocessing", "os.exec", "os.popen", "os.posix_spawn", "os.spawn",
    "os.startfile", "os.system", "pty", "requests", "runpy", "subprocess", "urllib.request", "webbrowser",
}  # fmt: skip
QT_OPENERS = {
    "QDesktopServices",
    "QProcess",
    "QNetworkAccessManager",
    "QWebEngineView",
    "QJSEngine",
}
BUILTINS = {"eval", "exec", "compile", "__import__"}
QML_OPENERS = re.compile(
    r"openUrlExternally|XMLHttpRequest|createQmlObject|createComponent|\beval\b|WebView|textFormat: Text\.(?!PlainText)"
)
QML = Path(__file__).resolve().parents[2] / "kiosk" / "views" / "qml"


def opens(tree: ast.Module) -> set[str]:
    """Whatever in this module could open something."""
    found: set[str] = set()
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Attribute):
            names = [ast.unparse(node)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found |= {node.func.id} & BUILTINS
        found |= {bad for bad in OPENERS for name in names if name.startswith(bad)}
        found |= {bad for bad in QT_OPENERS for name in names if bad in name.split(".")}
    return found


@pytest.mark.slow
def test_the_windows_and_what_stands_behind_them_open_nothing(product) -> None:
    found = {s.name: opens(s.tree) for s in product if s.name.startswith(SHOWN_BY)}
    allowed = {name: {what} for name, what in STARTS_ITS_READER.items()}
    assert {name: what for name, what in found.items() if what} == allowed


def test_the_glass_shows_plain_text_and_opens_nothing() -> None:
    found = [
        f"{f.name}: {m[0]}"
        for f in QML.glob("*.qml")
        for m in QML_OPENERS.finditer(f.read_text("utf-8"))
    ]
    assert found == []
    # All words of the glass are of the one kind that is plain.
    assert [
        f.name
        for f in QML.glob("*.qml")
        if re.search(r"\bText(Edit|Input|Area)? \{", f.read_text("utf-8"))
    ] == ["Words.qml"]


def test_the_guard_sees_what_it_looks_for() -> None:
    for text, what in [
        ("import subprocess", "subprocess"),
        ("from urllib.request import urlopen", "urllib.request"),
        ("import os\nos.system('x')", "os.system"),
        ("import os\nos.execv('x', [])", "os.exec"),
        ("from PySide6.QtGui import QDesktopServices", "QDesktopServices"),
        ("eval('1')", "eval"),
    ]:
        assert opens(ast.parse(text)) == {what}
    assert (
        opens(ast.parse("from urllib.parse import urlsplit\nimport os.path\npattern.compile('x')"))
        == set()
    )
