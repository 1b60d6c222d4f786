"""Devices: let in by the code on their screen, turned out at once."""

import json
import re


def row(page, name):
    found = re.search(rf"<tr>\s*<th[^>]*>{name}\b.*?</tr>", page.text, re.DOTALL)
    return re.sub(r"<[^>]+>|\s+", " ", found[0]) if found else ""


async def ask_in(talk, hub, kind="kiosk"):
    """A device without a token, and the code that it shows."""
    device = await talk(hub, kind, hello=False)
    await device.say({"t": "enrol", "kind": kind})
    return device, (await device.hear_of("enrolment"))["code"]


async def turned_out(visitor, device="k1"):
    return await visitor.send("devices/revoke", on=f"devices/revoke/{device}", device=device)


async def test_a_device_is_turned_out_at_once_and_let_in_again_by_its_code(
    enter, visitor, hub, talk
) -> None:
    kiosk = await talk(hub, "k1")
    await enter("technician")
    assert "secret in the configuration file" in row(await visitor.get("devices"), "k1")
    assert "k1 is revoked" in (await turned_out(visitor)).text
    assert await kiosk.closing() == 4401
    page = await visitor.get("devices")
    assert re.search(r"revoked 08:00 20/11/2026 +Đặng Văn Ẩn", row(page, "k1"))
    newcomer, code = await ask_in(talk, hub)
    page = await visitor.get("devices")
    assert "127.0.0.1" in page.text
    assert code not in page.text
    answer = await visitor.send("devices/enrol", code=code.lower().replace("-", " "), device="k1")
    assert "k1 is enrolled." in answer.text
    assert (await newcomer.hear_of("enrolled"))["device"] == "k1"
    assert re.search(r"Đặng Văn Ẩn, 08:00 20/11/2026", row(await visitor.get("devices"), "k1"))


async def test_a_code_that_is_wrong_or_of_another_kind_lets_nobody_in(
    enter, visitor, hub, talk
) -> None:
    await enter("technician")
    await turned_out(visitor)
    _, code = await ask_in(talk, hub, "board")
    answer = await visitor.send("devices/enrol", code=code, device="k1")
    assert "not of such a device" in answer.text
    answer = await visitor.send("devices/enrol", code=code, device="")
    assert "Choose a device." in answer.text
    told = [
        (await visitor.send("devices/enrol", code="BBBB-BBBB", device="k1")).text for _ in range(6)
    ]
    assert "There is no such code, or it is no longer good." in told[0]
    assert "Too many wrong codes" in told[-1]


async def test_devices_that_are_in_are_not_offered_again(enter, visitor) -> None:
    await enter("technician")
    page = await visitor.get("devices")
    assert "Every device of the configuration is enrolled." in page.text
    await turned_out(visitor)
    page = await visitor.get("devices")
    assert re.findall(r'<option value="(\w+)"', page.text) == ["k1"]


async def test_a_device_that_is_not_there_changes_nothing(enter, visitor) -> None:
    await enter("technician")
    assert str((await visitor.get("devices/revoke/nobody")).url).endswith("/devices")
    answer = await visitor.send("devices/revoke", on="devices/revoke/k1", device="nobody")
    assert answer.status_code == 200
    assert "revoked" not in answer.text.lower().split("</header>")[1].split("<th")[0]


async def test_no_token_is_on_any_page(enter, visitor, hub, talk) -> None:
    await enter("technician")
    await turned_out(visitor)
    newcomer, code = await ask_in(talk, hub)
    answer = await visitor.send("devices/enrol", code=code, device="k1")
    token = (await newcomer.hear_of("enrolled"))["token"]
    assert token not in answer.text
    assert token not in json.dumps(str((await visitor.get("devices/now")).text))
