"""Questions answered in processes of their own, which can be stopped in the midst of a query."""

from cfm_kg.serve.readers.pool import Readers
from cfm_kg.serve.readers.question import Question
from cfm_kg.serve.readers.reader import Answer

__all__ = ["Answer", "Question", "Readers"]
