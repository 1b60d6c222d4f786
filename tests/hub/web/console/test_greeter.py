"""The greeter's tablet: what a code leads to, and what is done with a ticket."""

import re

import pytest

from hub.web.console import greeter
from service_floor.dossiers.model import Dossier, DossierStatus
from service_floor.vietnamese.formats import clock as clock_of
from service_floor.vietnamese.formats import short_date
from service_floor.zone import business_day


@pytest.fixture
async def tablet(enter):
    return await enter("greeter")


async def scan(tablet, code):
    return await tablet.send("greeter/look-up", code=code)


def number_on(page):
    found = re.search(r'<p class="number">(\w+)</p>', page.text)
    return found[1] if found else None


async def test_a_ticket_is_found_by_number_id_and_address(tablet, hub, talk) -> None:
    kiosk = await talk(hub, "k1")
    await kiosk.issue()
    ticket = (await kiosk.issue())["result"]["ticket"]
    for code in ("A00002", "a00002", ticket["id"], f"http://10.0.0.1/t/{ticket['id']}"):
        page = await scan(tablet, code)
        assert number_on(page) == "A00002"
        assert re.search(r"People before</dt><dd>1<", page.text)
        assert code not in str(page.url)


async def test_it_goes_on_telling_how_the_ticket_stands(tablet, hub, talk) -> None:
    kiosk, officer = await talk(hub, "k1"), await talk(hub, "t1")
    await officer.open_counter()
    await kiosk.issue(priority="elderly")
    page = await scan(tablet, "A00001")
    assert "not confirmed by an officer yet" in page.text
    await officer.order("call_next", counter="c1")
    part = await tablet.get("greeter/now")
    assert "Being called" in part.text
    assert "Quầy 1" in part.text


async def test_a_dossier_tells_its_way_and_no_owner(tablet, hub, clock) -> None:
    hub.register.put(
        [
            Dossier(
                code="H56.14-240823-0001",
                version=1,
                procedure="1.000001",
                procedure_name="Cấp <đổi>",
                agency="Sở Tư pháp",
                status=DossierStatus.IN_PROGRESS,
                received_at=clock(),
                due_at=business_day(clock.pass_by(days=3)),
                note="",
            )
        ]
    )
    page = await scan(tablet, "https://dichvucong.gov.vn/?ma=H56.14-240823-0001")
    assert "In progress" in page.text
    assert "Cấp &lt;đổi&gt;" in page.text
    dossier = hub.register.find("H56.14-240823-0001")
    assert f"<dd>{short_date(dossier.due_at)}</dd>" in page.text
    assert (
        f"<dd>{clock_of(dossier.received_at)} {short_date(dossier.received_at)}</dd>" in page.text
    )
    assert (
        "There is no dossier H56.14-240823-0009" in (await scan(tablet, "H56.14-240823-0009")).text
    )


async def test_one_of_several_dossiers_in_a_code_is_chosen(tablet) -> None:
    codes = ("H56.14-240823-0001", "H56.14-240823-0002")
    page = await scan(tablet, "Bàn giao: " + " và ".join(codes))
    assert "Choose the one that is wanted" in page.text
    assert re.findall(r'<button class="main large" id="choose-\d">(.*?)</button>', page.text) == [
        *codes
    ]
    chosen = re.findall(r'name="code" value="(.*?)"', page.text)
    assert chosen == [*codes]
    assert f"There is no dossier {codes[1]}" in (await scan(tablet, chosen[1])).text


async def test_any_other_code_gets_one_sentence(tablet) -> None:
    for code, told in (
        ("Z999", "“Z999” is not known today"),
        ("<b>x</b>", "“&lt;b&gt;x&lt;/b&gt;” is not known today"),
        ("javascript:alert(1)", "“javascript:alert(1)” is not known today"),
        ("1.004222", "code of a procedure"),
        (
            "https://x.vn/?ma=H57.14-240823-0001",
            "Dossier H57.14-240823-0001 belongs to another centre",
        ),
        ("BCDF-GHJK", "a code that enrols a device"),
        ("ế" * 400, "is not known today"),
        ("TE1383812345678|", "This is a health insurance card"),
        ("00020101021138140010A0000007276304ABCD", "bank transfer QR code"),
        ("https://vneid.gov.vn/", "code of the VNeID app"),
        ("https://x.vn/?id=038099001234", "id=0********234"),
        ("9704051234567892", "“9************892” is not known today"),
        ("0011223344556677", "“0************677” is not known today"),
        ("http://hub/t/9704051234567892", "/9************892” is not known today"),
        ("9704 0512 3456 7892", "“9***************892” is not known today"),
    ):
        page = await scan(tablet, code)
        assert page.status_code == 200
        assert told in page.text


async def test_nothing_of_an_identity_card_is_kept_or_shown(tablet) -> None:
    card = "038099001234|172345678|Nguyễn Văn Bình|01021999|Nam|Phường 1|01012022"
    page = await scan(tablet, card)
    assert "identity card" in page.text
    told = page.text + (await tablet.get("greeter")).text
    assert "Bình" not in told
    assert "038099001234" not in told


