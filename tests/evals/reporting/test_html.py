"""The page: one file that asks for nothing, runs nothing, and shows data as text."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise

import pytest
from lxml import etree, html

from assistant.eval_report import EvalReport
from evals.reporting.html import html_report
from evals.reporting.markup import tag
from tests.evals.reporting.samples import HOSTILE, open_report, report
from tests.ui.contrast import contrast

SEEN = HOSTILE.replace("\u202e", "\ufffd").replace("\x07", "\ufffd")


def parsed(shown: EvalReport | None = None) -> html.HtmlElement:
    return html.document_fromstring(html_report(shown or report()))


def texts(page: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page.xpath(path)]


def test_nothing_is_loaded_and_nothing_runs() -> None:
    page = parsed()
    assert page.xpath("//script | //img | //link | //iframe | //object | //form | //base") == []
    assert [
        attribute for attribute in page.xpath("//@*") if re.search(r"(?i)https?:|javascript:|data:|//", attribute)
    ] == []
    assert page.xpath("//@style | //@src | //@*[starts-with(name(), 'on')]") == []
    assert all(href.startswith("#") for href in page.xpath("//@href"))
    assert "url(" not in page.xpath("string(//style)")
    assert "@import" not in page.xpath("string(//style)")


def test_the_policy_allows_the_page_s_own_style_and_nothing_else() -> None:
    source = html_report(report())
    style = re.search(r"<style>(.*?)</style>", source, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    (policy,) = parsed().xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_data_is_text_whatever_it_says() -> None:
    page = parsed()
    (question,) = {text for text in page.xpath("//li/p/text()") if "evil.example" in text}
    assert question == SEEN
    assert "<b>Two</b>" in page.xpath("string(//table[@class='heat'])")
    assert page.xpath("//b") == []


def test_the_verdict_comes_first_with_what_is_broken() -> None:
    page = parsed()
    assert texts(page, "//div[@class='verdict broken']/p") == ["✗ 2 of 3 limits are broken."]
    assert texts(page, "//div[@class='verdict broken']//li") == [
        "retrieval.module.Success@1 must be at least 0.80, measured 0.333",
        "plans.violations must be at most 0.00, measured 2.000",
    ]
    assert texts(parsed(open_report()), "//div[@class='verdict']/p") == ["✓ The limit holds."]


def test_headings_are_in_order_and_every_section_is_linked() -> None:
    page = parsed()
    levels = [int(element.tag[1]) for element in page.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.xpath("//nav//a/@href") == [f"#{name}" for name in page.xpath("//section/@id")]
    assert len(page.xpath("//@id")) == len(set(page.xpath("//@id")))
    assert page.get("lang") == "en"


def test_every_chart_says_what_it_shows_and_has_its_table() -> None:
    page = parsed()
    charts = page.xpath("//svg")
    assert len(charts) == 6  # one half of a comparison, two of the confidence, and three suites with intervals
    assert all(chart.get("role") == "img" and len(chart.get("aria-label")) > 20 for chart in charts)
    assert texts(page, "//details/summary")[:4] == [
        "Differences as a table",
        "Reliability as a table",
        "Risk and coverage as a table",
        "All 5 figures as a table",
    ]
    labels = [chart.get("aria-label") for chart in charts]
    assert labels[1].startswith("5 questions by confidence.")
    assert labels[2] == (
        "The program answers 60\xa0% of all questions, and 33\xa0% of what it answers is outside the roadmap. "
        "Answering everything, it would be 40\xa0%."
    )


def test_intervals_are_drawn_to_scale_with_their_limits() -> None:
    (chart,) = parsed().xpath("//svg[contains(@aria-label, 'suite retrieval')]")
    (point,) = chart.xpath(".//circle")
    # From 8 to 352: a third of the way, within a tenth of a pixel.
    assert float(point.get("cx")) == pytest.approx(8 + 344 / 3, abs=0.1)
    assert point.get("class") == "bad"
    assert float(chart.xpath(".//line[@class='limit']/@x1")[0]) == pytest.approx(8 + 344 * 0.8, abs=0.1)
    assert chart.xpath("string(.//text[@class='name broken'])") == "✗ module.Success@1"


def test_the_map_has_a_number_in_every_cell() -> None:
    (table,) = parsed().xpath("//table[@class='heat']")
    rows = [[cell.text_content() for cell in row.xpath("th | td")] for row in table.xpath("tbody/tr")]
    assert rows == [
        ["1. One & only", "50 (2)", "50 (2)", "50 (1)", "50 (2)", "–", "–"],
        ["2. <b>Two</b>", "0 (1)", "0 (1)", "100 (1)", "100 (1)", "–", "–"],
    ]
    assert table.xpath("tbody/tr[2]/td/@class") == ["h0", "h0", "h5", "h5"]


def test_only_the_last_section_differs_between_runs() -> None:
    first, second = html_report(report()), html_report(report(latency_ms=99.0, at="2027-01-01T00:00:00+00:00"))
    assert first == html_report(report())
    assert first != second
    marker = '<section id="run"'
    assert first.split(marker)[0] == second.split(marker)[0]
    assert "1 December 2026, 09:30 UTC" in first.split(marker)[1]


def test_an_old_report_has_fewer_sections() -> None:
    old = EvalReport(ok=True, metrics={}, rows=())
    assert parsed(old).xpath("//section/@id") == ["figures", "limits", "run"]


def test_many_cases_are_folded() -> None:
    shown = report()
    many = shown.model_copy(update={"worst": tuple(shown.worst[0] for _ in range(25))})
    assert texts(parsed(many), "//section[@id='worst']/details/summary") == ["15 more"]


def test_colours_can_be_read_in_both_themes() -> None:
    style = parsed().xpath("string(//style)")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    for theme in (light, dark):
        colors = dict(re.findall(r"--([\w-]+): (#\w{6})", theme))
        assert len(colors) == 17
        for name in ("ink", "soft", "link", "bad"):
            assert contrast(colors[name], colors["paper"]) >= 4.5, name
        for name in ("mark", "accent"):
            assert contrast(colors[name], colors["paper"]) >= 3, name
        for panel in ("panel", "bad-panel", "good-panel", *(f"h{step}" for step in range(6))):
            assert contrast(colors["ink"], colors[panel]) >= 4.5, panel


def test_text_and_attributes_are_escaped() -> None:
    element = tag("p", "a<b", tag("i", "c"), " & d", None, aria_label='"<', class_=None)
    assert etree.tostring(element, method="html", encoding="unicode") == (
        """<p aria-label='"&lt;'>a&lt;b<i>c</i> &amp; d</p>"""
    )
