from config.advice import advice
from config.loading import load


def said(installation, fields=(), procedures=()):
    return [(m.path, str(m.code)) for m in advice(installation, fields, procedures)]


def test_a_hall_without_fault_gets_no_advice(hall) -> None:
    assert said(load(hall), ["Hộ tịch"]) == []


def test_an_agency_that_nobody_can_visit_is_pointed_out(hall) -> None:
    agencies = [{"id": "justice", "name": "A"}, {"id": "health", "name": "B"}]
    assert said(load(hall, {"agencies": agencies})) == [("agencies[1]", "agency_without_service")]


def test_fields_and_procedures_that_the_catalogue_lacks_are_pointed_out(hall) -> None:
    changes = {
        "services[0].fields": ["Hộ tịch", "Hộ tich"],
        "services[1].procedures": ["1.000001", "9.999999"],
    }
    points = advice(load(hall, changes), ["Hộ tịch"], ["1.000001"])
    assert [(p.path, p.code, p.suggestion) for p in points] == [
        ("services[0].fields[1]", "unknown_field", "Hộ tịch"),
        ("services[1].procedures[1]", "unknown_procedure", ""),
    ]
    assert said(load(hall, changes)) == []


def test_counters_that_nobody_can_open_are_pointed_out(hall) -> None:
    nobody = {"officers": []}
    assert said(load(hall, nobody)) == [("officers", "nobody_signs_in")]
    assert said(load(hall, nobody | {"hub": {"officer_sign_in": "name"}})) == []


def test_published_secrets_are_pointed_out_and_not_shown(centre) -> None:
    points = [p for p in advice(centre, (), ()) if p.code == "placeholder_secret"]
    (point,) = points
    assert len(point.found.split(", ")) == 27
    assert not any("change-me" in str(p) for p in points)


def test_a_published_key_of_the_open_interface_is_pointed_out(hall) -> None:
    key = {"name": "one-stop", "key": "change-me-key-of-the-one-stop", "scopes": ["floor:read"]}
    (point,) = advice(load(hall, {"api_keys": [key]}), (), ())
    assert (point.path, point.found) == ("api_keys[0].key", "one-stop")


def test_pictures_of_text_over_a_slow_line_are_pointed_out(hall) -> None:
    slow = {"wire": "serial", "path": "/dev/printer", "baud": 19_200}
    assert said(load(hall, {"kiosks[0].printer.port": slow})) == [
        ("kiosks[0].printer.text", "slow_pictures")
    ]
    known = {"kind": "escpos", "port": slow, "model": "epson-tm-t20iii"}
    assert said(load(hall, {"kiosks[0].printer": known})) == []
