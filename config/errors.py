"""Errors of a configuration file as codes and data. The sentences are in `config/texts`."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class MistakeCode(StrEnum):
    """What is wrong at one place of the file. Each code has a sentence per language in `config/texts`."""

    UNREADABLE = "unreadable"
    NOT_ALLOWED = "not_allowed"
    UNWRITABLE = "unwritable"
    TOO_LARGE = "too_large"
    NOT_UTF8 = "not_utf8"
    SYNTAX = "syntax"
    NOT_JSON = "not_json"
    NO_SUCH_PLACE = "no_such_place"
    UNKNOWN_KEY = "unknown_key"
    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    OUT_OF_RANGE = "out_of_range"
    TEXT_LENGTH = "text_length"
    LIST_LENGTH = "list_length"
    PATTERN = "pattern"
    NOT_A_CHOICE = "not_a_choice"
    INVALID = "invalid"
    HIDDEN_CHARACTER = "hidden_character"
    NOT_AN_ADDRESS = "not_an_address"
    PINS_READABLE = "pins_readable"
    UNKNOWN_NAME = "unknown_name"
    DUPLICATE = "duplicate"
    DUPLICATE_SECRET = "duplicate_secret"
    FIRST_AFTER_LAST = "first_after_last"
    TOO_MANY_DIGITS = "too_many_digits"
    BANDS_OVERLAP = "bands_overlap"
    TOO_LONG_FOR_SIGN = "too_long_for_sign"
    ENDS_BEFORE_START = "ends_before_start"
    SESSIONS_OVERLAP = "sessions_overlap"
    NEVER_OPEN = "never_open"
    NOT_SERVED = "not_served"
    WIRE_SHARED = "wire_shared"
    AGENCY_WITHOUT_SERVICE = "agency_without_service"
    NOBODY_SIGNS_IN = "nobody_signs_in"
    PLACEHOLDER_SECRET = "placeholder_secret"
    SECRETS_EXPOSED = "secrets_exposed"
    SECRETS_MISSING = "secrets_missing"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_PROCEDURE = "unknown_procedure"
    SLOW_PICTURES = "slow_pictures"
    WIDTH_UNKNOWN = "width_unknown"
    UNKNOWN_PLACEHOLDER = "unknown_placeholder"
    TEMPLATE_SYNTAX = "template_syntax"
    TOO_WIDE_FOR_PAPER = "too_wide_for_paper"
    FORMS_FOLDER_MISSING = "forms_folder_missing"
    TEMPLATE_NAME = "template_name"
    TEMPLATE_BROKEN = "template_broken"
    TEMPLATE_ENDLESS = "template_endless"
    TEMPLATE_REACHES_OUT = "template_reaches_out"
    PICTURE_MISSING = "picture_missing"
    PICTURE_UNREADABLE = "picture_unreadable"
    TLS_FILE_MISSING = "tls_file_missing"
    TLS_FILE_UNREADABLE = "tls_file_unreadable"
    NOT_A_CERTIFICATE = "not_a_certificate"
    NOT_A_KEY = "not_a_key"
    KEY_OF_ANOTHER = "key_of_another"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_EXPIRES = "certificate_expires"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: where it stands (`services[2].agency`), what was found there and what is allowed.

    `other` is the place it contradicts. No field ever holds the value of a secret.
    """

    path: str
    code: MistakeCode
    found: str = ""
    allowed: tuple[str, ...] = ()
    suggestion: str = ""
    other: str = ""
    line: int | None = None


class ConfigurationError(Exception):
    """The file cannot be used. Scenarios: it is missing, does not parse as TOML, or fails validation.

    A person must correct it; a retry does not help. `config.letter.render` puts it into words.
    """

    def __init__(self, file: Path, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(file, mistakes)
        self.file = file
        self.mistakes = mistakes

    def __str__(self) -> str:
        places = ", ".join(f"{m.path or 'file'}: {m.code}" for m in self.mistakes)
        return f"{self.file}: {places}"
