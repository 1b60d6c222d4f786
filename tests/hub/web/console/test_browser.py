"""The main ways through the console in the system's Chromium, by keyboard where people would use one."""

import re

import pytest
from playwright.async_api import async_playwright, expect

PIN = "135790"
RENEWED_MS = 5_000  # longer than a part of a page goes without asking again

pytestmark = pytest.mark.browser


@pytest.fixture
async def page(hub, chromium_url):
    """A tablet that fails the test where the policy or a script does."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(chromium_url)
        context = await browser.new_context(
            base_url=hub.http, locale="vi-VN", viewport={"width": 1280, "height": 800}
        )
        # A loaded machine is slow, which is no failure.
        expect.set_options(timeout=30_000)
        page = await context.new_page()
        told = []
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("console", lambda said: told.append(said.text) if said.type == "error" else None)
        yield page
        await context.close()
        await browser.close()
    assert [each for each in told if "Content Security Policy" in each or "Error:" in each] == []


async def sign_in(page, officer):
    await page.goto("/greeter")
    await page.get_by_label("Họ tên").fill(officer)
    await page.keyboard.press("Tab")
    await page.keyboard.type(PIN)
    await page.keyboard.press("Enter")
    await expect(page.locator(".bar")).to_be_visible()


async def test_a_greeter_scans_issues_and_takes_somebody_back(page, hub, talk) -> None:
    await page.clock.install()
    kiosk, officer = await talk(hub, "k1"), await talk(hub, "t1")
    await officer.open_counter()
    await kiosk.issue()
    await officer.order("call_next", counter="c1")
    await officer.order("mark_no_show", counter="c1", reason="left")
    await sign_in(page, "greeter")
    # The scanner types into the field that has the focus, and ends with Enter.
    await expect(page.locator("#code")).to_be_focused()
    await page.keyboard.type("A00001\n")
    await expect(page.locator(".subject .standing")).to_have_text("Đã gọi nhưng vắng mặt")
    await page.get_by_role("button", name="Nhận lại vào hàng").click()
    await expect(page.locator(".subject .standing")).to_have_text("Đang chờ")
    # The page follows the floor by itself.
    await officer.order("call_next", counter="c1")
    await page.clock.fast_forward(RENEWED_MS)
    await expect(page.locator(".subject .standing")).to_have_text("Đang được gọi")
    await page.get_by_role("radio", name="Chứng thực").check()
    await page.get_by_role("radio", name="Người cao tuổi").check()
    await page.get_by_role("button", name="Lấy số", exact=True).click()
    await expect(page.locator(".subject .number")).to_have_text("A00002")
    # Wherever the finger was last, a scan lands in its field.
    await page.locator("h2").first.click()
    await page.keyboard.type("A00001\n")
    await expect(page.locator(".subject .number")).to_have_text("A00001")


async def test_a_supervisor_ends_a_shift_by_keyboard_and_sees_whether_the_day_was_fair(
    page, hub, talk
) -> None:
    officer = await talk(hub, "t1")
    await officer.open_counter()
    await sign_in(page, "supervisor")
    await expect(page.locator(".figures")).to_contain_text("Quầy đang mở")
    await page.locator("#act-c1").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Kết thúc ca của công chức").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".notice.good")).to_contain_text("Đã kết thúc ca tại Quầy 1.")
    await page.get_by_role("link", name="Công bằng").click()
    await expect(page.get_by_text("Không có lượt gọi nào.")).to_be_visible()


async def test_a_page_whose_hub_is_gone_says_of_when_it_is(page, hub) -> None:
    await page.clock.install()
    await sign_in(page, "technician")
    await page.context.set_offline(True)
    lost = page.locator(".stale")
    await page.clock.fast_forward(RENEWED_MS)
    await expect(lost).to_have_text(re.compile("MẤT KẾT NỐI.* của lúc \\d\\d:\\d\\d:\\d\\d"))  # fmt: skip
    await page.context.set_offline(False)
    await page.clock.fast_forward(RENEWED_MS)
    await expect(lost).to_be_hidden()


async def test_a_name_that_is_markup_stays_a_name(page, hub) -> None:
    await sign_in(page, "supervisor")
    await page.goto("/console/officers")
    await expect(page.locator("tbody").first).to_contain_text("<script>alert('x')</script> & \"Ỷ\"")
    await expect(page.locator("main script")).to_have_count(0)


async def test_no_page_is_wider_than_the_tablet_and_the_focus_is_seen(page, hub) -> None:
    await sign_in(page, "supervisor")
    for width in (1366, 800):
        await page.set_viewport_size({"width": width, "height": 800})
        for path in ("overview", "greeter", "officers", "floor/end-day", "officers/pin/an"):
            await page.goto(f"/console/{path}")
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            await page.keyboard.press("Tab")
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert await page.evaluate(outline) != "none"
