import pytest

from config.lines import line_of, lines_of

TEXT = '''\
title = "x" # agencies = 1

[hub]
port = 1 # [not-a-table]

[[services]]
id = "a"
series = { prefix = "A",
  first = 1 }
fields = [
  "one",
  "two # [x]",
]

[[services]]
id = "b"
[services.quota]
per_day = 1

[[services]]
id = "c"

[reasons]
pause = [
  { id = "x", name = "[[services]]" },
  # a comment
  { id = "y" },
]
text = """
[[services]]
"""
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("title", 1),
        ("hub", 3),
        ("hub.port", 4),
        ("services[0]", 6),
        ("services[0].id", 7),
        ("services[0].series.first", 8),
        ("services[0].fields[1]", 12),
        ("services[0].missing", 6),
        ("services[1].id", 16),
        ("services[1].quota.per_day", 18),
        ("services[2].id", 21),
        ("reasons.pause[1].id", 27),
        ("services[9].id", None),
        ("nowhere", None),
        ("\x1b[31m", None),
        ("hub.a.[b].]]", 3),
        ("]" * 100_000, None),
    ],
)
def test_a_place_is_found_on_its_line_or_on_that_of_the_part_around_it(path, line) -> None:
    assert line_of(lines_of(TEXT), path) == line
