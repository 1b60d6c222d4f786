import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_the_arrows_of_import_point_as_agreed(pytestconfig) -> None:
    # In a process of its own: the linter rearranges the logging of the one that it runs in.
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"],
        cwd=pytestconfig.rootpath,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
