"""A centre's template in a process of its own, and the shipped one in its place."""

import io
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks.forms.pages import text_of
from config.errors import MistakeCode
from config.forms import worker
from config.forms.engine import Output, TemplateError
from config.forms.rendering import render
from config.forms.samples import usual_appointment
from config.forms.versions import SHIPPED
from config.forms.worker import TypesetJob, answer, typeset_limited
from config.letter import render_forms

DAY = date(2026, 11, 20)
NAME = "appointment.2025-09-15.typ"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A centre's folder with its own wording."""
    for file in SHIPPED.glob("*.typ"):
        changed = file.read_text().replace("Nội dung yêu cầu giải quyết", "Nội dung đề nghị")
        (tmp_path / file.name).write_text(changed)
    return tmp_path


@pytest.mark.slow
def test_the_centres_own_wording_is_printed(own, now) -> None:
    rendering = render(usual_appointment(1), DAY, now, own=own)
    assert "Nội dung đề nghị: Đăng ký" in text_of(rendering.pdf)
    assert (rendering.mistakes, rendering.template.is_own) == ((), True)


@pytest.mark.slow
def test_a_broken_template_is_named_and_the_shipped_one_used(own, now) -> None:
    (own / NAME).write_text('#import "common.typ": *\n\n#foo')
    rendering = render(usual_appointment(1), DAY, now, own=own)
    assert "Nội dung yêu cầu giải quyết: Đăng ký" in text_of(rendering.pdf)
    assert not rendering.template.is_own
    (mistake,) = rendering.mistakes
    assert (mistake.path, mistake.code, mistake.line) == (NAME, MistakeCode.TEMPLATE_BROKEN, 3)
    letter = render_forms(own, rendering.mistakes)
    assert "Mẫu có sẵn được dùng thay" in letter
    assert "dòng 3" in letter


def test_a_template_that_reaches_out_is_not_even_started(own, now) -> None:
    (own / "common.typ").write_text('#import "@preview/cetz:0.1.0"')
    rendering = render(usual_appointment(1), DAY, now, own=own)
    assert not rendering.template.is_own
    assert rendering.mistakes[0].code is MistakeCode.TEMPLATE_REACHES_OUT


def job(file: Path, now) -> TypesetJob:
    return TypesetJob(file, "{}", now, Output.PNG, 20)


@pytest.mark.slow
def test_a_template_that_never_ends_is_given_up(tmp_path, now) -> None:
    file = tmp_path / NAME
    file.write_text("#for i in range(100000) { for j in range(100000) { let sum = i + j } }")
    with pytest.raises(TemplateError) as error:
        typeset_limited(job(file, now), seconds=0.6)
    assert error.value.mistake.code is MistakeCode.TEMPLATE_ENDLESS


def test_the_worker_answers_with_pages_or_a_mistake(tmp_path, now, monkeypatch) -> None:
    limits = []
    monkeypatch.setattr(worker, "setrlimit", lambda *limit: limits.append(limit))
    file = tmp_path / NAME
    for markup, expected in (("x", b'"mistake":null'), ("#foo", b'"code":"template_broken"')):
        file.write_text(markup)
        given, made = worker._jobs.dump_json(job(file, now)), io.BytesIO()
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
        monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=made))
        worker.main()
        assert made.getvalue() == answer(given)
        assert expected in made.getvalue()
    assert len(limits) == 4


def test_a_process_that_dies_is_the_templates_mistake(tmp_path, now, monkeypatch) -> None:
    monkeypatch.setattr(worker.sys, "executable", "/bin/false")
    with pytest.raises(TemplateError) as error:
        typeset_limited(job(tmp_path / NAME, now))
    assert error.value.mistake.code is MistakeCode.TEMPLATE_ENDLESS
