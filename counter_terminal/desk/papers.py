"""Slips of the desk, filled from templates: the papers of a procedure, a dossier's appointment, and the apology for a late one.

They hold what catalogue and register know. What those do not know, such as the citizen and the officer who received the
dossier, stands on no line.
"""

from datetime import date, datetime
from typing import Final

from config.forms.appointment import AppointmentForm
from config.forms.thermal import appointment_entries, appointment_values
from config.forms.values import HandedInPaper
from config.slips.published import (
    checklist_entries,
    checklist_values,
    lines_of_omitted,
    page_on,
)
from counter_terminal.desk.setup import DeskSetup, Named, Paper, PaperSetup
from drivers.filling import fill
from drivers.shortening import LIST, Listing
from drivers.slip import Slip
from hub.messages import DossierView
from service_floor.procedures.model import Procedure
from service_floor.vietnamese.formats import short_date
from service_floor.zone import local

NEW_DAYS: Final = (1, 2, 3, 5, 10)
"""The apology offers these working days from today as the new day."""
_OF: Final = "@"

Subject = DossierView | Procedure
"""What a slip is about."""


class Papers:
    """Offers and fills the slips of one desk; without a setup the desk has no printer and offers none."""

    def __init__(self, setup: DeskSetup) -> None:
        self._setup = setup.papers
        self._sentences = setup.sentences

    def offers(self, subject: Subject | None, now: datetime | None) -> tuple[Named, ...]:
        """What can be printed of this; the id is handed back to `slip`."""
        if self._setup is None or subject is None or now is None:
            return ()
        if isinstance(subject, Procedure):
            return (self._offer(Paper.CHECKLIST),)
        if subject.due_at is None or subject.finished_at is not None:
            return ()
        offers = [self._offer(Paper.APPOINTMENT)]
        if subject.standing == "overdue":
            today = local(now).date()
            days = (self._setup.working_day(today, count) for count in NEW_DAYS)
            offers += [self._offer(Paper.APOLOGY, day) for day in days]
        return tuple(offers)

    def slip(self, subject: Subject, offer: str, now: datetime) -> Slip | None:
        """The slip of an offer, as job `slip-code`; None for what is not offered."""
        if offer not in {each.id for each in self.offers(subject, now)} or self._setup is None:
            return None
        name, _, day = offer.partition(_OF)
        paper = Paper(name)
        template, blanks = self._setup.templates[paper], self._setup.blanks[paper]
        job = f"{paper}-{subject.code}"
        if isinstance(subject, Procedure):
            return self._list(job, subject, self._setup)
        form = self.form(subject)
        values = appointment_values(form, self._sentences)
        if paper is Paper.APPOINTMENT:
            # Until citizen and papers are known it is a note of the day, and not the form of the law.
            values |= {"form": self._sentences.say("papers.appointment")}
            entries = appointment_entries(form, self._sentences)
            return fill(job, template, {**blanks, **values}, entries)
        values |= {
            "form": self._setup.form(paper, local(now).date()),
            "date": short_date(now),
            "new_date": short_date(date.fromisoformat(day)),
        }
        return fill(job, template, {**blanks, **values})

    def _list(self, job: str, procedure: Procedure, setup: PaperSetup) -> Slip:
        words = self._sentences
        template = setup.templates[Paper.CHECKLIST]
        page = page_on(template, procedure, setup.procedure_page)
        listing = Listing(
            template=template,
            values={**setup.blanks[Paper.CHECKLIST], **checklist_values(procedure, words)},
            entries=checklist_entries(procedure, words)[LIST],
            note=lambda omitted: lines_of_omitted(omitted.papers, omitted.groups, page, words),
            short_values={"whole": page},
        )
        return listing.slip(job, setup.list_length)[0]

    def form(self, dossier: DossierView) -> AppointmentForm:
        """Form 01 with what the register knows: neither the citizen nor the single papers."""
        as_handed_in = HandedInPaper(name=self._sentences.say("papers.as_handed_in"))
        return AppointmentForm(
            dossier=dossier.code,
            request=dossier.procedure,
            agency=dossier.agency,
            papers=(as_handed_in,),
            received_at=dossier.received_at,
            due_at=dossier.due_at,
        )

    def _offer(self, paper: Paper, day: date | None = None) -> Named:
        if day is None:
            return Named(paper.value, self._sentences.say(f"papers.{paper}"))
        text = self._sentences.say(f"papers.{paper}", day=short_date(day))
        return Named(f"{paper}{_OF}{day.isoformat()}", text)
