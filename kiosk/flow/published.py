"""What a procedure says of its limit, fee and papers, in words. What was not published is said to be so."""

from kiosk.texts import Sentences
from service_floor.procedures.model import Paper, Procedure
from service_floor.vietnamese.formats import decimal, money


def limit_of(procedure: Procedure, texts: Sentences) -> str:
    """How long it may take, in the source's own words where it has some."""
    limit = procedure.limit
    if limit.text:
        return limit.text
    if limit.amount is None:
        return texts.say("procedure.not_published")
    return texts.say(f"limit.{limit.unit.value}", amount=decimal(limit.amount))


def fee_of(procedure: Procedure, texts: Sentences) -> str:
    """What it costs, with what the source adds to it."""
    if procedure.fee is None:
        return procedure.fee_note or texts.say("procedure.not_published")
    amount = money(procedure.fee)
    return f"{amount} ({procedure.fee_note})" if procedure.fee_note else amount


def copies_of(paper: Paper, texts: Sentences) -> str:
    """How many originals and copies; empty for a remark."""
    counts = (("procedure.originals", paper.originals), ("procedure.copies", paper.copies))
    return ", ".join(texts.say(key, count=count) for key, count in counts if count)
