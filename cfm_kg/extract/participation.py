"""Who took part in a meeting, who presided, who was missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from cfm_kg.extract.context import Context
from cfm_kg.extract.lands import country_of, lands_listed
from cfm_kg.extract.scenes import (
    Scene,
    behind_label,
    elsewhere,
    goes_on,
    is_item,
    matched,
    opens_list,
    weak_rules,
)
from cfm_kg.extract.seats import seats_of
from cfm_kg.extract.standins import empty_seats, stood_in
from cfm_kg.model import Evidence, MeetingFrame, Participation, PersonMention, Stance
from cfm_kg.units import Sentence

_LIST = 3
"""So many people in a sentence make a list of those who were there."""
_NEAR = 4
_VISITS = "guest-attends"
_HE_CHAIRED, _HE_CAME, _I_CHAIRED, _NAMES = "pronouns_chair", "pronouns", "speakers_chair", "chair_names"
_SELDOM = (_HE_CHAIRED, _HE_CAME, _I_CHAIRED, _NAMES)
"""Rules that have something to do in few sentences."""
Told = tuple[Stance, str]
"""A stance and the rule that found it."""


def find_participations(context: Context, meetings: tuple[MeetingFrame, ...]) -> tuple[Participation, ...]:
    """All who are told to have been at, or missing from, each meeting."""
    owners = {index: meeting for meeting in meetings for index in meeting.sentences}
    found: dict[int, list[tuple[int, Participation]]] = {meeting.key: [] for meeting in meetings}
    seats = {meeting.key: seats_of(context, meeting) for meeting in meetings}
    main = next((meeting for meeting in meetings if meeting.main), None)
    listing, before = False, None
    for sentence in context.told:
        meeting = owners.get(sentence.index)
        item = listing and is_item(sentence)
        scene = Scene(context, sentence, meeting, seats[meeting.key], item) if meeting is not None else None
        if scene is not None and meeting is not None and not scene.asks:
            parts = [*_of_sentence(context, scene)]
            if context.may(_SELDOM, sentence):
                parts += _of_pronoun(context, scene, before)
                parts += _of_speaker(context, scene)
                parts += _of_label(context, scene)
            if main is not None and meeting is not main and scene.planned:
                ahead = Scene(context, sentence, main, seats[main.key], False)
                parts += _reports_on_next(ahead)
            for part in parts:
                found[part.meeting].append((sentence.index, part))
        listing = (item and goes_on(sentence)) or opens_list(sentence)
        before = _last_named(sentence)
    weak = weak_rules(context.language)
    told: list[Participation] = []
    for meeting in meetings:
        seated = seats[meeting.key]
        came = tuple(_chaired(stood_in(found[meeting.key], context, seated), weak))
        told += (*came, *empty_seats(came, context, seated))
    return tuple(told)


def _chaired(parts: Iterable[Participation], weak: frozenset[str]) -> Iterator[Participation]:
    """Hosts are taken for chairs only where nobody else is said to have presided."""
    told = tuple(parts)
    sure = any(part.stance is Stance.CHAIR and part.evidence.rule not in weak for part in told)
    for part in told:
        host = part.stance is Stance.CHAIR and part.evidence.rule in weak
        yield replace(part, stance=Stance.PRESENT) if host and sure else part


def _reports_on_next(scene: Scene) -> Iterator[Participation]:
    """Heads of the secretariat who, at the main meeting, told of another that is to come."""
    if scene.planned or scene.outside or not scene.has("REPORTED"):
        return
    for _, unit, person in scene.sentence.people:
        if person.name is not None and scene.seats.serves(person):
            yield Participation(
                scene.meeting.key, Stance.PRESENT, Evidence(unit.span, "secretariat-attends"), person
            )


def _of_pronoun(context: Context, scene: Scene, before: PersonMention | None) -> Iterator[Participation]:
    """What "he" or "she" did there, said of the one named last."""
    if before is None or any(isinstance(u.mention, PersonMention) for u in scene.sentence.units[:3]):
        return
    if not scene.seats.member(before):
        return
    for group, stance in ((_HE_CHAIRED, Stance.CHAIR), (_HE_CAME, Stance.PRESENT)):
        for rule, match in context.matches(group, scene.sentence):
            if not elsewhere(scene.sentence, match.start()) and not scene.has("MAYBE"):
                evidence = Evidence(scene.sentence.over(*match.span()), rule.name)
                yield Participation(scene.meeting.key, stance, evidence, before)
                return


def _of_speaker(context: Context, scene: Scene) -> Iterator[Participation]:
    """That a speaker says that he presided: of a transcript, or the only one named beside his words."""
    for rule, match in context.matches(_I_CHAIRED, scene.sentence):
        label = context.speaker(scene.sentence)
        quoted = _last_named(scene.sentence) if scene.has("SAID") else None
        said = label.mention if label is not None else quoted
        ahead = scene.planned and (scene.has("MAYBE") or not rule.means.get("ahead"))
        if not isinstance(said, PersonMention) or ahead or scene.of_another_day:
            continue
        if scene.seats.member(said):
            evidence = Evidence(scene.sentence.over(*match.span()), rule.name)
            yield Participation(scene.meeting.key, Stance.CHAIR, evidence, said)


def _of_label(context: Context, scene: Scene) -> Iterator[Participation]:
    """Who presided, named first in the line behind a label that says so or a question that asks for it."""
    people = scene.sentence.people
    if not people or people[0][0] > _NEAR or not behind_label(context, scene.sentence):
        return
    named = {at for at, _ in matched(context, scene.sentence, _NAMES)}
    at, unit, person = people[0]
    if at in named and person.name is not None and _may_preside(scene, person):
        yield Participation(scene.meeting.key, Stance.CHAIR, Evidence(unit.span, "chair-label"), person)


def _may_preside(scene: Scene, person: PersonMention) -> bool:
    """Whether somebody said to preside is believed to: a member, or nobody known to be none."""
    seats = scene.seats
    free = seats.below_leader(person) or not seats.barred(person)
    return seats.member(person) or (scene.meeting.main and free and not seats.guest(person))


def _last_named(sentence: Sentence) -> PersonMention | None:
    named = [person for _, _, person in sentence.people if person.name]
    return named[-1] if len(named) == 1 else None


def _of_sentence(context: Context, scene: Scene) -> Iterator[Participation]:
    meeting, absent = scene.meeting, scene.absent
    for at in sorted({*absent, *[at for at, _ in scene.sentence.mentions]}):
        unit = scene.sentence.units[at]
        if isinstance(unit.mention, PersonMention):
            person = scene.seats.specified(unit.mention)
            told = _stance(scene, at, person)
            if told is None and _unnamed_standin(scene, at, person):
                country = scene.seats.country_of(person)
                evidence = Evidence(unit.span, "substitute-attends")
                yield Participation(meeting.key, Stance.PRESENT, evidence, None, country)
            if told is not None:
                stance, rule = told
                guest = stance is not Stance.ABSENT and (rule == _VISITS or scene.seats.guest(person))
                peer = rule == "peer-in-list" or (stance is Stance.CHAIR and scene.seats.peer(person))
                seated = scene.seats.seated(person) if peer else person
                yield Participation(meeting.key, stance, Evidence(unit.span, rule), seated, guest=guest)
        elif at in absent and "PERSON" not in unit.values:
            country = country_of(context, unit)
            if country is not None:
                evidence = Evidence(unit.span, absent[at])
                yield Participation(meeting.key, Stance.ABSENT, evidence, None, country)
    yield from lands_listed(context, scene)


def _stance(scene: Scene, at: int, person: PersonMention) -> Told | None:
    if at in scene.absent:
        return Stance.ABSENT, scene.absent[at]
    seats, main = scene.seats, scene.meeting.main
    sits = seats.member(person)
    if at in scene.chairs and _may_preside(scene, person):
        return (Stance.CHAIR, scene.chairs[at]) if sits or person.name else None
    if at in scene.bystanders or elsewhere(scene.sentence, at) or scene.called_off:
        return None
    if sits and main and person.name and seats.called_chairman(person) and not scene.planned:
        return (Stance.PRESENT if at in scene.other_chairs else Stance.CHAIR), "called-chairman"
    if sits:
        return _member_stance(scene, at, person)
    return _other_stance(scene, at, person) if person.name is not None else None


def _member_stance(scene: Scene, at: int, person: PersonMention) -> Told | None:
    """Those who sit in the council are taken to have been there when a text on the meeting names them."""
    if person.name is None and not scene.attends:
        return None
    if scene.planned and (not (scene.attends or at in scene.awaited) or scene.has("MAYBE")):
        return None
    if not scene.meeting.main and not scene.attends and not scene.has("REPORTED"):
        return None
    return Stance.PRESENT, "member-of-council-named"


def _other_stance(scene: Scene, at: int, person: PersonMention) -> Told | None:
    """Secretaries, stand-ins, guests, and those of whom only the country is known."""
    seats = scene.seats
    if seats.serves(person):
        if _named_for_office(scene.sentence, at):
            return None
        if scene.attends or scene.has("REPORTED") or (scene.planned and scene.has("TO_REPORT")):
            return Stance.PRESENT, "secretariat-attends"
        ahead = scene.planned or scene.has("FUTURE") or scene.has("TO_REPORT")
        elsewhere = scene.outside or ahead or scene.has("SAID")
        return (Stance.PRESENT, "secretariat-named") if scene.meeting.main and not elsewhere else None
    if scene.planned and (not (scene.attends or at in scene.awaited) or scene.has("MAYBE")):
        return None
    listed = scene.attends or scene.seat_taken or scene.people >= _LIST
    listed = listed or (at in scene.chairs and seats.envoy(person))
    told_before = scene.planned and scene.outside
    if at in scene.told_by:
        return None
    if not told_before and seats.may_substitute(person) and (listed or scene.absent or scene.has("SITS_IN")):
        return Stance.PRESENT, "substitute-attends"
    stood_in = scene.absent or scene.has("SITS_IN") or scene.has("INSTEAD") or scene.seat_taken
    if stood_in and listed and not told_before and seats.below_leader(person):
        return Stance.PRESENT, "substitute-attends"
    if not told_before and (scene.people >= _LIST or scene.seat_taken) and _sent_instead(scene, person):
        return Stance.PRESENT, "substitute-attends"
    invited = scene.has("OBSERVER") and (scene.attends or not seats.of_another(person))
    observes = scene.has("OBSERVER") and scene.attends and seats.visitor(person, scene.seat_taken)
    several = scene.people > _LIST or scene.in_list or (scene.people > 1 and scene.took_part)
    several = several or at in scene.guests_there
    listed = scene.meeting.main and scene.attends and several
    if (observes or (seats.guest(person) and (invited or listed))) and not scene.outside:
        return Stance.PRESENT, _VISITS
    if seats.peer(person) and scene.meeting.main and (scene.people >= _LIST or scene.attends):
        return Stance.PRESENT, "peer-in-list"
    return None


def _sent_instead(scene: Scene, person: PersonMention) -> bool:
    """Whether somebody of a member's government is told of whose country no member is named beside."""
    seats = scene.seats
    if not (scene.meeting.main and scene.attends) or scene.outside or not seats.of_government(person):
        return False
    country = seats.country_of(person)
    return not any(seats.member(p) and seats.country_of(p) == country for _, _, p in scene.sentence.people)


def _unnamed_standin(scene: Scene, at: int, person: PersonMention) -> bool:
    """Whether the deputy or envoy of a country, whose name is not told, came for it."""
    seats = scene.seats
    if person.name is not None or not scene.meeting.main or not scene.attends or scene.planned:
        return False
    if at in scene.bystanders or elsewhere(scene.sentence, at) or scene.outside or scene.has("SAID"):
        return False
    observes = scene.has("OBSERVER") and seats.visitor(person, seated=False)
    return observes or (seats.country_of(person) is not None and seats.may_substitute(person))


def _named_for_office(sentence: Sentence, at: int) -> bool:
    """Whether words before a person speak of who is to hold an office ("hands over to", "nominated")."""
    return any("CANDIDACY" in unit.values for unit in sentence.units[max(0, at - _NEAR) : at])
