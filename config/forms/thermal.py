"""Thermal slip of form 01: the same value object as the placeholders of the slip's template.

The words are those of the program that prints: `papers` and `procedure` of its sentences.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from config.forms.appointment import AppointmentForm
from config.forms.values import HandedInPaper
from config.model.moments import When
from plumbing.sentences import Sentences
from service_floor.vietnamese.formats import clock, short_date


def appointment_values(form: AppointmentForm, texts: Sentences) -> dict[str, str]:
    """The single placeholders, without those of every slip; what is unknown is empty."""
    return {
        "dossier": form.dossier,
        "tracking": form.tracking,
        "agency": form.agency or form.receiver,
        "citizen": form.citizen,
        "channel": form.channel,
        "address_of_citizen": form.address,
        "phone": form.phone,
        "email": form.email,
        "identity": form.identity,
        "request": form.request,
        "owner": form.owner,
        "owner_address": form.owner_address,
        "sets": form.sets,
        "limit": form.limit,
        "received_at": _when("received", form.received_at, texts),
        "received_date": short_date(form.received_at) if form.received_at else "",
        "due_at": _when("due", form.due_at, texts),
        "due_date": short_date(form.due_at) if form.due_at else "",
        "return_at": form.return_at,
        "officer": form.officer,
    }


def appointment_entries(
    form: AppointmentForm, texts: Sentences
) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """The papers, each with its counts."""
    return {
        "papers": [
            {"paper": paper.name, "copies": ", ".join(_counts(paper, texts))}
            for paper in form.papers
        ]
    }


def _counts(paper: HandedInPaper, texts: Sentences) -> Iterator[str]:
    if paper.originals:
        yield texts.say("procedure.originals", count=paper.originals)
    if paper.certified:
        yield texts.say("papers.certified", count=paper.certified)
    if paper.copies:
        yield texts.say("procedure.copies", count=paper.copies)


def _when(name: str, when: When | None, texts: Sentences) -> str:
    if when is None:
        return ""
    if isinstance(when, datetime):
        return texts.say(f"papers.{name}_at", time=clock(when), date=short_date(when))
    return texts.say(f"papers.{name}_day", date=short_date(when))
