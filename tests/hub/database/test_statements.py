"""Statements in a database's own words, on SQLite, which takes values by place and by name."""

import pytest
from sqlalchemy import create_engine, insert, text

from hub.database.statements import Statement
from hub.database.tables import meta


@pytest.mark.parametrize("paramstyle", ["qmark", "named"])
def test_values_find_their_places_whatever_their_order(paramstyle) -> None:
    engine = create_engine("sqlite://", paramstyle=paramstyle)
    add = Statement(insert(meta), engine.dialect)
    find = Statement(text("SELECT key FROM meta WHERE value = :b OR value = :a"), engine.dialect)
    with engine.begin() as connection:
        meta.create(connection)
        add.execute(connection, [{"value": "đất", "key": "k1"}, {"key": "k2", "value": "nhà"}])
        found = [list(row) for row in find.execute(connection, [{"a": "nhà", "b": "?"}])]
    engine.dispose()
    assert found == [["k2"]]
