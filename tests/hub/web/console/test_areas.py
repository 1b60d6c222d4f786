"""Which role sees which page of the console."""

from hub.web.console.areas import MAY_SEE, ROLES, RUN_FLOOR, Area, areas_of, first_area
from service_floor.queue.commands import Role


def test_each_role_begins_on_a_page_that_it_may_see() -> None:
    assert {Role.GREETER, Role.TECHNICIAN, Role.SUPERVISOR} == ROLES
    assert all(role in MAY_SEE[first_area(role)] for role in ROLES)


def test_an_officer_at_a_counter_sees_no_page() -> None:
    assert areas_of(Role.COUNTER) == ()


def test_only_a_supervisor_sees_everything_and_runs_the_floor() -> None:
    assert areas_of(Role.SUPERVISOR) == tuple(Area)
    assert {Role.SUPERVISOR} == RUN_FLOOR
    assert areas_of(Role.GREETER) == (Area.OVERVIEW, Area.GREETER)
