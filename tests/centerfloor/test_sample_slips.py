"""Samples for technicians: what a real slip of the centre has, and nothing that contradicts itself."""

from pathlib import Path
from typing import get_args

import pytest

from centerfloor.sample_slips import sample_slip
from config.loading import load
from config.model.slips import SlipName
from drivers.slip import Barcode, Columns, QrCode, Slip, Text

CENTRE = Path(__file__).resolve().parents[2] / "config" / "examples" / "centre.toml"


@pytest.fixture(scope="module")
def installation():
    return load(CENTRE)


def words(slip: Slip) -> str:
    said = []
    for block in slip.blocks:
        match block:
            case Text(text=text):
                said.append(text)
            case Columns(left=left, right=right):
                said.append(f"{left} {right}")
            case QrCode(data=data) | Barcode(data=data):
                said.append(data)
    return "\n".join(said)


def sample(installation, name, language="vi"):
    slip = sample_slip(installation, installation.kiosks[0], name, language)
    assert slip.job == f"sample-{name}"
    return words(slip)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", get_args(SlipName))
def test_every_slip_has_a_sample_with_the_name_of_the_centre(installation, name, language) -> None:
    said = sample(installation, name, language)
    assert installation.centre.names.in_(language).upper() in said
    assert "{" not in said


def test_a_ticket_says_how_many_wait_or_that_it_is_not_known(installation) -> None:
    said = sample(installation, "ticket")
    assert "Trước bạn còn 88 người" in said
    assert "Chờ khoảng 6 giờ 55 phút" in said
    assert "chưa biết còn bao nhiêu người" not in said
    longest = max((each.names.in_("vi") for each in installation.services), key=len)
    assert longest in said
    assert ("Quét mã để theo dõi số" in said) is not ("Mã của phiếu" in said)


def test_a_list_has_papers_or_says_that_there_are_none(installation) -> None:
    said = sample(installation, "checklist")
    assert "[ ] " in said
    assert said.count("Nguồn chưa công bố\n") <= said.count("Thời hạn") + said.count("Phí")


@pytest.mark.parametrize("name", ["appointment", "apology"])
def test_a_slip_of_the_desk_has_only_what_the_register_knows(installation, name) -> None:
    said = sample(installation, name)
    assert "20/11/2026" in said or "15/11/2026" in said
    assert "Tiếp nhận hồ sơ của Ông (Bà)" not in said
    assert "038 *** *** 123" not in said


def test_a_day_is_closed(installation) -> None:
    assert "Ngày chưa khép sổ" not in sample(installation, "day-report")
