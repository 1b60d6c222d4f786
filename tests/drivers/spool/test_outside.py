"""A sample and a calibration know what the queue left in the printer, and leave word of what they left there."""

import pytest

from drivers.spool.outside import is_torn, keep_torn


@pytest.mark.parametrize("torn", [None, False])
def test_without_a_queue_nothing_is_torn_and_no_file_is_made(file, torn):
    keep_torn(file, torn)
    assert not is_torn(file)
    assert not file.exists()


def test_what_a_sample_left_is_known_to_the_queue_and_the_other_way_round(file, store):
    keep_torn(file, torn=True)
    assert store.paper.is_torn
    keep_torn(file, torn=None)
    assert is_torn(file)
    keep_torn(file, torn=False)
    assert not store.paper.is_torn