async def test_a_ticket_is_taken_for_a_citizen_under_the_greeters_name(tablet, hub, talk) -> None:
    page = await tablet.send("greeter/issue", service="certify", priority="elderly")
    assert "Ticket A00001 was given." in page.text
    assert number_on(page) == "A00001"
    kiosk = await talk(hub, "k1")
    assert (await kiosk.issue())["result"]["ticket"]["number"] == "A00002"


async def test_the_same_form_sent_twice_takes_one_ticket(tablet) -> None:
    form = await tablet.get("greeter")
    token = re.search(r'name="form_token" value="([^"]+)"', form.text)[1]
    req = re.search(r'name="req" value="(\w+)"', form.text)[1]
    fields = {"form_token": token, "req": req, "service": "certify", "priority": ""}
    first = await tablet.post("greeter/issue", **fields)
    again = await tablet.post("greeter/issue", **fields)
    assert number_on(first) == number_on(again) == "A00001"
    other = await tablet.post("greeter/issue", **(fields | {"service": "land"}))
    assert "differs from it" in other.text


async def test_a_ticket_that_cannot_be_taken_says_why(tablet) -> None:
    for fields, told in (
        ({}, "Choose a service."),
        ({"service": "nowhere"}, "There is no such service."),
        ({"service": "certify", "priority": "king"}, "There is no such priority class."),
    ):
        assert told in (await tablet.send("greeter/issue", **fields)).text


async def test_used_up_numbers_are_told_with_the_service(tablet) -> None:
    for _ in range(5):
        await tablet.send("greeter/issue", service="land")
    page = await tablet.send("greeter/issue", service="land")
    assert "No tickets are left for Đất đai &lt;&amp; nhà ở&gt; (5 a day)." in page.text


async def test_who_missed_the_call_is_taken_back(tablet, hub, talk) -> None:
    kiosk, officer = await talk(hub, "k1"), await talk(hub, "t1")
    await officer.open_counter()
    ticket = (await kiosk.issue())["result"]["ticket"]["id"]
    await officer.order("call_next", counter="c1")
    await officer.order("mark_no_show", counter="c1", reason="left")
    assert "Back into the queue" in (await scan(tablet, "A00001")).text
    page = await tablet.send("greeter/readmit", ticket=ticket)
    assert "A00001 is back in the queue." in page.text
    page = await tablet.send("greeter/readmit", ticket=ticket)
    assert "This cannot be done to A00001 any more: Waiting." in page.text


async def test_a_ticket_is_cancelled_for_a_reason_of_the_list_alone(tablet, hub, talk) -> None:
    ticket = (await (await talk(hub, "k1")).issue())["result"]["ticket"]["id"]
    assert "Left &lt;b&gt;&amp;&lt;/b&gt;" in (await scan(tablet, "A00001")).text
    for reason in ("", "whim"):
        page = await tablet.send("greeter/cancel", ticket=ticket, reason=reason)
        assert "Choose why it is cancelled." in page.text
    page = await tablet.send("greeter/cancel", ticket=ticket, reason="left")
    assert "A00001 is cancelled." in page.text
    page = await tablet.send("greeter/cancel", ticket="nowhere", reason="left")
    assert "There is no such ticket today." in page.text


async def test_what_is_in_hand_is_put_away_by_hand_and_by_time(
    tablet, hub, talk, monkeypatch
) -> None:
    await (await talk(hub, "k1")).issue()
    assert number_on(await scan(tablet, "A00001")) == "A00001"
    assert number_on(await tablet.send("greeter/put-away")) is None
    assert number_on(await scan(tablet, "A00001")) == "A00001"
    monkeypatch.setattr(greeter, "PUT_AWAY_SECONDS", -1.0)
    assert number_on(await tablet.get("greeter")) is None


async def test_a_slip_is_printed_again_under_the_greeters_name(tablet, hub, talk) -> None:
    kiosk = await talk(hub, "k1", "reprints")
    ticket = (await kiosk.issue())["result"]["ticket"]["id"]
    await kiosk.order("report_slip", ticket=ticket, outcome="failed", reason="paper_out")
    page = await scan(tablet, "A00001")
    assert "was not printed" in page.text
    assert re.search(r"k2 – not connected", page.text)
    assert "Choose why" in (await tablet.send("greeter/reprint", ticket=ticket)).text
    page = await tablet.send("greeter/reprint", ticket=ticket, reason="not_printed")
    assert "k1 was told to print the slip of A00001 again." in page.text
    assert "being printed again at k1 (no. 1)" in page.text
    while not (step := await kiosk.hear_of("delta"))["puts"]:
        pass
    wanted = step["puts"][0]["value"]
    assert (wanted["kiosk"], wanted["reprint"], wanted["outcome"]) == ("k1", 1, "")
    again = await tablet.send("greeter/reprint", ticket=ticket, reason="lost")
    assert "Wait for its outcome." in again.text
    await kiosk.order("report_slip", ticket=ticket, outcome="printed", reprint=1)
    assert "was printed again at k1 (no. 1)" in (await tablet.get("greeter/now")).text
    page = await tablet.send("greeter/reprint", ticket=ticket, reason="lost", kiosk="k9")
    assert "No slip printer is called k9." in page.text
