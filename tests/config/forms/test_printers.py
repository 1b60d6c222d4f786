"""A counter's printer of forms: its own, or its neighbour's."""

from pathlib import Path

import pytest

from config.errors import ConfigurationError, MistakeCode
from config.forms.printers import document_place
from config.loading import load

DEMO = Path(__file__).parents[3] / "config" / "examples" / "demo.toml"


def centre(folder: Path, first: str, second: str):
    terminals = "".join(
        f'\n[[counter_terminals]]\nname = "t{i}"\ncounter = "c{i}"\ntoken = "abcdefghijklmnop-{i}"\n{more}\n'
        for i, more in ((1, first), (2, second))
    )
    text = DEMO.read_text("utf-8")
    head, _, tail = text.partition("[[counter_terminals]]")
    rest = tail[tail.index("[[boards]]") :]
    file = folder / "centre.toml"
    file.write_text(head + terminals + "\n" + rest, "utf-8")
    return load(file)


OWN = '[counter_terminals.documents]\nqueue = "office"'


def test_a_counter_prints_on_its_own_printer_or_its_neighbours(tmp_path) -> None:
    installation = centre(tmp_path, OWN, 'documents_of = "c1"')
    first, second = (document_place(installation, each) for each in installation.counter_terminals)
    assert (first.printer.queue, first.marked_for) == ("office", None)
    assert (second.printer.queue, second.marked_for.id) == ("office", "c2")


def test_a_counter_without_either_prints_no_forms(tmp_path) -> None:
    installation = centre(tmp_path, OWN, "")
    assert document_place(installation, installation.counter_terminals[1]) is None


@pytest.mark.parametrize("name", ["c3", "c9"])
def test_a_neighbour_without_a_printer_is_a_mistake(tmp_path, name) -> None:
    with pytest.raises(ConfigurationError) as error:
        centre(tmp_path, OWN, f'documents_of = "{name}"')
    (mistake,) = error.value.mistakes
    assert (mistake.path, mistake.code) == (
        "counter_terminals[1].documents_of",
        MistakeCode.UNKNOWN_NAME,
    )
    assert mistake.allowed == ("c1",)
