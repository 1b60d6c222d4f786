"""What the kiosk knows beforehand: its own services, names in both languages, where a procedure is received."""

from dataclasses import replace

import pytest

from kiosk.flow.reference import reference_of


def test_a_kiosk_offers_the_services_that_it_names_in_the_order_of_the_centre(
    installation, reference
) -> None:
    settings = installation.kiosks[0].model_copy(update={"services": ("land", "certification")})
    named = reference_of(installation, settings, reference.catalogue, reference.texts)
    assert list(named.services) == ["certification", "land"]
    assert len(reference.services) == len(installation.services)


@pytest.mark.parametrize(
    ("language", "name", "agency"),
    [("vi", "Hộ tịch", "Sở Tư pháp"), ("en", "Civil status", "Department of Justice")],
)
def test_names_are_in_the_language_asked_for(reference, language, name, agency) -> None:
    assert reference.service_name("civil-status", language) == name
    assert reference.agency_name("civil-status", language) == agency


def test_a_name_without_english_stays_vietnamese(reference) -> None:
    land = reference.services["land"]
    service = land.model_copy(update={"names": land.names.model_copy(update={"en": ""})})
    bare = replace(reference, every_service={"land": service})
    assert bare.service_name("land", "en") == "Đất đai"


def test_what_is_not_configured_keeps_its_own_id(reference) -> None:
    assert reference.service_name("x", "vi") == "x"
    assert reference.priority_name("x", "vi") == "x"
    assert reference.agency_name("x", "vi") == ""


def test_a_procedure_goes_to_the_service_that_names_it_before_that_of_its_field(reference) -> None:
    birth = reference.catalogue.by_code("1.001193")
    assert reference.service_for(birth) == "civil-status"
    land = reference.services["land"].model_copy(update={"procedures": ("1.001193.H56",)})
    named = replace(reference, services={**reference.services, "land": land})
    assert named.service_for(birth) == "land"
