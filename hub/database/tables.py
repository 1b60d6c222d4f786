"""Tables of the hub's database. The journal is the truth; the others are rebuilt from it, or are caches and accounts."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

from hub.database.hashes import StoredHash

metadata = MetaData()

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("day", String(10), nullable=False),
    Column("at", String(32), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Column("device", String(40), nullable=False),
    Column("prev_hash", StoredHash, nullable=False),
    Column("hash", StoredHash, nullable=False),
    Index("journal_by_kind", "kind", "seq"),
)

# Rows lie in the order in which they came, oldest first. `key` is a short hash of device and request id, `at` counts
# microseconds since 1970, `answer` is compressed: `hub.database.answers` has the codec of all three.
requests = Table(
    "requests",
    metadata,
    Column("nr", Integer, primary_key=True),
    Column("key", BigInteger, nullable=False),
    Column("device", String(40), nullable=False),
    Column("req", String(64), nullable=False),
    Column("body_hash", StoredHash, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Index("requests_by_key", "key", unique=True),
)

# A second lock on "no two tickets of a day share a number": the database refuses the second ticket.
ticket_numbers = Table(
    "ticket_numbers",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("number", String(16), primary_key=True),
    Column("ticket", String(64), nullable=False),
    sqlite_with_rowid=False,
)

dossiers = Table(
    "dossiers",
    metadata,
    Column("code", String(80), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("procedure_name", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("received_at", String(32)),
    Column("due_at", String(32)),
    Column("finished_at", String(32)),
    Column("note", Text, nullable=False),
    # Number of the register's last change of this row: a client that has seen one asks for higher ones.
    Column("change", Integer, nullable=False, server_default=text("0")),
    Index("dossiers_by_change", "change", unique=True),
    sqlite_with_rowid=False,
)

# Authentication of each device that was ever enrolled or revoked: it outweighs the token of the configuration.
device_accounts = Table(
    "device_accounts",
    metadata,
    Column("device", String(40), primary_key=True),
    Column("token_hash", String(64)),
    Column("enrolled_at", String(32)),
    Column("enrolled_by", String(80)),
    Column("revoked_at", String(32)),
    Column("revoked_by", String(80)),
)

officer_accounts = Table(
    "officer_accounts",
    metadata,
    Column("officer", String(40), primary_key=True),
    Column("pin_hash", String(200), nullable=False),
    Column("set_at", String(32), nullable=False),
    Column("set_by", String(80), nullable=False),
)

# Wrong PINs of each officer: one row for all unknown browsers and terminals together, with an empty origin, and one for
# each at which the officer signed in before.
pin_tries = Table(
    "pin_tries",
    metadata,
    Column("officer", String(40), primary_key=True),
    Column("origin", String(80), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("failed_at", String(32)),
    Column("locked_until", String(32)),
    Column("since", String(32)),
    Column("guesses", Integer, nullable=False),
    Column("seen_at", String(32), nullable=False),
    Index("pin_tries_by_origin", "origin"),
)

# Second factors (RFC 6238): the shared secret, the last time step that was used, and the hashes of recovery codes.
second_factors = Table(
    "second_factors",
    metadata,
    Column("officer", String(40), primary_key=True),
    Column("secret", String(64), nullable=False),
    Column("set_at", String(32), nullable=False),
    Column("set_by", String(80), nullable=False),
    Column("last_step", Integer, nullable=False),
    Column("recovery", Text, nullable=False),
)

# Audit log of authorisations. Rows are only added, each with the hash of the one before, as in the journal.
account_deeds = Table(
    "account_deeds",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("subject", String(40), nullable=False),
    Column("by", String(80), nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
