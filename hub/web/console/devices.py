"""Devices of the configuration: let one in by the code on its screen, turn one out, and who did that when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response
from starlette.routing import Route

from hub.accounts.enrolment import EnrolmentProblem
from hub.accounts.rights import DUTIES, Duty
from hub.accounts.store import DeviceAccount
from hub.web.console.access.page_guard import PageGuard, Visit, go_to
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
    """A device with its account and how it is now."""

    account: DeviceAccount
    now: DeviceNow

    @property
    def may_come(self) -> bool:
        """Whether it has a token that opens the hub."""
        return self.account.configured or (
            self.account.enrolled_at is not None and self.account.revoked_at is None
        )


@dataclass(frozen=True, slots=True)
class DevicePages:
    """The list, the desk for new devices, and what is done to one of them."""

    sources: ConsoleSources
    doors: PageGuard

    def routes(self) -> list[Route]:
        """Their addresses."""
        doors, roles = self.doors, MAY_SEE[Area.DEVICES]
        revoke = DUTIES[Duty.REVOKE_DEVICE]
        return [
            Route("/devices", doors.shows(roles, self.listed)),
            Route("/devices/now", doors.renews(roles, self.now)),
            Route(
                "/devices/enrol",
                doors.does(DUTIES[Duty.ENROL_DEVICE], self.enrol),
                methods=["POST"],
            ),
            Route("/devices/revoke/{device}", doors.shows(revoke, self.ask_revoke)),
            Route("/devices/revoke", doors.does(revoke, self.revoke), methods=["POST"]),
        ]

    async def listed(self, visit: Visit) -> Response:
        """The whole page."""
        rows = await self._rows()
        free = [row for row in rows or () if not row.may_come]
        return visit.page(
            "devices.html", area=Area.DEVICES, rows=rows, free=free, waiting=self._waiting()
        )

    async def now(self, visit: Visit) -> Response:
        """Who waits, and how the devices are."""
        return visit.part("devices_now.html", rows=await self._rows(), waiting=self._waiting())

    async def enrol(self, visit: Visit) -> Response:
        """Let in the device that shows the typed code."""
        device = visit.form.get("device", "")
        if device not in self.sources.roster.devices:
            visit.complain(visit.wording.say("devices.problem.choose_device"))
            return go_to("devices")
        code = visit.form.get("code", "")[:_LONGEST_CODE]
        try:
            problem = await self.sources.admission.approve(code, device, visit.session.officer)
        except SQLAlchemyError:
            visit.complain(visit.wording.say("devices.problem.storage"))
            return go_to("devices")
        if problem is None:
            visit.tell("done.enrolled", device=device)
        else:
            key = _WHY.get(problem, "other")
            visit.complain(visit.wording.say(f"devices.problem.{key}", code=problem))
        return go_to("devices")

    async def ask_revoke(self, visit: Visit) -> Response:
        """Ask before a device is turned out."""
        device = visit.request.path_params["device"]
        if device not in self.sources.roster.devices:
            return go_to("devices")
        return visit.page("revoke.html", area=Area.DEVICES, device=device)

    async def revoke(self, visit: Visit) -> Response:
        """Turn a device out; its connection ends at once."""
        device = visit.form.get("device", "")
        if device not in self.sources.roster.devices:
            return go_to("devices")
        try:
            await self.sources.admission.revoke(device, visit.session.officer)
        except SQLAlchemyError:
            visit.complain(visit.wording.say("devices.problem.storage"))
        else:
            visit.tell("done.revoked", device=device)
        return go_to("devices")

    async def _rows(self) -> list[DeviceRow] | None:
        """All devices; None where the accounts cannot be read."""
        now = devices_now(self.sources.reception, self.sources.known_devices())
        try:
            accounts = await in_thread(
                self.sources.workers, self.sources.admission.accounts.devices
            )
        except SQLAlchemyError:
            return None
        states = {each.name: each for each in now}
        rows = [DeviceRow(each, states[each.device]) for each in accounts]
        return sorted(rows, key=lambda row: (row.account.role, row.account.device))

    def _waiting(self) -> list[dict[str, object]]:
        """Who waits. The codes stay here: whoever lets a device in reads its code from its screen."""
        return [
            {"kind": each.kind, "address": each.address, "since": each.opened_at, "until": each.expires_at}
            for each in self.sources.admission.waiting()
        ]  # fmt: skip
