"""Device pages of the console: enrol a device by the code on its screen, revoke one, and who did that when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response
from starlette.routing import Route

from hub.accounts.enrolment import EnrolmentProblem
from hub.accounts.rights import DUTIES, Duty
from hub.accounts.store import DeviceAccount
from hub.web.console.access.page_guard import PageGuard, Visit, redirect_to
from hub.web.console.areas import MAY_SEE, Area
from hub.web.console.floor_now import DeviceNow, devices_now
from hub.web.console.sources import ConsoleSources
from plumbing.executors import in_thread

_LONGEST_CODE: Final = 40
_WHY: Final[Mapping[EnrolmentProblem, str]] = {
    EnrolmentProblem.UNKNOWN_CODE: "unknown_code",
    EnrolmentProblem.TOO_MANY_TRIES: "too_many",
    EnrolmentProblem.WRONG_KIND: "wrong_device",
    EnrolmentProblem.UNKNOWN_DEVICE: "choose_device",
}


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device with its account and its current state."""

    account: DeviceAccount
    now: DeviceNow

    @property
    def has_valid_token(self) -> bool:
        """Whether the device can authenticate."""
        return self.account.configured or (
            self.account.enrolled_at is not None and self.account.revoked_at is None
        )


@dataclass(frozen=True, slots=True)
class DevicePages:
    """The list, the enrolment of new devices, and the actions on one device."""

    sources: ConsoleSources
    guard: PageGuard

    def routes(self) -> list[Route]:
        """Their routes."""
        guard, roles = self.guard, MAY_SEE[Area.DEVICES]
        revoke = DUTIES[Duty.REVOKE_DEVICE]
        return [
            Route("/devices", guard.page(roles, self.listed)),
            Route("/devices/now", guard.fragment(roles, self.now)),
            Route(
                "/devices/enrol",
                guard.action(DUTIES[Duty.ENROL_DEVICE], self.enrol),
                methods=["POST"],
            ),
            Route("/devices/revoke/{device}", guard.page(revoke, self.ask_revoke)),
            Route("/devices/revoke", guard.action(revoke, self.revoke), methods=["POST"]),
        ]

    async def listed(self, visit: Visit) -> Response:
        """The whole page."""
        rows = await self._rows()
        free = [row for row in rows or () if not row.has_valid_token]
        return visit.page(
            "devices.html", area=Area.DEVICES, rows=rows, free=free, waiting=self._waiting()
        )

    async def now(self, visit: Visit) -> Response:
        """The part that refreshes itself: pending enrolments and states of the devices."""
        return visit.fragment("devices_now.html", rows=await self._rows(), waiting=self._waiting())

    async def enrol(self, visit: Visit) -> Response:
        """Enrol the device that shows the typed code."""
        device = visit.form.get("device", "")
        if device not in self.sources.roster.devices:
            visit.flash_error(visit.wording.say("devices.problem.choose_device"))
            return redirect_to("devices")
        code = visit.form.get("code", "")[:_LONGEST_CODE]
        try:
            problem = await self.sources.authentication.approve(code, device, visit.session.officer)
        except SQLAlchemyError:
            visit.flash_error(visit.wording.say("devices.problem.storage"))
            return redirect_to("devices")
        if problem is None:
            visit.flash("done.enrolled", device=device)
        else:
            key = _WHY.get(problem, "other")
            visit.flash_error(visit.wording.say(f"devices.problem.{key}", code=problem))
        return redirect_to("devices")

    async def ask_revoke(self, visit: Visit) -> Response:
        """Confirmation page before a device is revoked."""
        device = visit.request.path_params["device"]
        if device not in self.sources.roster.devices:
            return redirect_to("devices")
        return visit.page("revoke.html", area=Area.DEVICES, device=device)

    async def revoke(self, visit: Visit) -> Response:
        """Revoke a device; its connection is closed at once."""
        device = visit.form.get("device", "")
        if device not in self.sources.roster.devices:
            return redirect_to("devices")
        try:
            await self.sources.authentication.revoke(device, visit.session.officer)
        except SQLAlchemyError:
            visit.flash_error(visit.wording.say("devices.problem.storage"))
        else:
            visit.flash("done.revoked", device=device)
        return redirect_to("devices")

    async def _rows(self) -> list[DeviceRow] | None:
        """All devices; None if the accounts cannot be read."""
        now = devices_now(self.sources.floor_service, self.sources.known_devices())
        try:
            accounts = await in_thread(
                self.sources.workers, self.sources.authentication.accounts.devices
            )
        except SQLAlchemyError:
            return None
        states = {each.name: each for each in now}
        rows = [DeviceRow(each, states[each.device]) for each in accounts]
        return sorted(rows, key=lambda row: (row.account.role, row.account.device))

    def _waiting(self) -> list[dict[str, object]]:
        """Pending enrolments without their codes: a technician reads the code from the device's screen."""
        return [
            {"kind": each.kind, "address": each.address, "since": each.opened_at, "until": each.expires_at}
            for each in self.sources.authentication.waiting()
        ]  # fmt: skip
