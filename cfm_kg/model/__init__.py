"""The immutable values that walk from stage to stage, by the stages that make them."""

from cfm_kg.model.claims import Claim, Literal, Node, Reading, Resolution
from cfm_kg.model.frames import (
    DocumentFrame,
    Evidence,
    Extraction,
    InterventionFrame,
    MeetingFrame,
    Participation,
    PostHeld,
    Stance,
    TallyFrame,
    TopicMention,
    TurnFrame,
)
from cfm_kg.model.mentions import BodyMention, DateMention, Office, PersonMention
from cfm_kg.model.shared import Dropped, Span
from cfm_kg.model.text import Block, BlockKind, Document, Publication, Source

__all__ = [
    "Block",
    "BlockKind",
    "BodyMention",
    "Claim",
    "DateMention",
    "Document",
    "DocumentFrame",
    "Dropped",
    "Evidence",
    "Extraction",
    "InterventionFrame",
    "Literal",
    "MeetingFrame",
    "Node",
    "Office",
    "Participation",
    "PersonMention",
    "PostHeld",
    "Publication",
    "Reading",
    "Resolution",
    "Source",
    "Span",
    "Stance",
    "TallyFrame",
    "TopicMention",
    "TurnFrame",
]
