"""A small catalogue with real names."""

import pytest

from service_floor.procedures.catalogue import Catalogue
from service_floor.procedures.model import Level, Procedure
from service_floor.procedures.synonyms import Saying, Synonyms

COMMUNE, PROVINCE = (Level.COMMUNE,), (Level.PROVINCE,)

PROCEDURES = (
    Procedure("1.001193", "Thủ tục đăng ký khai sinh", "Hộ tịch", COMMUNE),
    Procedure("1.004884", "Thủ tục đăng ký lại khai sinh", "Hộ tịch", COMMUNE),
    Procedure("1.000894", "Thủ tục đăng ký kết hôn", "Hộ tịch", COMMUNE),
    Procedure("2.000806", "Thủ tục đăng ký kết hôn có yếu tố nước ngoài", "Hộ tịch", COMMUNE),
    Procedure("1.004873", "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân", "Hộ tịch", COMMUNE),
    Procedure("1.003197", "Xóa đăng ký thường trú", "Đăng ký, quản lý cư trú", COMMUNE),
    Procedure("1.004222", "Đăng ký thường trú", "Đăng ký, quản lý cư trú", COMMUNE),
    Procedure("1.012784", "Tách thửa hoặc hợp thửa đất.", "Đất đai", PROVINCE),
    Procedure("1.001612", "Đăng ký thành lập hộ kinh doanh", "Hộ kinh doanh", COMMUNE),
    Procedure("1.013227", "Gia hạn giấy phép xây dựng", "Hoạt động xây dựng", (Level.MINISTRY,)),
    Procedure("2.000815", "Chứng thực bản sao từ bản chính", "Chứng thực", (Level.OTHER,)),
    Procedure(
        "3.000348", "Cấp lại giấy phép lái xe", "Sát hạch", PROVINCE, results=("Bằng mô tô",)
    ),
    Procedure("1.001456", "Cấp hộ chiếu phổ thông ở trong nước", "Xuất nhập cảnh", PROVINCE),
    Procedure("6.001430", "Xây dựng chương trình phát triển nhà ở cấp tỉnh", "Nhà ở", PROVINCE),
)

SYNONYMS = Synonyms(
    [
        Saying("cắt khẩu", ("xóa đăng ký thường trú",)),
        Saying("giấy độc thân", ("xác nhận tình trạng hôn nhân",)),
        Saying("nhập khẩu", ("đăng ký thường trú",)),
        Saying("nhập khẩu cho con", ("đăng ký khai sinh", "đăng ký thường trú")),
    ],
    idle=("làm", "xin", "cho"),
    narrowing=("lại", "nước ngoài", "xóa"),
)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue(PROCEDURES, SYNONYMS)
