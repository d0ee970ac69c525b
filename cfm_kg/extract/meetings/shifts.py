"""The day of a meeting told by another: so many days before or after it."""

from __future__ import annotations

import re

from cfm_kg.extract.context import Context
from cfm_kg.model import DateMention
from cfm_kg.units import Sentence, Unit

_DIGITS = re.compile(r"\d+")


def shifted_date(context: Context, sentence: Sentence, at: int) -> DateMention | None:
    """The date of a council's meeting of which a dated one is so many days ahead, or behind."""
    for rule, match in context.matches("day_shifts", sentence):
        if match.start("body") != at:
            continue
        known = sentence.units[match.start("known")].mention
        days = int(rule.means["sign"]) * _count(sentence.units[match.start("count")])
        if isinstance(known, DateMention) and known.date is not None and known.date.exact is not None:
            day = (known.end or known.date if days > 0 else known.date).shift(days)
            chain = (*known.chain, f"{days:+d} days from {known.date}")
            return DateMention(known.span, day, None, day.month, day.day, chain, relative=True)
    return None


def _count(unit: Unit) -> int:
    digits = _DIGITS.match(unit.text)
    return int(digits[0] if digits else unit.value("NUMWORD") or unit.value("DAYSPAN") or 1)
