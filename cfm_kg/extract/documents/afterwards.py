"""What is said of documents after they were told of: "All three were signed", "They go to the summit"."""

from __future__ import annotations

import re

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.actions import ACTS, Deed, upward_acts
from cfm_kg.extract.documents.acts import NONE, Act, Voice
from cfm_kg.extract.documents.headers import Header
from cfm_kg.extract.documents.items import item_start
from cfm_kg.extract.documents.ledger import Ledger
from cfm_kg.extract.documents.owners import Owners, dated_elsewhere
from cfm_kg.extract.documents.phrases import MANY, OTHER, Phrase
from cfm_kg.extract.documents.told import Told, told
from cfm_kg.model import Span

_DONE = frozenset({"adopt", "sign", "approve", "refer"})
_CONSIDER, _PROPOSE, _REFER = "consider", "propose", "refer"
_BOTH = 2
_RECALLS, _DECIDED, _PASSED_ON = "document_recalls", "document_decided", "document_passed_on"
_TOTALS, _PARTS = "document_totals", "document_parts"
_GROUPS = (_RECALLS, _DECIDED, _PASSED_ON, _TOTALS, _PARTS)
_SOMEHOW = Act(0, 0, 0, "send", Voice.SUBJECT, False, "unknown-verb")


def look_back(context: Context, here: Told, owners: Owners, ledger: Ledger, header: Header | None) -> None:
    """Take in what a sentence says of the documents told of before it."""
    if not context.may(_GROUPS, here.sentence):
        return
    retell(context, here, owners, ledger)
    _decide(context, here, owners, ledger)
    _pass_on(context, here, owners, ledger)
    _sum_up(context, here, owners, ledger, header)
    _count_parts(context, here, owners, ledger)


def retell(context: Context, here: Told, owners: Owners, ledger: Ledger) -> None:
    """Let a verb for all documents listed before outweigh what their list says."""
    for rule, match in context.matches(_RECALLS, here.sentence):
        name = rule.means.get("act") or here.sentence.units[match.start("verb")].value("ACT")
        heading = "heading" in rule.means
        besides = _CONSIDER if heading else _PROPOSE if "last" in rule.means else NONE
        if name is None or name not in (*_DONE, besides):
            continue
        meeting = owners.doer(here.sentence)
        if dated_elsewhere(context, here.sentence, here.phrases, meeting):
            continue
        ups = upward_acts(context, here.sentence, here.acts, here.phrases, meeting)
        verb = match.start("verb")
        upwards = verb in ups or ("last" in rule.means and any(at > verb for at in ups))
        deed = Deed(name, meeting, reported=True, upwards=upwards)
        if heading and not _enter_heading(context, here, deed, ledger):
            continue
        if "place" in match.re.groupindex:
            _retell_some(context, here, deed, match, ledger)
            continue
        if "count" not in match.re.groupindex:
            if here.sentence.index:
                before = context.sentences[here.sentence.index - 1].span
                ledger.retell_all(deed, before, last="last" in rule.means)
            continue
        said = match.start("count")
        number = here.sentence.units[said].value("NUMWORD") or here.sentence.units[said].text
        if said < 0 or number.isdigit():
            ledger.retell(deed, int(number) if said >= 0 else _BOTH)


def _enter_heading(context: Context, here: Told, deed: Deed, ledger: Ledger) -> bool:
    """Enter the document that stands alone, like a heading, before its verdict; False where none does."""
    if not here.sentence.index or any(phrase.all_titles for phrase in here.phrases):
        return False
    before = told(context, context.sentences[here.sentence.index - 1])
    if len(before.phrases) != 1 or before.acts or before.sentence.paragraph < here.sentence.paragraph - 1:
        return False
    lone, units = before.phrases[0], before.sentence.units
    if lone.title is None or lone.first > item_start(before.sentence):
        return False
    several = any(MANY in unit.values for unit in units[lone.head + 1 : lone.last])
    if several or any(unit.text.isalnum() for unit in units[lone.last :]):
        return False  # "List of documents" heads more than one
    if lone.title not in ledger.entered():
        ledger.enter(before.sentence, lone, lone.all_titles, deed, "judged-after", None, before.initiators)
    return True


