"""The floor at a glance, what is known of devices, and what a supervisor may do."""

import re

import pytest


def row(page, name):
    """The words of one row of a table."""
    found = re.search(rf"<tr>\s*<th[^>]*>{name}\b.*?</tr>", page.text, re.DOTALL)
    return re.sub(r"<[^>]+>|\s+", " ", found[0]) if found else ""


async def test_it_shows_who_waits_who_serves_and_what_is_open(enter, hub, talk) -> None:
    kiosk, officer = await talk(hub, "k1"), await talk(hub, "t1")
    await officer.open_counter()
    await kiosk.issue()
    await kiosk.issue()
    await officer.order("call_next", counter="c1")
    page = await (await enter("supervisor")).get("overview")
    assert re.search(r"Waiting</dt><dd>1<", page.text)
    assert re.search(r"Tickets given</dt><dd>2<", page.text)
    assert "Công chức 1" in page.text
    assert re.search(r"<strong>A00001</strong>.*calling", page.text)
    assert "Certified copies" in page.text
    assert "Đất đai &lt;&amp; nhà ở&gt;" in page.text


async def test_a_name_is_never_markup(enter) -> None:
    page = await (await enter("supervisor")).get("officers")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &#34;Ỷ&#34;" in page.text


async def test_silence_is_unknown_and_never_fine(enter, hub, talk, clock) -> None:
    visitor = await enter("technician")
    board = await talk(hub, "board")
    assert "Not seen" in row(await visitor.get("overview"), "k1")
    assert "Unknown" in row(await visitor.get("overview"), "board")
    await board.say({"t": "hb", "seq": 0})
    await board.ask("ticket", "x")
    assert "Fine" in row(await visitor.get("overview"), "board")
    clock.pass_by(seconds=21)
    assert "Unknown" in row(await visitor.get("overview"), "board")


async def test_a_screen_that_does_not_keep_up_and_one_that_left_are_named(
    enter, hub, talk, monkeypatch
) -> None:
    monkeypatch.setattr("hub.web.console.floor_now.FAR_BEHIND", 1)
    visitor, board, kiosk = (
        await enter("technician"),
        await talk(hub, "board"),
        await talk(hub, "k1"),
    )
    await board.say({"t": "hb", "seq": 0})
    await kiosk.issue()
    await kiosk.issue()
    page = await visitor.get("overview")
    assert "Behind" in row(page, "board")
    assert "to go" in row(page, "board")
    await kiosk.wire.close()
    await board.ask("ticket", "x")
    gone = ""
    while "Gone" not in gone:
        gone = row(await visitor.get("overview"), "k1")
    assert "left at 08:00:00" in gone


async def test_who_sees_the_floor_sees_which_printer_wants_somebody(
    enter, hub, talk, clock
) -> None:
    visitor = await enter("technician")
    assert 'id="printers"' not in (await visitor.get("overview")).text
    kiosk, desk = await talk(hub, "k1"), await talk(hub, "t1")
    low = {"id": "printer", "conditions": ["paper_low"], "seconds": 600}
    await kiosk.say({"t": "attached", "devices": [low]})
    await kiosk.ask("ticket", "x")
    page = await visitor.get("overview")
    assert "Printer of k1: paper near its end <small>since 07:50 20/11/2026</small>" in page.text
    assert 'class="notice warn"' in page.text
    assert "Printer: paper near its end" in row(page, "k1")
    assert "Printer: paper near its end" in row(await visitor.get("devices"), "k1")
    torn = {"id": "printer", "conditions": ["cover_open", "paper_low"]}
    await desk.say({"t": "attached", "devices": [torn]})
    await desk.ask("ticket", "x")
    part = await (await enter("greeter", lang="vi")).get("greeter/now")
    assert "Máy in của t1 (Quầy 1): nắp đang mở, giấy sắp hết" in part.text
    assert 'class="notice bad"' in part.text
    clock.pass_by(seconds=21)
    page = await (await enter("technician")).get("overview")
    assert 'id="printers"' not in page.text
    assert "Printer: not known" in row(page, "k1")


async def test_the_part_that_renews_itself_is_the_same_without_the_page(enter) -> None:
    visitor = await enter("supervisor")
    part = await visitor.get("overview/now")
    assert "<html" not in part.text
    assert "Updated at 08:00:00" in part.text


