"""The open interface against its own description: requests made from the schema, good ones and bad ones, over real HTTP."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from requests import Session
from schemathesis import APIOperation, BaseSchema, Case, GenerationMode, openapi
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import GenerationConfig

from config.loading import load
from config.planning import floor_plan
from hub.running import HubOptions, RunningHub, serve
from hub.web.api import guard
from service_floor.zone import ZONE

HALL = Path(__file__).parents[1] / "hall.toml"
KEY = "everything-0123456789abcdef"
SCOPES = ["floor:read", "reports:read", "dossiers:read", "dossiers:write"]
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
DEADLINE = 30
# What the description cannot say: how a code and a status are written. The answer is 422 then.
UNSAID = "positive_data_acceptance"
# A bulk is answered with 200 even where each row was refused.
ROW_BY_ROW = ("/dossiers/bulk", "negative_data_rejection")
# Seeded requests for each operation: at random, and at the edges of its fields.
FLOOR = ["/floor", "/services", "/counters", "/calls", "/tickets", "/tickets/{code}"]
REQUESTS = dict.fromkeys(FLOOR, (5, 10)) | {
    "/days/{day}/statistics": (3, 10),
    "/days/{day}/fairness": (3, 10),
    "/dossiers": (8, 20),
    "/dossiers/{code}": (10, 25),
    "/dossiers/bulk": (10, 25),
}


class ServedHub:
    """A hub on an event loop of its own, for tests that cannot wait for it on theirs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ready = threading.Event()
        self._over = asyncio.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    async def _serve(self) -> None:
        keys = [{"name": "one-stop", "key": KEY, "scopes": SCOPES, "per_minute": 60_000}]
        hall = load(HALL, {"api_keys": keys})
        plan = floor_plan(hall, date(2026, 11, 20))
        async with serve(hall, plan, HubOptions(self._folder), lambda: NOW) as self.hub:
            self._loop = asyncio.get_running_loop()
            self._ready.set()
            await self._over.wait()

    def start(self) -> RunningHub:
        self._thread.start()
        assert self._ready.wait(DEADLINE)
        return self.hub

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(DEADLINE)


@pytest.fixture
def hub(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reports_made_here: None
) -> Iterator[RunningHub]:
    # Each case is sent again with a wrong key; on a quick machine those are more than anybody's guesses may be.
    monkeypatch.setattr(guard, "WRONG_KEYS", 100_000)
    served = ServedHub(tmp_path / "data")
    yield served.start()
    served.stop()


@pytest.fixture
def schema(hub: RunningHub) -> BaseSchema:
    load_all_checks()
    return openapi.from_url(f"{hub.http}/api/v1/openapi.json")


@pytest.fixture
def ask(hub: RunningHub) -> Iterator[Callable[[Case], None]]:
    """Sends a case with a good key, and holds the answer and the hub to what is promised."""
    names = [name for name in CHECKS.get_all_names() if name != UNSAID]
    headers = {"Authorization": f"Bearer {KEY}"}
    with Session() as session:
        session.trust_env = False

        def sent(case: Case) -> None:
            before = _state(hub)
            path = case.operation.path
            checks = CHECKS.get_by_names([each for each in names if (path, each) != ROW_BY_ROW])
            response = case.call(session=session, headers=headers)
            case.validate_response(response, checks=checks, headers=headers)
            assert response.status_code < 500
            if response.status_code >= 400:
                assert _state(hub) == before

        yield sent


@pytest.mark.slow
def test_whatever_is_asked_the_answer_is_one_that_the_description_promises(
    schema, ask, caplog
) -> None:
    operations = [each.ok() for each in schema.get_all_operations()]
    assert {each.path for each in operations} == set(REQUESTS)
    for operation in operations:
        at_random, at_edges = REQUESTS[operation.path]
        _ask_at_random(operation, at_random, ask)
        for case in islice(_edges(schema, operation), at_edges):
            ask(case)
    assert [each for each in caplog.records if each.levelname == "ERROR"] == []


def _ask_at_random(operation: APIOperation, most: int, ask: Callable[[Case], None]) -> None:
    @settings(
        max_examples=most,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def hold(case: Case) -> None:
        ask(case)

    hold()


def _edges(schema: BaseSchema, operation: APIOperation) -> Iterator[Case]:
    """The values at the edges of each field, a field left out, a method that there is not."""
    return schema.iter_coverage_cases(
        operation, generation_modes=list(GenerationMode), generation_config=GenerationConfig()
    )


def _state(hub: RunningHub) -> object:
    """The journal's length and all of the register."""
    return hub.health().journal_rows, hub.register.changes(0, 1_000)