def _retell_some(context: Context, here: Told, deed: Deed, match: re.Match[str], ledger: Ledger) -> None:
    """Let a verb for the first or the last documents of a list outweigh it: "The first two were signed"."""
    if not here.sentence.index or any(phrase.all_titles for phrase in here.phrases):
        return
    order = int(here.sentence.units[match.start("place")].value("ORDREF") or 0)
    said = match.start("count")
    number = (
        (here.sentence.units[said].value("NUMWORD") or here.sentence.units[said].text) if said >= 0 else "1"
    )
    if number.isdigit():
        ledger.retell_some(deed, context.sentences[here.sentence.index - 1].span, order, int(number))


def _decide(context: Context, here: Told, owners: Owners, ledger: Ledger) -> None:
    """Take in what a sentence says at its end of the documents it told of: "… and recommended them"."""
    for rule, match in context.matches(_DECIDED, here.sentence):
        name = rule.means.get("act") or here.sentence.units[match.start("verb")].value("ACT") or NONE
        meeting = owners.told_in(here.sentence)
        deed = Deed(name, meeting, reported=True)
        done = deed.amounts_to(any(phrase.draft for phrase in here.phrases))
        told_before = Span(here.sentence.span.start, here.sentence.units[match.start()].start)
        if done is not None and name in _DONE:
            # What goes up was handled by those below, even where the sentence is told of those above.
            number = int(rule.means["number"]) if "number" in rule.means else None
            ledger.decide(
                None if name == _REFER else meeting.key, told_before, done, number, "whole" in rule.means
            )


def _pass_on(context: Context, here: Told, owners: Owners, ledger: Ledger) -> None:
    """Take in that what was told of before goes up: "It will be submitted to the presidents"."""
    passed = context.matches(_PASSED_ON, here.sentence)
    if not passed or not here.sentence.index or any(phrase.all_titles for phrase in here.phrases):
        return
    for rule, match in passed:
        verb = here.sentence.units[match.start("verb")] if "verb" in match.re.groupindex else None
        agreed = verb is not None and verb.value("ACT") in _DONE
        # What has been agreed was so by those who met, not by those who are yet to meet.
        meeting = owners.meetings[0] if agreed else owners.announcer(here.sentence)
        acts = here.acts or (_SOMEHOW,)
        if upward_acts(context, here.sentence, acts, here.phrases, meeting):
            before = context.sentences[here.sentence.index - 1].span
            ledger.pass_on(meeting.key, before, several="plural" in rule.means, agreed=agreed)


def _sum_up(context: Context, here: Told, owners: Owners, ledger: Ledger, header: Header | None) -> None:
    """Count the documents of which a sentence tells no more than how many they were in all."""
    matches = tuple(context.matches(_TOTALS, here.sentence))
    if not matches:
        return
    meeting = owners.told_in(here.sentence)
    last = ledger.documents[-1] if ledger.documents else None
    if header is not None and header.deed.meeting is meeting:
        deed = header.deed
    elif last is not None and last.meeting == meeting.key:
        deed = Deed(ACTS[last.action], meeting)
    elif any("of_before" in rule.means for rule, _ in matches):
        return
    else:
        deed = Deed(_CONSIDER, meeting)
    for rule, match in matches:
        if "of_them" in rule.means and header is not None and not here.phrases:
            unit = here.sentence.units[match.start("count")]
            number = unit.value("NUMWORD") or unit.text
            whole = Phrase(match.start(), match.start(), match.end(), header.kind or OTHER, None, plural=True)
            ledger.count(here.sentence, whole, int(number) if number.isdigit() else None, deed, rule.name)
    for each in here.handled:
        if each.act is None and each.phrase.plural:
            ledger.count(here.sentence, each.phrase, each.phrase.count, deed, "counted-in-all")


def _count_parts(context: Context, here: Told, owners: Owners, ledger: Ledger) -> None:
    """Count what befell parts of a number of documents: "of which three were signed and four adopted"."""
    if not here.phrases:
        return
    whole = next((p for p in here.phrases if p.plural and p.count is not None), None)
    if whole is None or whole.count is None:
        return
    for rule, match in context.matches(_PARTS, here.sentence):
        unit = here.sentence.units[match.start("count")]
        number = unit.value("NUMWORD") or unit.text
        name = rule.means.get("act") or here.sentence.units[match.start("verb")].value("ACT")
        inner = "whole" in match.re.groupindex or match.start() >= whole.last
        if name is None or not inner or not number.isdigit() or int(number) >= whole.count:
            continue
        deed = Deed(name, owners.told_in(here.sentence), reported=True)
        ledger.count(here.sentence, whole, int(number), deed, rule.name)
