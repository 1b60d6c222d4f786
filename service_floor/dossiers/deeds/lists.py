"""Lists of missing papers that bind the centre: the earlier ones of a person or ticket chain for the same procedure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from service_floor.dossiers.life.books import Books
from service_floor.dossiers.life.cases import DossierCase
from service_floor.dossiers.life.records import (
    LONGEST_TEXT,
    Advice,
    AdviceKind,
    DossierLife,
    PersonRef,
    Trail,
    stated,
)
from service_floor.dossiers.life.rule_sets import RuleSet, rules_named
from service_floor.procedures.model import national_code, same_procedure
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.refusals import Refusal, RefusalCode
from service_floor.zone import business_day

MOST_PAPERS: Final = 100
"""Of a list; more is a mistake of the sender."""


class SecondRefusal(RefusalCode):
    """Why a list is refused. `asked_on` is the ISO day of the earlier one, `count` how many papers were not on it."""

    SECOND_REQUEST = "second_request", "asked_on", "count"
    EMPTY_LIST = "empty_list"
    LIST_TOO_LONG = "list_too_long", "limit"

    @classmethod
    def of(cls, earlier: datetime, count: int) -> Refusal:
        """The refusal of a second request."""
        data: dict[str, str | int] = {"asked_on": business_day(earlier).isoformat(), "count": count}
        return Refusal(cls.SECOND_REQUEST, data)


def whole_list(missing: Collection[str]) -> tuple[str, ...] | Refusal:
    """The list as it is kept: each paper once, in its order, numbers of persons masked; refused where it is empty or too long."""
    papers = tuple(dict.fromkeys(text for each in missing if (text := stated(each))))
    if not papers:
        return Refusal(SecondRefusal.EMPTY_LIST)
    if len(papers) > MOST_PAPERS or any(len(paper.strip()) > LONGEST_TEXT for paper in missing):
        return Refusal(SecondRefusal.LIST_TOO_LONG, {"limit": MOST_PAPERS})
    return papers


def trail_key(person: str, procedure: str) -> str:
    """The key of what one person was given for one procedure, by its national code."""
    return f"{person}/{national_code(procedure)}"


def keep_list(books: Books, advice: Advice, person: PersonRef | None) -> None:
    """Enter a list, under its person where that is known."""
    if books.find(Advice, advice.key) is not None:
        raise ImpossibleEventError(f"list {advice.key} exists")
    books.put(advice)
    if person is not None:
        key = trail_key(person.ref, advice.procedure)
        trail = books.find(Trail, key) or Trail(key)
        books.put(replace(trail, advice=(*trail.advice, advice.key)))


def keep_list_of(books: Books, life: DossierLife, missing: Sequence[str], at: datetime) -> None:
    """Enter the list that the next deed on a dossier gives to its applicant."""
    if missing:
        kind, key = AdviceKind.SUPPLEMENT, list_key(life.code, life.changes + 1)
        advice = Advice(key, kind, life.procedure, tuple(missing), at)
        keep_list(books, advice, life.applicant)


def list_key(dossier: str, changes: int) -> str:
    """The key of the list that the n-th change of a dossier gave."""
    return f"{dossier}/{changes}"


def take_back_list(books: Books, life: DossierLife) -> None:
    """The list that the last deed on a dossier gave binds no more: the deed is undone."""
    trail = books.find(Trail, trail_key(life.applicant.ref, life.procedure))
    if trail is not None:
        gone = list_key(life.code, life.changes)
        books.put(replace(trail, advice=tuple(key for key in trail.advice if key != gone)))


def binding_lists(
    books: Books, person: str, procedure: str, follows: str, now: datetime, rules: RuleSet
) -> Sequence[Advice]:
    """The earlier lists that bind, oldest first: those of the person, and the one whose paper the citizen brought."""
    trail = books.find(Trail, trail_key(person, procedure))
    keys = dict.fromkeys((*(trail.advice if trail else ()), follows))
    since = now - timedelta(days=rules.lists_bind_for_days)
    known = (books.find(Advice, key) for key in keys if key)
    return sorted(
        (
            advice
            for advice in known
            if advice is not None
            and advice.missing
            and advice.at >= since
            and same_procedure(advice.procedure, procedure)
        ),
        key=lambda advice: advice.at,
    )


def second_request(
    case: DossierCase, life: DossierLife, missing: Collection[str]
) -> Refusal | None:
    """The refusal where asking for these papers of a dossier is a second request, with the day of the first."""
    rules = rules_named(life.terms.rules, case.plan.rule_sets)
    if len(life.requests) >= rules.supplements:
        return SecondRefusal.of(life.requests[-1].at, len(missing))
    thread = (life.applicant.ref, life.procedure, life.follows)
    lists = binding_lists(case.books, *thread, case.now, rules)
    new = not_listed(lists, missing)
    return SecondRefusal.of(lists[-1].at, len(new)) if lists and new else None


def not_listed(lists: Iterable[Advice], missing: Iterable[str]) -> tuple[str, ...]:
    """The papers that no earlier list names."""
    named = {paper for advice in lists for paper in advice.missing}
    return tuple(paper for paper in missing if paper not in named)