async def test_a_greeter_sees_the_floor_but_no_devices_and_no_actions(enter, hub, talk) -> None:
    await (await talk(hub, "t1")).open_counter()
    visitor = await enter("greeter")
    page = await visitor.get("overview")
    assert "Công chức 1" in page.text
    assert "terminal" not in page.text.lower()
    assert "Devices" not in page.text
    assert "floor/counter" not in page.text


@pytest.mark.parametrize(
    ("officer", "closed"),
    [
        ("greeter", ("devices", "officers", "fairness", "floor/end-day", "officers/pin/an")),
        (
            "technician",
            ("greeter", "fairness", "floor/end-day", "floor/counter/c1", "officers/pin/an"),
        ),
    ],
)
async def test_a_page_of_others_is_closed(enter, officer, closed) -> None:
    visitor = await enter(officer)
    for page in closed:
        answer = await visitor.get(page)
        assert answer.status_code == 403, page
        assert "not part of your work" in answer.text
    menu = (await visitor.get("overview")).text
    assert all(f'href="/console/{page}"' not in menu for page in closed)


async def test_a_forgotten_counter_is_closed_and_its_officer_sent_home(
    enter, visitor, hub, talk
) -> None:
    await (await talk(hub, "t1")).open_counter()
    await enter("supervisor")
    page = await visitor.get("floor/counter/c1")
    assert "Công chức 1 has left and forgot" in page.text
    answer = await visitor.send(
        "floor/counter", on="floor/counter/c1", counter="c1", action="close"
    )
    assert "Quầy 1 is closed." in answer.text
    answer = await visitor.send(
        "floor/counter", on="floor/counter/c1", counter="c1", action="sign-out"
    )
    assert "The shift at Quầy 1 has ended." in answer.text
    assert "There is nothing to do" in (await visitor.get("floor/counter/c1")).text


async def test_a_counter_with_somebody_at_it_is_left_alone_with_a_sentence(
    enter, visitor, hub, talk
) -> None:
    officer, kiosk = await talk(hub, "t1"), await talk(hub, "k1")
    await officer.open_counter()
    await kiosk.issue()
    await officer.order("call_next", counter="c1")
    await enter("supervisor")
    page = await visitor.get("floor/counter/c1")
    assert re.search(r"Công chức 1</span>\s+<strong>A00001", page.text)
    answer = await visitor.send(
        "floor/counter", on="floor/counter/c1", counter="c1", action="close"
    )
    assert "Quầy 1 still has ticket A00001" in answer.text


async def test_a_counter_that_is_not_there_is_said(enter, visitor) -> None:
    await enter("supervisor")
    answer = await visitor.get("floor/counter/%3Cb%3E")
    assert "no such counter" in answer.text
    answer = await visitor.send("floor/counter", on="floor/end-day", counter="c1", action="explode")
    assert "no such counter" in answer.text


async def test_the_day_ends_only_with_the_box_ticked_and_only_once(
    enter, visitor, hub, talk
) -> None:
    kiosk, desk = await talk(hub, "k1"), await talk(hub, "t1")
    for _ in range(3):
        await kiosk.issue()
    await desk.open_counter()
    assert (await desk.order("call_next", counter="c1"))["ok"]
    await enter("supervisor")
    # Who has been called and has not come loses the turn too.
    assert (
        "Tickets that expire (waiting, called, parked, missed): 3."
        in (await visitor.get("floor/end-day")).text
    )
    assert (await desk.order("start_serving", counter="c1"))["ok"]
    assert "missed): 2." in (await visitor.get("floor/end-day")).text
    answer = await visitor.send("floor/end-day", on="floor/end-day")
    assert "Not ended" in answer.text
    answer = await visitor.send("floor/end-day", on="floor/end-day", sure="yes")
    assert "The business day has ended at 08:00." in answer.text
    page = await visitor.get("overview")
    assert "floor/end-day" not in page.text
    assert " min<" not in page.text
    assert "has ended at 08:00." in (await visitor.get("floor/end-day")).text
    assert (await kiosk.issue())["error"]["code"] == "closed_for_today"


async def test_a_full_disk_is_said(enter, hub, monkeypatch) -> None:
    visitor = await enter("technician")
    sick = hub.health().model_copy(update={"ok": False})
    monkeypatch.setattr("hub.wire.floor_service.FloorService.health", lambda _: sick)
    assert "CANNOT WRITE" in (await visitor.get("overview")).text
