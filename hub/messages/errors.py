"""Error codes and close codes of the hub itself; the floor's own refusals are `RefusalCode`."""

from enum import IntEnum, StrEnum


class WireError(StrEnum):
    """Why a frame or a request was not carried out."""

    NOT_JSON = "not_json"
    BAD_FRAME = "bad_frame"
    TOO_LARGE = "too_large"
    HELLO_FIRST = "hello_first"
    UNKNOWN_COMMAND = "unknown_command"
    WRONG_TOKEN = "wrong_token"
    NO_COMMON_PROTOCOL = "no_common_protocol"
    TOO_MANY_WAITING = "too_many_waiting"
    CODE_EXPIRED = "code_expired"
    WRONG_PIN = "wrong_pin"
    LOCKED = "locked"
    PIN_NOT_SET = "pin_not_set"
    TOO_MANY_TRIES = "too_many_tries"
    NOT_ALLOWED = "not_allowed"
    REQUEST_CONFLICT = "request_conflict"
    WITHDRAWN = "withdrawn"
    UNKNOWN_DOSSIER = "unknown_dossier"
    UNKNOWN_TICKET = "unknown_ticket"
    BUSY = "busy"
    STORAGE = "storage"
    INTERNAL = "internal"


class CloseCode(IntEnum):
    """Why the hub closed a connection (RFC 6455, mostly its private range)."""

    ENROLLED = 1000
    TRY_LATER = 1013
    BAD_FRAME = 4400
    WRONG_TOKEN = 4401
    NO_COMMON_PROTOCOL = 4406
    HELLO_TIMEOUT = 4408
    REPLACED = 4409
