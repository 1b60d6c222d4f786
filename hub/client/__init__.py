"""How a program talks to the hub: a link that comes back by itself, a durable outbox, and a mirror of the feed."""

from hub.client.address import HubAddress
from hub.client.credentials import Credentials, address_of
from hub.client.enrolling import OtherDeviceError, enrol
from hub.client.entrance import Entrance, Entry, WayIn
from hub.client.link import Link, Listener, new_request_id
from hub.client.mirror import Change, KeyChange, Mirror
from hub.client.outbox import Outbox
from hub.client.trust import context_of, pin_of

__all__ = [
    "Change",
    "Credentials",
    "Entrance",
    "Entry",
    "HubAddress",
    "KeyChange",
    "Link",
    "Listener",
    "Mirror",
    "OtherDeviceError",
    "Outbox",
    "WayIn",
    "address_of",
    "context_of",
    "enrol",
    "new_request_id",
    "pin_of",
]
