"""How good the answers are, measured on questions whose answers are known.

Questions (:mod:`~retrieval.evaluation.questions`) are asked one by one
(:mod:`~retrieval.evaluation.outcomes`) and summed up (:mod:`~retrieval.evaluation.reporting`), each
figure with an interval (:mod:`~retrieval.evaluation.intervals`). Two runs are compared question by
question (:mod:`~retrieval.evaluation.comparison`), and a page shows it all
(:mod:`~retrieval.evaluation.page`). docs/evaluation.md says what each figure means.
"""

from retrieval.evaluation.comparison import Comparison, compare
from retrieval.evaluation.measures import auroc
from retrieval.evaluation.outcomes import Outcome, evaluate
from retrieval.evaluation.questions import KINDS, TestQuestion, contains_answer, read_questions
from retrieval.evaluation.reporting import Report, report
from retrieval.evaluation.results import Result, read_results
from retrieval.evaluation.tables import comparison_table, table

__all__ = [
    "KINDS",
    "Comparison",
    "Outcome",
    "Report",
    "Result",
    "TestQuestion",
    "auroc",
    "compare",
    "comparison_table",
    "contains_answer",
    "evaluate",
    "read_questions",
    "read_results",
    "report",
    "table",
]
