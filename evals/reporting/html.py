"""The report as one page: read without a server, without a script, without a request to anywhere.

Owns: the sections and their order. Refuses: drawing (``evals.reporting.charts``), elements (``evals.reporting.markup``)
and the tables behind charts (``evals.reporting.tables``).
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.eval_numbers import gains, is_share, less_is_better, spread_text, value_text
from assistant.eval_report import EvalReport, WorstCase
from assistant.eval_words import (
    LIMITATIONS,
    SEVERITIES,
    UNTRUE,
    comparison_words,
    gains_words,
    headlines_of,
    reliability_words,
    risk_words,
    verdict_text,
)
from assistant.planning.wording import count_text
from evals.reporting import charts, tables
from evals.reporting.markup import Child, Node, page, tag

TITLE = "Eval report"
_SHOWN = 10
"""Cases that are shown at once; the others are folded."""


def html_report(report: EvalReport) -> str:
    """The whole page; two reports of the same results are the same bytes up to the section about the run."""
    sections = [section for section in _sections(report) if section is not None]
    links = [tag("li", tag("a", _title_of(one), href=f"#{one.get('id')}")) for one in sections]
    return page(
        TITLE,
        tag("a", "Skip to the figures", class_="skip", href="#figures"),
        tag("header", tag("h1", TITLE), _verdict(report), tag("nav", tag("ul", *links), aria_label="Sections")),
        tag("main", *sections),
    )


def _sections(report: EvalReport) -> list[Node | None]:
    return [
        _headlines(report),
        _comparison(report),
        _gains(report),
        _confidence(report),
        _figures(report),
        _modules(report),
        _worst(report),
        _section("limits", "What this does not show", tag("ul", *(tag("li", text) for text in LIMITATIONS))),
        _section("run", "This run", tables.run_table(report)),
    ]


def _section(name: str, title: str, *children: Child) -> Node:
    return tag("section", tag("h2", title, id=f"{name}-title"), *children, id=name, aria_labelledby=f"{name}-title")


def _title_of(section: Node) -> str:
    return section[0].text or ""


def _verdict(report: EvalReport) -> Node:
    found = [tag("li", tag("code", one.metric), f" {one.text}") for one in report.broken]
    return tag(
        "div",
        tag("p", tag("strong", f"{'✓' if report.ok else '✗'} {verdict_text(report)}")),
        tag("ul", *found) if found else None,
        class_="verdict" if report.ok else "verdict broken",
    )


def _headlines(report: EvalReport) -> Node | None:
    cards = [
        tag(
            "li",
            tag("h3", line.title),
            tag("strong", value_text(figure, is_count=line.is_count)),
            tag("p", spread_text(figure, is_count=line.is_count), class_="soft"),
            tag("p", line.meaning, " Less is better." if line.less_is_better else None, class_="soft"),
        )
        for line, figure in headlines_of(report)
    ]
    return _section("headlines", "In short", tag("ul", *cards, class_="cards")) if cards else None


def _comparison(report: EvalReport) -> Node | None:
    lines = report.comparison
    if not lines:
        return None
    reach = charts.comparison_reach(lines)
    drawn = charts.comparison_charts(lines, lambda metric: less_is_better(metric, report))
    return _section(
        "baseline",
        "Against the baseline",
        tag(
            "p",
            f"{comparison_words(lines)} The scale goes from -{reach:g} to +{reach:g}; the bar with a foot is the loss "
            "that is tolerated.",
            class_="soft",
        ),
        tag("div", *(tag("figure", one) for one in drawn), class_="charts"),
        tables.folded("Differences as a table", tables.comparison_table(lines)),
    )


def _gains(report: EvalReport) -> Node | None:
    lines = gains(report)
    if not lines:
        return None
    reach = charts.comparison_reach(lines)
    drawn = charts.comparison_charts(lines, lambda _metric: False)
    return _section(
        "simpler",
        "Against simpler searches",
        tag("p", f"{gains_words(lines)} The scale goes from -{reach:g} to +{reach:g}.", class_="soft"),
        tag("div", *(tag("figure", one) for one in drawn), class_="charts"),
        tables.folded("Gains as a table", tables.gains_table(lines)),
    )


def _confidence(report: EvalReport) -> Node | None:
    if not report.reliability or not report.risk_coverage:
        return None
    bins, points, operating = report.reliability, report.risk_coverage, report.operating_point
    return _section(
        "confidence",
        "How sure it says it is",
        tag(
            "p",
            "Every answer has a confidence: how likely the roadmap covers the question. If it is honest, the points "
            "of the first chart lie on the broken line.",
        ),
        tag(
            "div",
            _figure("Reliability", charts.reliability_chart(bins), reliability_words(bins)),
            _figure("Risk and coverage", charts.risk_chart(points, operating), risk_words(points, operating)),
            class_="charts",
        ),
        tables.folded("Reliability as a table", tables.reliability_table(bins)),
        tables.folded("Risk and coverage as a table", tables.risk_table(points, operating)),
    )


def _figures(report: EvalReport) -> Node:
    limits = {line.metric: line for line in report.limits}
    drawn = []
    for suite in report.suites:
        own = {name: one for name, one in report.metrics.items() if name.split(".", 1)[0] == suite}
        shares = {name: one for name, one in own.items() if is_share(name, one)}
        if shares:
            chart = charts.intervals_chart(suite, shares, limits)
            drawn.append(_figure(suite.capitalize(), chart, charts.intervals_words(suite, shares, limits)))
    return _section(
        "figures",
        "All figures",
        tag(
            "p",
            "Each point is what was measured, the line its 95 % interval from 0 to 1; a bar with a foot is the limit "
            "and points to the side that is allowed. Counts and lengths are in the table only.",
            class_="soft",
        ),
        tag("div", *drawn, class_="charts suites"),
        tables.folded(f"All {len(report.metrics)} figures as a table", tables.metrics_table(report)),
    )


def _figure(title: str, chart: Node, words: str) -> Node:
    return tag("figure", tag("h3", title), chart, tag("figcaption", words))


def _modules(report: EvalReport) -> Node | None:
    if not report.modules:
        return None
    return _section(
        "modules",
        "Module by module",
        tag("p", "In per cent, with the number of cases in brackets. Few cases say where to look, not more."),
        tables.heat_key(),
        tables.heat_table(report.modules),
    )


def _worst(report: EvalReport) -> Node | None:
    if not report.worst:
        return None
    first, others = report.worst[:_SHOWN], report.worst[_SHOWN:]
    return _section(
        "worst",
        "Worst cases first",
        tag(
            "p",
            f"{count_text(len(report.worst), 'case')} did not go as they should. See one whole with ",
            tag("code", f"python -m evals show {first[0].id}"),
            ".",
        ),
        _cases(first),
        tables.folded(f"{len(others)} more", _cases(others)) if others else None,
    )


def _cases(cases: Sequence[WorstCase]) -> Node:
    return tag("ul", *(_case(one) for one in cases), class_="cases")


def _case(one: WorstCase) -> Node:
    severe = "badge severe" if one.severity >= UNTRUE else "badge"
    badges = [
        tag("span", SEVERITIES.get(one.severity, "blemish"), class_=severe),
        tag("span", one.suite, class_="badge"),
    ]
    return tag(
        "li",
        tag("p", *badges, tag("code", one.id)),
        tag("p", one.question) if one.question else None,
        tag("ul", *(tag("li", text) for text in one.why)),
    )
