"""Outcomes summed up in figures, each with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean

from retrieval.evaluation import intervals, measures
from retrieval.evaluation.intervals import Interval
from retrieval.evaluation.measures import Bin, RiskPoint
from retrieval.evaluation.outcomes import Outcome
from retrieval.evaluation.questions import KINDS
from retrieval.evaluation.written import Written, written
from retrieval.types import Language, Quote

_POINTS = 100
"""How many points of the risk–coverage curve a report keeps: as many as a plot can show."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation measured. Shares from 0 to 1, times in milliseconds; None: not measured.

    ``answer_in_first_quote`` and ``…_three`` are shares of the answerable questions, refused ones
    counted as misses; ``citation_precision`` is the mean share of an answer's quotes that hold an
    answer, and ``quotes_per_answer`` how many it has. ``source_…`` and ``ndcg_at_10`` are of those
    whose source is known (Järvelin and Kekäläinen 2002, one relevant source).
    ``sentences_per_first_quote`` is their mean. ``auroc`` is how well the confidence tells
    answerable questions from the others.

    ``answer_in_best_quote`` takes what a refusal shows as closest into account; it is what the
    confidence foretells. ``coverage`` is the share of all questions that is answered, and
    ``answered_wrongly`` the share of those whose first quote doesn't answer. ``ece`` is the
    expected calibration error of all questions, ``ece_answerable`` of the answerable ones alone;
    ``reliability`` holds its bins. ``aurc`` is the area under ``risk_coverage``.

    ``answered`` and ``refused`` count by kind, ``reasons`` the refused by reason and kind.
    ``intervals`` are 95 % bootstrap intervals by the name of the figure, of the refused shares as
    ``refused.`` and the kind. ``by_language`` has a report for each, where there are several.
    ``written`` is there where a model was asked.
    """

    questions: int
    answer_in_first_quote: float | None
    answer_in_first_three: float | None
    sentences_per_first_quote: float | None
    source_at_1: float | None
    source_at_10: float | None
    ndcg_at_10: float | None
    auroc: float | None
    verbatim_quotes: float | None
    quotes: int
    p50_ms: float | None
    p95_ms: float | None
    answered: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    answer_in_best_quote: float | None = None
    coverage: float | None = None
    answered_wrongly: float | None = None
    ece: float | None = None
    ece_answerable: float | None = None
    aurc: float | None = None
    intervals: dict[str, Interval] = field(default_factory=dict)
    reasons: dict[str, dict[str, int]] = field(default_factory=dict)
    reliability: tuple[Bin, ...] = ()
    risk_coverage: tuple[RiskPoint, ...] = ()
    by_language: dict[Language, Report] = field(default_factory=dict)
    written: Written | None = None
    citation_precision: float | None = None
    quotes_per_answer: float | None = None


def report(outcomes: Sequence[Outcome]) -> Report:
    """Sum up; languages apart too, where there are several."""
    languages = sorted({outcome.question.lang for outcome in outcomes})
    apart: dict[Language, Report] = {}
    if len(languages) > 1:
        for language in languages:
            apart[language] = _report([o for o in outcomes if o.question.lang == language], {})
    return _report(outcomes, apart)


def _report(outcomes: Sequence[Outcome], by_language: dict[Language, Report]) -> Report:
    answerable = [o for o in outcomes if o.answerable]
    answered = [o for o in outcomes if not o.refused]
    sourced = [o for o in answerable if o.question.source]
    shares: dict[str, Sequence[bool]] = {
        "answer_in_first_quote": [o.right for o in answerable],
        "answer_in_first_three": [o.holds_answer(3) for o in answerable],
        "answer_in_best_quote": [o.best_answers for o in answerable],
        "source_at_1": [o.rank == 0 for o in sourced],
        "source_at_10": [o.rank is not None and o.rank < 10 for o in sourced],
        "coverage": [not o.refused for o in outcomes],
        "answered_wrongly": [not o.best_answers for o in answered],
    }
    means: dict[str, Sequence[float]] = {
        "sentences_per_first_quote": [
            _sentences(o.answer.quotes[0]) for o in answerable if o.answer.quotes
        ],
        "citation_precision": [o.precision for o in answerable if o.answer.quotes],
        "quotes_per_answer": [len(o.answer.quotes) for o in answerable if o.answer.quotes],
        "ndcg_at_10": [measures.gain(o.rank) for o in sourced],
    }
    found: dict[str, Interval | None] = {
        **{name: intervals.of_share(truths) for name, truths in shares.items()},
        **{name: intervals.of_mean(values) for name, values in means.items()},
    }
    times = sorted(o.answer.ms for o in outcomes)
    found |= {
        "p50_ms": intervals.of_percentile(times, 0.50),
        "p95_ms": intervals.of_percentile(times, 0.95),
    }
    refused = {kind: [o.refused for o in outcomes if o.question.kind == kind] for kind in KINDS}
    found |= {f"refused.{kind}": intervals.of_share(values) for kind, values in refused.items()}

    confidences = [o.answer.confidence for o in outcomes]
    truths = [o.best_answers for o in outcomes]
    of_answerable = [o.answer.confidence for o in answerable]
    of_others = [o.answer.confidence for o in outcomes if not o.answerable]
    best = shares["answer_in_best_quote"]
    found |= {
        "auroc": intervals.of_statistic(
            lambda drawn: measures.aurocs(of_answerable, of_others, drawn),
            len(of_answerable),
            len(of_others),
        ),
        "ece": intervals.of_statistic(
            lambda drawn: measures.calibration_errors(confidences, truths, drawn), len(outcomes)
        ),
        "ece_answerable": intervals.of_statistic(
            lambda drawn: measures.calibration_errors(of_answerable, best, drawn), len(answerable)
        ),
        "aurc": intervals.of_statistic(
            lambda drawn: measures.areas_under_risk(confidences, truths, drawn), len(outcomes)
        ),
    }
    bins = measures.reliability(confidences, truths)
    curve = measures.risk_coverage(confidences, truths)
    quotes = sum(o.quotes for o in outcomes)
    return Report(
        questions=len(outcomes),
        **{name: _mean(values) for name, values in {**shares, **means}.items()},
        auroc=measures.auroc(of_answerable, of_others),
        verbatim_quotes=sum(o.verbatim for o in outcomes) / quotes if quotes else None,
        quotes=quotes,
        p50_ms=measures.percentile(times, 0.50),
        p95_ms=measures.percentile(times, 0.95),
        answered={kind: values.count(False) for kind, values in refused.items()},
        refused={kind: values.count(True) for kind, values in refused.items()},
        ece=measures.calibration_error(bins),
        ece_answerable=measures.calibration_error(measures.reliability(of_answerable, best)),
        aurc=measures.area_under_risk(curve),
        intervals={name: interval for name, interval in found.items() if interval},
        reasons=_reasons(outcomes),
        reliability=bins,
        risk_coverage=_thinned(curve),
        by_language=by_language,
        written=written(outcomes),
    )


def _mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None


def _sentences(quote: Quote) -> int:
    return sum(s.start < quote.end and quote.start < s.end for s in quote.passage.sentences)


def _reasons(outcomes: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    refused = [(o.reason, o.question.kind) for o in outcomes if o.refused]
    return {
        reason: {kind: refused.count((reason, kind)) for kind in KINDS}
        for reason in sorted({reason for reason, _ in refused})
    }


def _thinned(curve: Sequence[RiskPoint]) -> tuple[RiskPoint, ...]:
    """Keep points at about equal steps, the last one always."""
    step = max(1, -(-len(curve) // _POINTS))
    return tuple(reversed(curve[::-1][::step]))
