"""Stage 5: spans → registry entities as of the meeting's date, or newly named ones."""

from cfm_kg.resolve.reading import resolve

__all__ = ["resolve"]
