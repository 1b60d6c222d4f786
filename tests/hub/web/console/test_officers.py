"""PINs: set by a supervisor, typed twice, told to nobody; a lock-out is ended by hand."""

import re

import pytest

from hub.accounts.verification.pin_verification import PinState

NEW = "864209"


def row(page, name):
    found = re.search(rf"<tr>\s*<th[^>]*>{name}\b.*?</tr>", page.text, re.DOTALL)
    return re.sub(r"<[^>]+>|\s+", " ", found[0]) if found else ""


async def set_pin(visitor, officer, first=NEW, second=NEW):
    return await visitor.send(
        "officers/pin", on=f"officers/pin/{officer}", officer=officer, first=first, second=second
    )


async def test_the_list_says_who_has_a_pin_and_who_is_locked(enter, hub, clock) -> None:
    for _ in range(5):
        hub.authentication.accounts.check_pin("greeter", "000000", clock())
    page = await (await enter("supervisor")).get("officers")
    assert "none yet" in row(page, "Công chức 1")
    assert re.search(r"set +08:00 20/11/2026", row(page, "Lê Thu An"))
    assert "locked until 08:05" in row(page, "Nguyễn Thị Hoa")


async def test_a_new_pin_holds_at_once_and_ends_what_was_open(enter, visitor, hub, clock) -> None:
    await enter("greeter")
    greeters = dict(visitor.client.cookies)
    await enter("supervisor")
    answer = await set_pin(visitor, "greeter")
    assert "Nguyễn Thị Hoa has a new PIN" in answer.text
    assert NEW not in answer.text
    check = hub.authentication.accounts.check_pin
    assert check("greeter", NEW, clock()).state is PinState.OK
    visitor.client.cookies.update(greeters)
    assert "/sign-in" in str((await visitor.get("greeter")).url)


async def test_a_pin_that_is_mistyped_or_weak_is_refused(enter, visitor, hub, clock) -> None:
    await enter("supervisor")
    assert "not the same" in (await set_pin(visitor, "an", NEW, "864208")).text
    for weak in ("", "1234", "111111", "123456", "abcdef", "1" * 100):
        answer = await set_pin(visitor, "an", weak, weak)
        assert answer.status_code == 422
        assert "6 to 12 digits" in answer.text
    assert hub.authentication.accounts.check_pin("an", "135790", clock()).state is PinState.OK


async def test_a_lock_out_is_ended_by_hand(enter, visitor, hub, clock) -> None:
    for _ in range(5):
        hub.authentication.accounts.check_pin("greeter", "000000", clock())
    await enter("supervisor")
    answer = await visitor.send("officers/unlock", on="officers", officer="greeter")
    assert "Nguyễn Thị Hoa is unlocked." in answer.text
    assert (await visitor.sign_in("greeter")).status_code == 200


@pytest.mark.slow
async def test_a_technician_looks_and_changes_nothing(enter, visitor, hub, clock) -> None:
    await enter("technician")
    page = await visitor.get("officers")
    assert "Lê Thu An" in page.text
    assert "Set the PIN" not in page.text.split("</thead>")[1]
    answer = await visitor.send(
        "officers/pin", on="officers", officer="supervisor", first=NEW, second=NEW
    )
    assert answer.status_code in (200, 403)
    assert hub.authentication.accounts.check_pin("supervisor", NEW, clock()).state is PinState.WRONG


async def test_a_supervisor_reads_who_did_what_and_a_technician_does_not(enter, visitor) -> None:
    await enter("technician")
    assert "What was done with accounts" not in (await visitor.get("officers")).text
    await enter("supervisor")
    await set_pin(visitor, "an")
    told = (await visitor.get("officers")).text.split("What was done with accounts")[1]
    latest = re.sub(r"<[^>]+>|\s+", " ", told.split("<tbody>")[1].split("</tr>")[0])
    assert re.search(r"08:00 20/11/2026 +PIN set +Lê Thu An +&lt;script&gt;", latest)


async def test_an_officer_who_is_not_there_is_said(enter, visitor) -> None:
    await enter("supervisor")
    for path in ("officers/pin/nobody", "officers/pin/%3Cb%3E"):
        assert "no such officer" in (await visitor.get(path)).text
    answer = await visitor.send("officers/unlock", on="officers", officer="nobody")
    assert "no such officer" in answer.text
