"""The facade of the floor on the event loop: places, dossiers, heartbeats, and what it refuses."""

import asyncio
import json

from sqlalchemy import text

from hub.floor.decider import Request
from hub.messages import TicketPlace, WireError
from service_floor.queue.commands import Actor, IssueTicket, Role

BOARD = Actor("b1", Role.BOARD)


async def test_a_ticket_is_found_by_its_id_and_by_its_number(hub, talk) -> None:
    kiosk = await talk(hub, "k1")
    ticket = (await kiosk.issue())["result"]["ticket"]
    by_id = await hub._floor_service.place(ticket["id"])
    by_number = await hub._floor_service.place(f" {ticket['number']} ")
    assert isinstance(by_id, TicketPlace)
    assert by_id == by_number
    assert by_id.ahead == 0
    assert await hub._floor_service.place("Z99999") is WireError.UNKNOWN_TICKET


async def test_an_unknown_dossier_and_an_unreadable_register_are_two_errors(hub) -> None:
    assert await hub._floor_service.dossier("H56.14-261103-0007") is WireError.UNKNOWN_DOSSIER
    with hub.register._engine.begin() as connection:
        connection.execute(text("DROP TABLE dossiers"))
    assert await hub._floor_service.dossier("H56.14-261103-0007") is WireError.STORAGE
    assert hub.health().counts["looked_up"] == 0


async def test_only_calls_that_stand_on_the_boards_count_as_shown(hub, talk) -> None:
    kiosk, officer = await talk(hub, "k1"), await talk(hub, "t1")
    await kiosk.issue()
    await officer.open_counter()
    call = (await officer.order("call_next", counter="c1"))["result"]["call"]
    hub._floor_service.heartbeat(BOARD, 1, ["made-up", call])
    hub._floor_service.heartbeat(BOARD, 2, [call])
    assert hub.health().counts["shown"] == 1


async def test_a_command_after_the_close_is_answered_busy_and_counted(hub) -> None:
    service = hub._floor_service
    answered: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    service.close()
    command = IssueTicket(("certify",))
    service.submit(Request(Actor("k1", Role.KIOSK), "request-1", command, answered.set_result))
    answer = json.loads(await answered)
    assert answer["error"]["code"] == "busy"
    assert service.tallies.requests()["issue_ticket", "busy"] == 1
    assert not service.health().ok
