"""The meeting that handled a document: by who acts, when, and which meeting the sentence tells of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.actions import named_only_as_destination
from cfm_kg.extract.documents.acts import Act, Voice
from cfm_kg.extract.documents.phrases import Phrase
from cfm_kg.model import BlockKind, BodyMention, DateMention, MeetingFrame, PersonMention
from cfm_kg.units import Sentence, Unit

_SLACK = 3
"""Days before its meeting within which a document may be dated."""
_SUBJECT_REACH = 6
_DATE_REACH = 6
"""Units after a body within which a date is that of its own meeting."""
_MINISTER = "minister-"
_PLANNED = "Planned"
_BY_SUBJECT = frozenset({Voice.ACTIVE, Voice.INFINITIVE})
"""Voices whose subject acts."""
_HEADS = frozenset({"president", "prime-minister"})
_OWNED = frozenset({"DET", "POSS", "CLOSEQ", "ROLE_PL", "DATE", "EVENT", "AMONGPREP"})
"""Classes of words that may stand between a preposition and what is whose ("for the presidents' summit")."""
_NAMING = frozenset({"EVENT", "HEADS", "ROLE_PL", "MEMBERS", "MINISTERS"})
"""Classes of words that name a meeting or those who meet."""


@dataclass(frozen=True, slots=True)
class Owners:
    """The meetings of an article, by sentence."""

    context: Context
    meetings: tuple[MeetingFrame, ...]
    by_sentence: dict[int, MeetingFrame]

    @classmethod
    def of(cls, context: Context, meetings: tuple[MeetingFrame, ...]) -> Owners:
        """Index meetings by the sentences that tell of them; the main one last, so that it wins."""
        ordered = sorted(meetings, key=lambda m: m.main)
        return cls(context, meetings, {i: m for m in ordered for i in m.sentences})

    def told_in(self, sentence: Sentence) -> MeetingFrame:
        """The meeting that a sentence tells of, or the main one."""
        return self.by_sentence.get(sentence.index, self.meetings[0])

    def doer(self, sentence: Sentence) -> MeetingFrame:
        """The meeting that did what a sentence tells as done: one to come has handled nothing yet."""
        told = self.told_in(sentence)
        return self.meetings[0] if told.status == _PLANNED else told

    def announcer(self, sentence: Sentence) -> MeetingFrame:
        """The meeting whose documents a header announces: not that to which it says they go."""
        return self._telling(sentence, ())

    def before_list(self, sentence: Sentence) -> bool:
        """Whether the items of a list follow a sentence."""
        after = self.context.sentences[sentence.index + 1 : sentence.index + 2]
        return bool(after) and after[0].kind is BlockKind.LIST_ITEM

    def owner(self, sentence: Sentence, act: Act, phrases: tuple[Phrase, ...]) -> MeetingFrame | None:
        """The meeting that does what a verb says; None where somebody else does it."""
        told = self._telling(sentence, phrases)
        if told.status == _PLANNED and not act.future and act.voice is not Voice.MODIFIER:
            # A meeting to come has handled nothing yet.
            told = self.meetings[0]
        actor = self._actor(sentence, act, phrases)
        if actor is None:
            return told
        if "MINISTERS" in actor.values:
            return self._of_ministers(told)
        if isinstance(actor.mention, BodyMention):
            return self._of_bodies(actor.mention.bodies, told)
        if "OFFICIALS" in actor.values:
            return None
        roles = set(actor.values.get("ROLE_PL", ()))
        if isinstance(actor.mention, PersonMention):
            roles = {office.role.rsplit("/", 1)[-1] for office in actor.mention.roles} & _HEADS
        return self._of_roles(roles, told) if roles else told

    def _telling(self, sentence: Sentence, phrases: Iterable[Phrase]) -> MeetingFrame:
        """The meeting told of; the main one where the other is only where documents go next."""
        told, main = self.told_in(sentence), self.meetings[0]
        if told is main:
            return told
        if self._only_aside(sentence) or named_only_as_destination(
            self.context, sentence, phrases, told, main
        ):
            return main
        return told

    def _only_aside(self, sentence: Sentence) -> bool:
        """Whether a sentence names no meeting, or one only in a clause that hangs on something else."""
        named = [
            i
            for i, unit in enumerate(sentence.units)
            if isinstance(unit.mention, (BodyMention, DateMention)) or not _NAMING.isdisjoint(unit.values)
        ]
        matches = self.context.matches("document_asides", sentence)
        aside = min((match.start() for _, match in matches), default=len(sentence.units))
        return all(i > aside for i in named)

    def _actor(self, sentence: Sentence, act: Act, phrases: Iterable[Phrase]) -> Unit | None:
        inside = {i for p in phrases for i in range(p.first, p.last)}
        after = act.voice in (Voice.PASSIVE, Voice.MODIFIER)
        found: Unit | None = None
        for rule, match in self.context.matches("document_actors", sentence):
            at = match.start("actor")
            if at in inside:
                continue
            if "by" in rule.means:
                passed_on = any("DESTNOUN" in u.values for u in sentence.units[act.last : at])
                if after and act.last <= at <= act.last + _SUBJECT_REACH and not passed_on:
                    return sentence.units[at]
            elif not _may_be_subject(sentence, at, act):
                continue
            elif "OFFICIALS" not in sentence.units[at].values or not (
                _set_apart(sentence, at, act.first) or _belongs(sentence, at)
            ):
                found = sentence.units[at]
        return found

    def _of_bodies(self, bodies: tuple[str, ...], told: MeetingFrame) -> MeetingFrame | None:
        if told.body in bodies:
            return told
        for meeting in self.meetings:
            if meeting.body in bodies and self._kin(meeting):
                return meeting
        joint = self.context.registry.bodies[told.body].joint_of
        return told if set(joint) & set(bodies) else None

    def _kin(self, meeting: MeetingFrame) -> bool:
        """Whether a meeting is one of the organisation that the article is about."""
        bodies = self.context.registry.bodies
        return bodies[meeting.body].organization == bodies[self.meetings[0].body].organization

    def _of_ministers(self, told: MeetingFrame) -> MeetingFrame | None:
        """The meeting where those whom the text calls ministers alone sit."""
        return next((m for m in (told, *self.meetings) if self._ministerial(m)), None)

    def _ministerial(self, meeting: MeetingFrame) -> bool:
        body = self.context.registry.bodies[meeting.body]
        role = body.member_role or ""
        return bool(body.joint_of) or role.rsplit("/", 1)[-1].startswith(_MINISTER)

    def _of_roles(self, roles: set[str], told: MeetingFrame) -> MeetingFrame | None:
        if self._sits(told, roles):
            return told
        own = [m for m in self.meetings if self._sits(m, roles)]
        if own:
            return own[0]
        bodies = self.context.registry.bodies
        if any(self._holds(body, roles) for body in bodies[told.body].joint_of):
            return told
        return None if any(self._holds(body, roles) for body in bodies) else told

    def _sits(self, meeting: MeetingFrame, roles: set[str]) -> bool:
        return self._holds(meeting.body, roles)

    def _holds(self, body: str, roles: set[str]) -> bool:
        role = self.context.registry.bodies[body].member_role
        return role is not None and role.rsplit("/", 1)[-1] in roles


def _belongs(sentence: Sentence, at: int) -> bool:
    """Whether officials only say whose something is: "approved the plan of the Secretariat and adopted …"."""
    before = [u for u in sentence.units[max(0, at - 2) : at] if "DET" not in u.values]
    return bool(before) and "SINCE" in before[-1].values and "TITLEOF" in before[-1].values


def _may_be_subject(sentence: Sentence, at: int, act: Act) -> bool:
    """Whether a unit stands where the subject of a verb does: not right before "and" and the verb."""
    near = act.voice in _BY_SUBJECT and act.first - _SUBJECT_REACH <= at < act.at
    if not near or _is_destination(sentence, at):
        return False
    return not (act.first == at + 2 and "CONJ" in sentence.units[at + 1].values)


def _is_destination(sentence: Sentence, at: int) -> bool:
    """Whether a unit only says for whom something is: "for the presidents' summit they prepared"."""
    before = at - 1
    while before >= 0 and not _OWNED.isdisjoint(sentence.units[before].values):
        before -= 1
    return before >= 0 and "TOHIGHER" in sentence.units[before].values


def _set_apart(sentence: Sentence, at: int, verb: int) -> bool:
    """Whether another subject stands after a comma: "by the ministry's count, the council passed"."""
    commas = [i for i in range(at, verb) if sentence.units[i].text == ","]
    return bool(commas) and any("ADV" not in u.values for u in sentence.units[commas[-1] + 1 : verb])


def dated_elsewhere(
    context: Context, sentence: Sentence, phrases: Iterable[Phrase], meeting: MeetingFrame
) -> bool:
    """Whether the sentence dates what it tells to a time before its meeting."""
    held = meeting.date.date if meeting.date else None
    if held is None:
        return False
    aside = {i for p in phrases for i in range(p.first, p.last)}
    for _, match in context.matches("document_destinations", sentence):
        aside.update(range(match.start(), match.end() + _DATE_REACH))
    dates = [
        u.mention.date
        for i, u in enumerate(sentence.units)
        if i not in aside
        and isinstance(u.mention, DateMention)
        and u.mention.date is not None
        and not (i and "SINCE" in sentence.units[i - 1].values)
    ]
    earlier = [d for d in dates if (held.first - d.last).days > _SLACK]
    return bool(earlier) and not any(d.compatible(held) for d in dates)
