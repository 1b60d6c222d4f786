from dataclasses import replace

from service_floor.queue import commands as c
from service_floor.queue.stranded import served_services, stranded, unserved


def test_a_ticket_is_stranded_by_any_stop_that_no_counter_takes(hall) -> None:
    tickets = [hall.issue("land"), hall.issue("civil", "land"), hall.issue("civil")]
    done = hall.issue("land")
    hall.do(c.CancelTicket(done, "left"))
    assert stranded(hall.rules.plan, hall.floor) == ()
    plan = hall.rules.plan
    without = replace(
        plan, services={name: known for name, known in plan.services.items() if name != "land"}
    )
    assert [each.id for each in stranded(without, hall.floor)] == tickets[:2]
    nobody = replace(plan, counters={"q3": plan.counters["q3"]})
    assert [each.id for each in stranded(nobody, hall.floor)] == tickets


def test_the_first_service_that_is_gone_is_named(hall) -> None:
    served = served_services(hall.rules.plan)
    assert served == {"land", "permit", "civil", "result"}
    assert unserved(("civil", "tax", "gone"), served) == "tax"
    assert unserved(("civil",), served) is None
