import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.slip import (
    Align,
    Barcode,
    Columns,
    Cut,
    Feed,
    Image,
    QrCode,
    Rule,
    Slip,
    Text,
)
from drivers.spool.slips import UnreadableSlipError, read, written

WORDS = st.text(max_size=20)
BLOCKS = st.one_of(
    st.builds(Text, WORDS, st.sampled_from(Align), st.integers(1, 8), st.booleans()),
    st.builds(Columns, WORDS, WORDS, st.booleans()),
    st.just(Rule()),
    st.builds(Feed, st.integers(0, 9)),
    st.builds(QrCode, WORDS, st.integers(1, 16)),
    st.builds(Barcode, WORDS, st.integers(1, 255)),
    st.builds(Image, WORDS),
    st.just(Cut()),
)


@given(st.builds(Slip, WORDS, st.lists(BLOCKS, max_size=8).map(tuple), st.booleans()))
def test_a_slip_comes_back_as_it_was(slip):
    assert read(written(slip)) == slip


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"job": "a"}', '{"job": "a", "blocks": [{"block": "drum"}]}', '{"job":"a","blocks":[{"block":"text","colour":1}]}', '{"job":"a","blocks":[{"block":"text","text":"","align":"up"}]}', '{"job":"a","blocks":[3]}'],
)  # fmt: skip
def test_what_is_no_slip_is_refused(text):
    with pytest.raises(UnreadableSlipError):
        read(text)
