"""Contents of the codes of the bench: fictitious persons in the shape of an identity card's line, and dossier codes."""

from typing import Final

from numpy.random import Generator

_FAMILY: Final = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý",
    "Đoàn", "Trịnh", "Đinh", "Lương", "Mạc", "Quách", "Thạch", "Giàng", "Lò", "Ksor", "Tôn Nữ", "Công Huyền",
)  # fmt: skip
_MIDDLE: Final = (
    "Thị", "Văn", "Thị Ánh", "Thị Mỹ", "Đức", "Minh", "Ngọc", "Quốc", "Thùy", "Hữu", "Xuân", "Bảo", "Kim", "Hồng", "Thị Bích",
    "Đình", "Gia", "Khánh", "Tuấn", "Thế", "",
)  # fmt: skip
_GIVEN: Final = (
    "Tuyết", "Hằng", "Hùng", "Dũng", "Phượng", "Quỳnh", "Thảo", "Ngân", "Trâm", "Khuê", "Ước", "Ưng", "Ngữ", "Nghĩa", "Thủy",
    "Yến", "Vỹ", "Ẩn", "Ẩm", "Bưởi", "Cẩn", "Cường", "Diễm", "Được", "Giỏi", "Huệ", "Khởi", "Lĩnh", "Mẫn", "Nhẫn", "Oánh",
    "Phước", "Quý", "Rỡ", "Sỹ", "Tỵ", "Uyển", "Vượng", "Xoàn", "Ý", "Đạt", "Đỉnh", "An", "Lan",
)  # fmt: skip
_PLACES: Final = (
    "thôn Đông Hạ, xã Yên Mỹ, huyện Thanh Trì, Hà Nội", "ấp Mỹ Phước, xã Tân Hưng, huyện Cái Bè, Tiền Giang",
    "tổ 5, phường Vĩnh Hải, thành phố Nha Trang, Khánh Hòa", "bản Huổi Lướng, xã Mường Lạn, huyện Sốp Cộp, Sơn La",
    "khóm Bình Đức, phường Bình Khánh, thành phố Long Xuyên, An Giang", "xóm Rẫy, xã Đắk Rồ, huyện Krông Nô, Đắk Nông",
)  # fmt: skip


def name(chance: Generator) -> str:
    """A full name; some in capitals, as cards print them."""
    parts = (str(chance.choice(each)) for each in (_FAMILY, _MIDDLE, _GIVEN))
    full = " ".join(part for part in parts if part)
    return full.upper() if chance.random() < 0.3 else full


def card_line(chance: Generator) -> str:
    """Seven fields between strokes, the second empty where there was no old card."""
    old = _digits(chance, 9) if chance.random() < 0.5 else ""
    sex = "Nam" if chance.random() < 0.5 else "Nữ"
    home = f"Số {chance.integers(1, 400)}, {chance.choice(_PLACES)}"
    fields = (_digits(chance, 12), old, name(chance), _day(chance), sex, home, _day(chance))
    return "|".join(fields)


def dossier_code(chance: Generator) -> str:
    """A dossier code of the old or of the present shape."""
    day = f"{chance.integers(20, 27)}{chance.integers(1, 13):02}{chance.integers(1, 29):02}"
    agency = (
        f"000.{chance.integers(0, 99):02}.{chance.integers(0, 99):02}.H{chance.integers(1, 64):02}"
    )
    if chance.random() < 0.5:
        agency = f"H{chance.integers(1, 64):02}.{chance.integers(1, 99)}"
    return f"{agency}-{day}-{chance.integers(1, 9999):04}"


def _digits(chance: Generator, count: int) -> str:
    return "".join(map(str, chance.integers(0, 10, count)))


def _day(chance: Generator) -> str:
    return f"{chance.integers(1, 29):02}{chance.integers(1, 13):02}{chance.integers(1940, 2026)}"


def dossier(code: str) -> dict[str, str | int]:
    """What one-stop software pushes of a dossier."""
    return {
        "code": code,
        "version": 1,
        "status": "in_progress",
        "procedure": "1.004193.000.00.00.H56",
        "procedure_name": "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp "
        "chuyển đổi, chuyển nhượng, cho thuê, cho thuê lại, thừa kế, tặng cho",
        "agency": "Sở Nông nghiệp và Môi trường",
        "received_at": "2026-11-02T08:00:00+07:00",
        "due_at": "2026-11-20T17:00:00+07:00",
        "note": "Chờ xác nhận nghĩa vụ tài chính của cơ quan thuế.",
    }
