"""Client of the hub: a link that reconnects with retries, a durable outbox, and a mirror of the feed."""

from hub.client.address import HubAddress
from hub.client.credentials import TokenFile, address_of
from hub.client.enrolment import Enroller, EnrolmentPrompt, EnrolmentSettings
from hub.client.enrolment_request import OtherDeviceError, enrol
from hub.client.link import Link, Listener, new_request_id
from hub.client.mirror import Change, KeyChange, Mirror
from hub.client.outbox import Outbox
from hub.client.requests import Policy, Then, ignore
from hub.client.trust import context_of, pin_of

__all__ = [
    "Change",
    "Enroller",
    "EnrolmentPrompt",
    "EnrolmentSettings",
    "HubAddress",
    "KeyChange",
    "Link",
    "Listener",
    "Mirror",
    "OtherDeviceError",
    "Outbox",
    "Policy",
    "Then",
    "TokenFile",
    "address_of",
    "context_of",
    "enrol",
    "ignore",
    "new_request_id",
    "pin_of",
]
