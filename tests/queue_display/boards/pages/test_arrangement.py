"""Which calls stand on the board, for how long, and how they are lit: the page's pure module, run where it runs."""

import re
from datetime import datetime
from typing import Any

import pytest

from service_floor.zone import ZONE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
]

_ARRANGED = """async ({ calls, rows, seconds }) => {
  const { arrange, NOTHING_SHOWN } = await import('/board/arrangement.js');
  const frames = [];
  let before = NOTHING_SHOWN;
  for (let now = 0; now < seconds * 1000; now += 250) {
    const present = calls.filter((call) => Date.parse(call.called_at) <= now);
    before = arrange(before, present, { now, hubNow: now }, rows);
    frames.push({ dense: before.dense, shown: before.shown.map((call) => call.call) });
  }
  return frames;
}"""


async def test_no_call_is_dropped_because_others_came_with_it(a_board: Any) -> None:
    calls = [
        {
            "call": f"k{n:02d}", "ticket": f"t{n:02d}", "counter": "c1", "over": n % 3 == 0,
            "called_at": datetime.fromtimestamp(1 + n / 30, ZONE).isoformat(),
        }
        for n in range(30)
    ]  # fmt: skip
    async with a_board() as board:
        frames = await board.page.evaluate(_ARRANGED, {"calls": calls, "rows": 6, "seconds": 40})

    for each in calls:
        stands = "".join("#" if each["call"] in frame["shown"] else "." for frame in frames)
        runs = [len(run) for run in re.findall(r"#+(?=\.)", stands)]
        assert min(runs, default=20) >= 20, f"{each['call']} stood less than 5 s: {stands}"
        gaps = [len(gap) for gap in re.findall(r"(?<=#)\.+(?=#)", stands)]
        assert min(gaps, default=20) >= 20, f"{each['call']} flickers: {stands}"
    # Within three turns of a dense board everybody has been shown.
    seen = {name for frame in frames[: 4 * (1 + 2 + 3 * 5)] for name in frame["shown"]}
    assert seen == {each["call"] for each in calls}
    assert max(len(frame["shown"]) for frame in frames) == 12
    assert all(len(frame["shown"]) <= (12 if frame["dense"] else 6) for frame in frames)
    # Twenty are still called at the end: they take turns, and the board does not freeze on some of them.
    late = {name for frame in frames[-60:] for name in frame["shown"]}
    assert late >= {each["call"] for each in calls if not each["over"]}


async def test_calls_that_are_over_and_fill_free_places_make_way_for_new_ones_at_once(
    a_board: Any,
) -> None:
    def call(n: int, at: float, over: bool) -> dict[str, Any]:
        moment = datetime.fromtimestamp(at, ZONE).isoformat()
        name = f"{'old' if over else 'new'}-{n}"
        return {"call": name, "ticket": name, "counter": "c1", "over": over, "called_at": moment}

    calls = [call(n, 1 + n * 6, True) for n in range(6)]
    calls += [call(n, 60 + n / 4, False) for n in range(12)]
    async with a_board() as board:
        frames = await board.page.evaluate(_ARRANGED, {"calls": calls, "rows": 6, "seconds": 65})

    for each in calls[6:]:
        called = round(datetime.fromisoformat(each["called_at"]).timestamp() * 4)
        assert each["call"] in frames[called]["shown"], f"{each['call']} had to wait"


_LIT = """async () => {
  const { lighting } = await import('/board/arrangement.js');
  const entry = { first: 0, since: 0, until: 0, old: false };
  return Array.from({ length: 250 }, (_, tenth) => lighting(entry, tenth * 100 + 1));
}"""


async def test_a_new_call_flashes_within_the_limits_and_then_stands_lit(a_board: Any) -> None:
    async with a_board() as board:
        lights = await board.page.evaluate(_LIT)

    flashes = "".join("#" if light == "lit" else "." for light in lights)
    assert flashes == ("#" * 5 + "." * 5) * 4 + "#" * 160 + "." * 50
