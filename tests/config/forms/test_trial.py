"""A centre's templates tried with every sample."""

import pytest

from config.errors import MistakeCode
from config.forms.trial import mistakes_in_templates
from config.forms.versions import SHIPPED

NEW = "appointment.2025-09-15.typ"


@pytest.mark.slow
def test_a_mistake_that_only_some_values_meet_is_found(tmp_path, now) -> None:
    for name in ("common.typ", NEW):
        (tmp_path / name).write_bytes((SHIPPED / name).read_bytes())
    file = tmp_path / NEW
    text = file.read_text("utf-8")
    assert mistakes_in_templates(tmp_path, now) == ()
    file.write_text(text + "\n#if form.papers.len() > 30 { nowhere }", "utf-8")
    (mistake,) = mistakes_in_templates(tmp_path, now)
    line = text.count("\n") + 2
    assert (mistake.path, mistake.code, mistake.line) == (NEW, MistakeCode.TEMPLATE_BROKEN, line)


def test_what_a_look_finds_is_told_too(tmp_path, now) -> None:
    (tmp_path / NEW).write_text('#eval("1")')
    (mistake,) = mistakes_in_templates(tmp_path, now)
    assert mistake.code is MistakeCode.TEMPLATE_REACHES_OUT
