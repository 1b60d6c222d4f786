import pytest

from benchmarks.scanning.desk import DOSSIERS, code_of
from service_floor.dossiers.codes import find_dossier_code


@pytest.mark.slow
def test_each_dossier_of_the_register_has_a_code_of_its_own() -> None:
    codes = [code_of(number) for number in range(DOSSIERS)]

    assert len(set(codes)) == DOSSIERS
    assert all(find_dossier_code(code) == code for code in codes[::997])
