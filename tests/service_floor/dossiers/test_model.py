"""How dossiers stand to their deadline."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from service_floor.dossiers.model import (
    Dossier,
    DossierStatus,
    Standing,
    masked,
    standing,
)
from service_floor.zone import ZONE

DUE = datetime(2026, 11, 20, 16, 0, tzinfo=ZONE)


def dossier(
    status: DossierStatus, due: datetime | None = DUE, finished: datetime | None = None
) -> Dossier:
    return Dossier(
        "H56-261101-0001", "1.004222", "Đăng ký thường trú", "", status, None, due, finished
    )


DUE_DAY = DUE.date()


@pytest.mark.parametrize(
    ("now", "stands"),
    [
        (datetime(2026, 11, 19, 23, 59, tzinfo=ZONE), Standing.ON_TIME),
        (datetime(2026, 11, 20, 0, 0, tzinfo=ZONE), Standing.DUE_TODAY),
        (datetime(2026, 11, 20, 23, 59, 59, tzinfo=ZONE).astimezone(UTC), Standing.DUE_TODAY),
        (datetime(2026, 11, 21, 0, 0, tzinfo=ZONE), Standing.OVERDUE),
    ],
)
def test_a_deadline_that_is_a_day_lasts_to_its_end(now, stands) -> None:
    assert standing(dossier(DossierStatus.IN_PROGRESS, DUE_DAY), now) is stands


@pytest.mark.parametrize(
    ("due", "finished", "stands"),
    [
        (DUE_DAY, DUE_DAY, Standing.DONE),
        (DUE_DAY, DUE + timedelta(hours=7), Standing.DONE),
        (DUE_DAY, DUE + timedelta(hours=8), Standing.DONE_LATE),
        (DUE, DUE_DAY, Standing.DONE),
        (DUE, DUE_DAY + timedelta(days=1), Standing.DONE_LATE),
    ],
)
def test_days_and_moments_are_compared_by_what_both_have(due, finished, stands) -> None:
    found = dossier(DossierStatus.RETURNED, due, finished)
    assert standing(found, DUE + timedelta(days=30)) is stands


def test_the_ten_statuses_have_their_national_numbers() -> None:
    assert [status.value for status in DossierStatus] == list(range(1, 11))
    assert DossierStatus.SUPPLEMENT_REQUIRED.code == "supplement_required"


@pytest.mark.parametrize(
    "status", [DossierStatus.NEWLY_REGISTERED, DossierStatus.ACCEPTED, DossierStatus.IN_PROGRESS]
)
@pytest.mark.parametrize(
    ("now", "stands"),
    [
        (DUE - timedelta(days=1), Standing.ON_TIME),
        (DUE.replace(hour=0, minute=0), Standing.DUE_TODAY),
        (DUE, Standing.DUE_TODAY),
        (DUE + timedelta(seconds=1), Standing.OVERDUE),
        ((DUE - timedelta(hours=15)).astimezone(UTC), Standing.DUE_TODAY),
    ],
)
def test_an_open_dossier_is_on_time_due_today_or_overdue(
    status: DossierStatus, now: datetime, stands: Standing
) -> None:
    assert standing(dossier(status), now) is stands


def test_an_open_dossier_without_a_deadline_is_on_time() -> None:
    assert standing(dossier(DossierStatus.IN_PROGRESS, None), DUE) is Standing.ON_TIME


@pytest.mark.parametrize(
    "status", [DossierStatus.SUPPLEMENT_REQUIRED, DossierStatus.PAYMENT_REQUIRED]
)
def test_the_clock_stands_still_while_the_citizen_is_waited_for(status: DossierStatus) -> None:
    assert standing(dossier(status), DUE + timedelta(days=9)) is Standing.WAITING_FOR_CITIZEN


@pytest.mark.parametrize("status", [DossierStatus.COMPLETED, DossierStatus.RETURNED])
@pytest.mark.parametrize(
    ("due", "finished", "stands"),
    [
        (DUE, DUE, Standing.DONE),
        (DUE, DUE + timedelta(minutes=1), Standing.DONE_LATE),
        (DUE, None, Standing.DONE),
        (None, DUE, Standing.DONE),
    ],
)
def test_a_finished_dossier_was_in_time_unless_it_is_known_to_be_late(
    status: DossierStatus, due: datetime | None, finished: datetime | None, stands: Standing
) -> None:
    assert standing(dossier(status, due, finished), DUE + timedelta(days=30)) is stands


@pytest.mark.parametrize(
    ("status", "stands"),
    [
        (DossierStatus.NOT_ACCEPTED, Standing.NOT_ACCEPTED),
        (DossierStatus.WITHDRAWN, Standing.WITHDRAWN),
        (DossierStatus.STOPPED, Standing.STOPPED),
    ],
)
def test_a_dossier_that_is_not_handled_has_no_deadline(
    status: DossierStatus, stands: Standing
) -> None:
    assert standing(dossier(status), DUE + timedelta(days=9)) is stands


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Nguyễn Văn An", "N. V. A."),
        ("  đỗ thị  ánh ", "Đ. T. Á."),
        (unicodedata.normalize("NFD", "Ổn"), "Ổ."),
        ("", ""),
    ],
)
def test_of_a_name_only_initials_are_kept(name: str, kept: str) -> None:
    assert masked(name) == kept
