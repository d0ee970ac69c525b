"""Roles by what they are in councils: who sits, who stands in, who serves."""

from __future__ import annotations

from functools import lru_cache

from cfm_kg.vocab import local, thing

SECRETARIES = frozenset(
    thing("role", slug)
    for slug in (
        "secretary-general",
        "deputy-secretary-general",
        "first-deputy-secretary-general",
        "executive-secretary",
        "deputy-executive-secretary",
        "chief-of-the-joint-staff",
        "chairman-of-the-board",
        "chairman-of-the-board-of-the-eurasian-economic-commission",
        "director-of-the-antiterrorist-centre",
        "director-of-the-rats-executive-committee",
    )
)
CHAIRMAN = thing("role", "chairman")
GENERIC = frozenset({thing("role", "minister"), thing("role", "head-of-delegation"), CHAIRMAN})
ALSO_LEADING = {thing("role", "president"): thing("role", "prime-minister")}
"""Who else sits where heads of state do: some are heads of government."""
SUBSTITUTES = (
    "deputy",
    "ambassador",
    "permanent-representative",
    "secretary",
    "representative",
    "adviser",
    "chief-of-the-general-staff",
)
"""Words of roles that let somebody stand in for a member of whose country he is."""
ENVOYS = ("deputy-minister", "deputy-secretary-of", "ambassador", "permanent-representative")
"""Stand-ins even where the text does not say for which country."""
LESSER = ("deputy", "ambassador", "representative")
HIGHER = frozenset(
    thing("role", slug)
    for slug in ("deputy-prime-minister", "first-deputy-prime-minister", "chairman-in-office")
)
"""Posts that a minister in his seat may have besides. Heads of government send who holds them."""
LEADERS = frozenset({thing("role", "president"), thing("role", "prime-minister")})
BELOW_LEADERS = frozenset(
    thing("role", slug)
    for slug in (
        "prime-minister",
        "deputy-prime-minister",
        "first-deputy-prime-minister",
        "vice-president",
        "first-vice-president",
        "minister-of-foreign-affairs",
        "speaker-of-parliament",
    )
)
"""Who may speak for a country where its leader is missing."""
MINISTERS = "minister-of-"
OF_GOVERNMENT = frozenset(
    thing("role", slug)
    for slug in ("vice-president", "first-vice-president", "secretary-of-state", "state-counsellor")
)
"""Who else of a government, besides its ministers, is sent to councils of others."""
_ROLES = 1 << 12
"""Roles whose words are remembered: all of the registry, for each question."""


@lru_cache(_ROLES)
def role_word(role: str, parts: tuple[str, ...]) -> bool:
    """Whether the name of a role has one of some words."""
    return any(part in local(role) for part in parts)
