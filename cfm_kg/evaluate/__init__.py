"""Precision, recall and F1 of a graph against gold facts, by kind of fact."""

from cfm_kg.evaluate.compare import Evaluation, evaluate
from cfm_kg.evaluate.gold import GoldArticle, load_gold
from cfm_kg.evaluate.ledger import Counts, Difference
from cfm_kg.evaluate.report import difference_lines, evaluation_json, table

__all__ = [
    "Counts",
    "Difference",
    "Evaluation",
    "GoldArticle",
    "difference_lines",
    "evaluate",
    "evaluation_json",
    "load_gold",
    "table",
]
