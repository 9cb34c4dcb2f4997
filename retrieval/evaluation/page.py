"""An evaluation as one page of HTML that needs nothing else: no script, no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from pathlib import Path

from retrieval.evaluation.comparison import Comparison
from retrieval.evaluation.failures import changes, failures
from retrieval.evaluation.headlines import cards
from retrieval.evaluation.markup import Markup, join, tag
from retrieval.evaluation.outcomes import Outcome
from retrieval.evaluation.plots import plots
from retrieval.evaluation.questions import KINDS
from retrieval.evaluation.reporting import Report
from retrieval.evaluation.tables import (
    difference_rows,
    figures,
    reliability_rows,
    risk_rows,
)


def page(
    report: Report,
    outcomes: Sequence[Outcome],
    *,
    sources: Set[str],
    about: Mapping[str, str],
    comparison: Comparison | None = None,
) -> str:
    """Show an evaluation.

    Args:
        report: what was measured.
        outcomes: what it sums up: every question and its answer.
        sources: the ids of all documents that could be quoted.
        about: what was evaluated, for the head of the page: names and values.
        comparison: with an earlier run.

    Returns:
        A document that is well-formed XML too. All texts in it are escaped.
    """
    wrong = sum(not outcome.right for outcome in outcomes)
    sections = [
        ("figures", "Figures", _figures(report)),
        ("plots", "Plots", plots(report, outcomes)),
    ]
    sections.append(("calibration", "Calibration and refusals", _calibration(report)))
    if comparison:
        sections.append(("comparison", "Compared with the earlier run", _comparison(comparison)))
    sections.append(
        ("failures", f"What went wrong ({wrong} of {len(outcomes)})", failures(outcomes, sources))
    )
    described = [tag("div", tag("dt", name), tag("dd", value)) for name, value in about.items()]
    header = tag(
        "header",
        tag("h1", "How good are the answers?"),
        tag("dl", *described, class_="about"),
        tag(
            "nav", *(tag("a", name, href=f"#{id_}") for id_, name, _ in sections), aria_label="Page"
        ),
    )
    main = tag(
        "main",
        tag("h2", "At a glance"),
        tag("p", "In brackets: 95 % intervals.", class_="soft"),
        cards(report),
        *(tag("section", tag("h2", name), content, id=id_) for id_, name, content in sections),
    )
    html = tag("html", _head(), tag("body", header, main), lang="en")
    return f"<!DOCTYPE html>\n{html}\n"


def _head() -> Markup:
    style = Path(__file__).with_name("page.css").read_text("utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", "Evaluation"),
        # Style is not escaped in HTML; ours has neither < nor &, so it is the same in XML.
        tag("style", Markup(style)),
    )


def _figures(report: Report) -> Markup:
    columns = [figures(each) for each in (report, *report.by_language.values())]
    heads = ["", "all", *report.by_language] if report.by_language else ["", "all"]
    rows = []
    for figure in columns[0]:
        cells = []
        for column in columns:
            same = next((f for f in column if f.name == figure.name), None)
            interval = tag("span", f" {same.interval}") if same and same.interval else Markup("")
            cells.append(join(same.value if same else "–", interval))
        rows.append([figure.name, *cells])
    return _table(heads, rows, "All figures. In brackets: 95 % intervals, by the bootstrap.")


def _calibration(report: Report) -> Markup:
    blocks = []
    if report.reliability:
        heads, *rows = reliability_rows(report)
        caption = "Reliability: questions by confidence, in bins of about equal count."
        blocks.append(_table(heads, rows, caption))
        heads, *rows = risk_rows(report)
        blocks.append(_table(heads, rows, "What answering from other confidences would mean."))
    asked = [kind for kind in KINDS if report.answered[kind] or report.refused[kind]]
    rows = [["answered", *(str(report.answered[kind]) for kind in asked)]]
    for reason, counts in report.reasons.items():
        name = f"refused as {reason.replace('_', ' ')}"
        rows.append([name, *(str(counts[kind]) for kind in asked)])
    blocks.append(_table(["", *asked], rows, "Answers and refusals by kind of question."))
    if report.written:
        caption = "What the model wrote, and what verification made of it."
        blocks.append(_table(["", "how many"], report.written.rows(), caption))
    return tag("div", *blocks, class_="tables")


def _comparison(found: Comparison) -> Markup:
    heads, *rows = difference_rows(found)
    counts = f"{found.questions} questions stand in both runs"
    alone = f"{found.only_before} in the earlier one alone, {found.only_after} in this one alone"
    return join(
        tag("p", f"{counts}; {alone}."),
        _table(heads, rows, "Paired differences; p by the exact sign test."),
        changes(found),
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> Markup:
    body = [
        tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:]))
        for row in rows
    ]
    table = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
        tag("tbody", *body),
    )
    # A wide table scrolls by itself, also by keyboard, and leaves the page in place.
    return tag("div", table, class_="scroll", tabindex="0", role="region", aria_label=caption)
