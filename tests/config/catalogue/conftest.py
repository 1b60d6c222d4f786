"""Catalogue files and entries to take things from and to break."""

from pathlib import Path
from typing import Any

import pytest

RECORD: dict[str, Any] = {
    "code": "1.001193",
    "name": "Thủ tục đăng ký khai sinh",
    "field": "Hộ tịch",
    "levels": ["commune"],
    "limit": {"amount": 1.0, "text": "Ngay trong ngày tiếp nhận yêu cầu"},
    "fee_note": "Miễn phí",
    "papers": [
        {"name": "Giấy chứng sinh", "originals": 1},
        {"name": "Không phải nộp bản giấy nếu đã có bản điện tử."},
    ],
    "results": ["Giấy khai sinh"],
}

ENTRY: dict[str, Any] = {
    "code": "1.001193",
    "name": "Thủ tục đăng ký  khai sinh",
    "field": "Hộ tịch",
    "levels": ["Cấp xã"],
    "agency": None,
    "time_limit": "1 (nguồn không ghi đơn vị)",
    "fee": "Miễn phí",
    "fee_note": None,
    "components": [
        {"name": "Giấy chứng sinh", "form": None, "originals": 1, "copies": 0, "group": None}
    ],
    "results": [{"name": "Giấy khai sinh", "code": None}],
    "channels": [{"channel": "Trực tiếp", "time_limit": None, "fee": None, "note": None}],
    "decision": "1/QĐ-BTP",
    "source_date": "2025-12",
    "steps": ["…"],
}


@pytest.fixture
def record() -> dict[str, Any]:
    return dict(RECORD)


@pytest.fixture
def entry() -> dict[str, Any]:
    return dict(ENTRY)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ho-tich.json"
