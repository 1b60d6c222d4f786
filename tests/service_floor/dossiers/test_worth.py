"""Of the codes of one paper the most useful counts; codes of one meaning are one."""

import pytest

from service_floor.dossiers.scans import ScanKind
from service_floor.dossiers.worth import Worth, appraisal, appraise, most_useful

DOSSIER = "H56.14-240823-0001"
ADDRESS = f"https://dvc.vn/?ma={DOSSIER}"
OTHER = "H56.14-240823-0002"
TICKET = "00112233445566ff"
CARD = "038090001234||X|12031990|Nam|Y|15042021"
ZALO = "https://zalo.me/2730417321"


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        ((ZALO, DOSSIER), (DOSSIER,)),
        ((CARD, TICKET, ADDRESS), (ADDRESS,)),
        ((ADDRESS, DOSSIER), (ADDRESS,)),
        ((DOSSIER, OTHER, ZALO), (DOSSIER, OTHER)),
        ((ZALO, "A1042", f"https://mc.vn/t/{TICKET}"), (f"https://mc.vn/t/{TICKET}",)),
        (("1.004222", CARD), ("1.004222",)),
        ((ZALO, CARD), (CARD,)),
        ((ZALO, "G09.99-240823-0001"), ("G09.99-240823-0001",)),
        ((ZALO, "x"), (ZALO, "x")),
        ((), ()),
    ],
)
def test_the_most_useful_counts(texts: tuple[str, ...], meant: tuple[str, ...]) -> None:
    assert most_useful(texts, ("H56",)) == meant


def test_a_place_has_its_own_order() -> None:
    order = (ScanKind.IDENTITY_CARD, ScanKind.DOSSIER)
    assert appraise(CARD, order=order).is_best
    assert appraise(DOSSIER, order=order).rank == appraise(CARD, order=order).rank - 1
    assert appraise("1.004222", order=order) == Worth(0, "unknown 1.004222")
    assert appraisal(["H57"])(DOSSIER).meaning == "other_centre"
