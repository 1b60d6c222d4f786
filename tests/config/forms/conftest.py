"""The moment of every form under test."""

from datetime import datetime

import pytest

from config.forms.samples import RECEIVED as NOW


@pytest.fixture
def now() -> datetime:
    return NOW
