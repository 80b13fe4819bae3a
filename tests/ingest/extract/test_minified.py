from __future__ import annotations

import json

import pytest

from ingest.extract.minified import minified_kind
from tests.ingest.extract.makers import PROSE, refusal

JAVASCRIPT = (
    '!function(e,t){"object"==typeof exports&&"undefined"!=typeof module?t(exports):"function"==typeof define&&define.amd?'
    'define(["exports"],t):t((e=e||self).vue={})}(this,(function(e){"use strict";var t=Object.freeze({});function n(e){return'
    " null==e}function r(e){return!0===e}for(var o=0,i=e.length;o<i;o++)a[o]=e[o]>>>0;return void 0===s?s=c:s}));"
)
CSS = ".btn{display:inline-block;font-weight:400;color:#212529}.btn:hover{color:#212529;text-decoration:none}@media(min-width:9px){a{b:c}}"
DATA = json.dumps(
    [{"id": i, "name": f"topic{i}", "tags": ["a", "b"], "score": i / 7} for i in range(300)], separators=(",", ":")
)
CODE = '''\
def schedule(pods, nodes):
    """Assign every pod to a node."""
    for pod in pods:
        for node in nodes:
            if fits(pod, node):  # room for it
                bind(pod, node)
                break
    return {pod.name: pod.node for pod in pods}
'''


@pytest.mark.parametrize(
    ("text", "suffix", "kind"),
    [
        (JAVASCRIPT * 5, ".js", "JavaScript"),
        (JAVASCRIPT * 5, "", "JavaScript"),
        ("/*! Library v3\n * (c) 2026 The Authors, MIT licence\n */\n" + JAVASCRIPT * 9, ".txt", "JavaScript"),
        (CSS * 20, "", "CSS"),
        (DATA, "", "JSON"),
        (DATA, ".map", "JSON"),
        ("a=1;b=[2,3];" * 300, "", "code"),
        (JAVASCRIPT, ".js", None),  # too short to tell
        (CODE * 50, ".py", None),
        (json.dumps(json.loads(DATA), indent=2), ".json", None),
        (PROSE * 50, "", None),
        (f"| {PROSE} | {PROSE} |\n" * 20, ".md", None),
        ("\n".join(f"https://example.org/a/{i}?x={i}&y=1" for i in range(99)), "", None),
        ("容器是一种轻量级的虚拟化技术，它让应用程序在任何环境中都能以相同的方式运行。" * 50, "", None),
    ],
)
def test_kinds(text: str, suffix: str, kind: str | None) -> None:
    assert minified_kind(text, suffix) == kind


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        (JAVASCRIPT * 8000, "app.min.js", "skipped: 3 MB of minified JavaScript"),
        (JAVASCRIPT * 100, "https://example.org/bundle", "skipped: 34 KB of minified JavaScript"),
        (CSS * 20, "site.css", "skipped: 3 KB of minified CSS"),
        (DATA, "data.json", "skipped: 21 KB of minified JSON"),
        (DATA, "data.md", "skipped: 21 KB of minified JSON"),
        (CODE, "a.js", "skipped: format not supported: .js"),
    ],
)
def test_reasons(text: str, name: str, reason: str) -> None:
    assert refusal(text, name) == reason


def test_a_changelog_full_of_links_is_no_code() -> None:
    commits = ", ".join(f"[`{number:07x}`](https://example.org/commit/{number:040x})" for number in range(40))
    assert minified_kind(f"# Changes\n\n- Updated dependencies {commits}\n", ".md") is None
