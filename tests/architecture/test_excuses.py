"""Whoever silences a checker says why, in words, beside it."""

import re

EXCUSE = re.compile(
    r"#\s*(?:noqa|type:\s*ignore)\b(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[\w, -]+\])?"
)
WORDS = 3


def reason(line):
    """The words of a line's comments, its excuse taken out."""
    if "#" not in line:
        return ""
    return EXCUSE.sub("", line[line.index("#") :]).strip(" #-—")


def excused(source):
    """Lines with an excuse, each with the words on it and around it; excuses in a row share theirs."""
    for n, line in enumerate(source.lines):
        if EXCUSE.search(line):
            around = [reason(line)]
            around += [reason(x) for x in source.lines[n + 1 : n + 2] if x.lstrip().startswith("#")]
            first = n
            while first and EXCUSE.search(source.lines[first - 1]):
                first -= 1
            around += [reason(x) for x in source.lines[first:n]]
            above = source.lines[first - 1] if first else ""
            around += [reason(above)] if above.lstrip().startswith("#") else []
            yield n + 1, around


def test_every_excuse_has_its_reason(product, tests) -> None:
    mute = [
        f"{source.name}:{n}"
        for source in (*product, *tests)
        if source.path.name != "test_excuses.py"
        for n, around in excused(source)
        if all(len(words.split()) < WORDS for words in around)
    ]
    assert not mute, "\n".join(mute)


def test_a_reason_is_found_behind_an_excuse() -> None:
    assert reason("x = f()  # type: ignore[arg-type]") == ""
    assert reason("x = f()  # type: ignore[arg-type]  # the stub is wrong") == "the stub is wrong"
    assert reason("except Exception:  # noqa: BLE001 - others go on") == "others go on"
