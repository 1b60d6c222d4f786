from hub.web.api.keys import ApiKeys, KnownKey, keys_of


def test_a_key_is_found_by_itself_alone(hall) -> None:
    assert keys_of(hall).find(b"") is None
    secret = "khóa-của-phần-mềm-một-cửa"
    api_key = {"name": "one-stop", "key": secret, "scopes": ("floor:read",)}
    known = keys_of(type(hall).model_validate(hall.model_dump() | {"api_keys": [api_key]}))
    found = known.find(secret.encode())
    assert (found.name, found.scopes) == ("one-stop", {"floor:read"})
    assert known.find(secret.encode()[:-1]) is None


def test_no_key_is_shown() -> None:
    assert "hash" not in repr(KnownKey("one-stop", frozenset(), b"hash"))
    assert ApiKeys(()).find(b"anything") is None
