"""Worker process that typesets one form from a centre's own template, with limits of time and memory and no network.

A job on standard input, pages or a mistake on standard output. `python -m config.forms.worker` is started by
`typeset_limited` only: a template that never ends must not hold up the program that prints.
"""

import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from resource import RLIMIT_AS, RLIMIT_CPU, setrlimit
from typing import Final

from pydantic import ConfigDict, TypeAdapter, with_config

from config.errors import Mistake, MistakeCode
from config.forms.engine import Output, TemplateError, typeset

SECONDS: Final = 10
MOST_MEMORY: Final = 2**30
_NO_NETWORK: Final = "http://127.0.0.1:9"
_ENVIRONMENT: Final = {
    "PATH": "/usr/bin:/bin",
    "LC_ALL": "C.UTF-8",
    **dict.fromkeys(("http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"), _NO_NETWORK),
}


@dataclass(frozen=True, slots=True)
class TypesetJob:
    """The arguments of `typeset`."""

    template: Path
    data: str
    now: datetime
    output: Output
    ppi: int


@with_config(ConfigDict(ser_json_bytes="base64", val_json_bytes="base64"))
@dataclass(frozen=True, slots=True)
class TypesetOutcome:
    """The pages, or what is wrong with the template."""

    pages: tuple[bytes, ...] = ()
    mistake: Mistake | None = None


_jobs: Final = TypeAdapter(TypesetJob)
_outcomes: Final = TypeAdapter(TypesetOutcome)


def typeset_limited(job: TypesetJob, seconds: float = SECONDS) -> tuple[bytes, ...]:
    """As `typeset`, in a process of its own that is killed after so many seconds."""
    try:
        done = subprocess.run(
            (sys.executable, "-P", "-m", "config.forms.worker"),
            input=_jobs.dump_json(job),
            capture_output=True,
            timeout=seconds,
            env=_ENVIRONMENT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TemplateError(_endless(job)) from error
    if done.returncode:
        raise TemplateError(_endless(job))
    outcome = _outcomes.validate_json(done.stdout)
    if outcome.mistake is not None:
        raise TemplateError(outcome.mistake)
    return outcome.pages


def answer(text: bytes) -> bytes:
    """The outcome of a job, both as JSON."""
    job = _jobs.validate_json(text)
    try:
        outcome = TypesetOutcome(typeset(job.template, job.data, job.now, job.output, job.ppi))
    except TemplateError as error:
        outcome = TypesetOutcome(mistake=error.mistake)
    return _outcomes.dump_json(outcome)


def main() -> None:
    """Read the job, write the outcome."""
    setrlimit(RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    setrlimit(RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))


def _endless(job: TypesetJob) -> Mistake:
    return Mistake(job.template.name, MistakeCode.TEMPLATE_ENDLESS, str(SECONDS))


if __name__ == "__main__":
    main()
