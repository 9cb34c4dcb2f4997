"""Reports and comparisons laid out for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.evaluation.comparison import Change, Comparison
from retrieval.evaluation.intervals import Interval
from retrieval.evaluation.measures import RiskPoint
from retrieval.evaluation.questions import KINDS
from retrieval.evaluation.reporting import Report

_SHOWN = 20
"""How many questions won, and lost, a terminal lists. The page has them all."""

_COVERAGES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report, in words.

    ``interval`` is "" where there is none, or says instead what the figure is a share of.
    """

    name: str
    value: str
    interval: str = ""


_SHARES = {
    "answer_in_first_quote": "answer in the first quote",
    "answer_in_first_three": "answer in the first three",
    "citation_precision": "citation precision",
    "quotes_per_answer": "quotes in an answer",
    "answer_in_best_quote": "answer in the best quote",
    "sentences_per_first_quote": "sentences in the first quote",
    "source_at_1": "source at rank 1",
    "source_at_10": "source at rank 10",
    "ndcg_at_10": "nDCG@10",
    "coverage": "share answered",
    "answered_wrongly": "of those, answered wrongly",
    "auroc": "AUROC of the confidence",
    "ece": "calibration error (ECE)",
    "ece_answerable": "ECE, answerable alone",
    "aurc": "area under risk (AURC)",
}
_TIMES = {"p50_ms": "p50 ms", "p95_ms": "p95 ms"}


def share(value: float | None) -> str:
    """Write a share, or another figure about as large."""
    return "–" if value is None else f"{value:.3f}"


def milliseconds(value: float | None) -> str:
    """Write a time."""
    return "–" if value is None else f"{value:.1f}"


def figures(result: Report) -> list[Figure]:
    """Give a report's figures in the order they are read."""
    found = [Figure("questions", str(result.questions))]
    for key, name in _SHARES.items():
        found.append(Figure(name, share(getattr(result, key)), _interval(result, key)))
    found.append(Figure("verbatim quotes", share(result.verbatim_quotes), f"of {result.quotes}"))
    for key, name in _TIMES.items():
        value: float | None = getattr(result, key)
        found.append(Figure(name, milliseconds(value), _interval(result, key, digits=1)))
    for kind in KINDS:
        answered, refused = result.answered[kind], result.refused[kind]
        if answered or refused:
            value = refused / (answered + refused)
            found.append(
                Figure(f"{kind}, refused", share(value), _interval(result, f"refused.{kind}"))
            )
    return found


def _interval(result: Report, name: str, digits: int = 3) -> str:
    return interval_text(result.intervals.get(name), digits)


def interval_text(interval: Interval | None, digits: int = 3) -> str:
    """Write an interval, "" where there is none."""
    return f"[{interval[0]:.{digits}f}, {interval[1]:.{digits}f}]" if interval else ""


def table(result: Report) -> str:
    """Lay a report out for a terminal: figures with 95 % intervals, and what they come from."""
    columns = [figures(each) for each in (result, *result.by_language.values())]
    rows = [["", "all", *result.by_language]] if result.by_language else []
    # All that is measured in one language is measured in all of them together.
    rows += [[f.name, *(_cell(column, f.name) for column in columns)] for f in columns[0]]
    for kind in KINDS:
        answered, refused = result.answered[kind], result.refused[kind]
        if answered or refused:
            rows.append([kind, f"{answered} answered, {refused} refused"])
    for reason, counts in result.reasons.items():
        of_kinds = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
        rows.append([f"refused as {reason}", of_kinds])
    blocks = [_aligned(rows)]
    if result.written:
        blocks.append(_aligned([list(row) for row in result.written.rows()]))
    if result.reliability:
        blocks.append(_aligned(reliability_rows(result)))
        blocks.append(_aligned(risk_rows(result)))
    return "\n\n".join(blocks)


def reliability_rows(result: Report) -> list[list[str]]:
    """Give the reliability table, its headings first."""
    return [
        ["confidence", "questions", "mean confidence", "share that answers"],
        *(
            [f"{b.low:.3f}–{b.high:.3f}", str(b.count), share(b.confidence), share(b.right)]
            for b in result.reliability
        ),
    ]


def risk_rows(result: Report) -> list[list[str]]:
    """Give what answering from some thresholds would mean, headings first."""
    rows = [["answering from", "share answered", "of those, answered wrongly"]]
    points: list[RiskPoint] = []
    for coverage in _COVERAGES:
        point = min(result.risk_coverage, key=lambda p: abs(p.coverage - coverage))
        if point not in points:
            points.append(point)
    rows += [[share(p.threshold), share(p.coverage), share(p.risk)] for p in points]
    return rows


def comparison_table(found: Comparison) -> str:
    """Lay a comparison out for a terminal: differences, then the questions lost and won."""
    alone = f"({found.only_before} in the earlier run alone, {found.only_after} in this one alone)"
    counts = f"{len(found.won)} won, {len(found.lost)} lost, {len(found.changed)} changed otherwise"
    blocks = [
        f"{found.questions} questions in both runs {alone}: {counts}",
        _aligned(difference_rows(found)),
        *_listed("lost", found.lost),
        *_listed("won", found.won),
    ]
    return "\n\n".join(blocks)


def difference_rows(found: Comparison) -> list[list[str]]:
    """Give the differences, headings first."""
    names = {**_SHARES, "rightly_refused": "rightly refused"}
    rows = [["", "before", "after", "difference", "95 % interval", "better, worse", "p"]]
    for each in found.differences:
        low, high = each.interval
        rows.append(
            [
                names[each.name],
                share(each.before),
                share(each.after),
                f"{each.mean:+.3f}",
                f"[{low:+.3f}, {high:+.3f}]",
                f"{each.better}, {each.worse}",
                f"{each.p_value:.3g}",
            ]
        )
    return rows


def _listed(name: str, changes: Sequence[Change]) -> list[str]:
    if not changes:
        return []
    lines = [f"{name}:"]
    lines += [f"  {change.after.id}  {_line(change.after.question)}" for change in changes[:_SHOWN]]
    if len(changes) > _SHOWN:
        lines.append(f"  and {len(changes) - _SHOWN} more")
    return ["\n".join(lines)]


def _line(text: str) -> str:
    """Bring a question to one line, and keep it from steering the terminal."""
    plain = " ".join(text.split())
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in plain)


def _cell(column: Sequence[Figure], name: str) -> str:
    found = [f"{f.value}  {f.interval}".rstrip() for f in column if f.name == name]
    return found[0] if found else "–"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    """Align columns, except that a row's last cell may be as long as it likes."""
    count = max(len(row) for row in rows)
    widths = [
        max((len(row[column]) for row in rows if column < len(row) - 1), default=0)
        for column in range(count)
    ]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()
        for row in rows
    )
