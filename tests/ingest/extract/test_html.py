from __future__ import annotations

import pytest

from ingest.extract.html.facts import page_name
from tests.ingest.extract.makers import PROSE, extract, page, refusal, sections

DOCUMENTATION = page(
    head='<meta property="og:site_name" content="Kubernetes"><style>.x{color:red}</style><script>var a = 1;</script>',
    title="Pods | Kubernetes",
    body=f"""
<header role="banner"><a href="/">Kubernetes</a><form><input name="q"><button>Search</button></form></header>
<nav class="breadcrumbs"><ol><li><a href="/">Home</a></li><li><a href="/docs">Docs</a></li></ol></nav>
<div class="wrapper">
 <aside class="sidebar"><ul><li><a href="/a">Nodes</a></li><li><a href="/b">Services</a></li></ul></aside>
 <main>
  <article>
   <h1>Pods<a class="headerlink" href="#pods">¶</a></h1>
   <p class="byline">Updated 3 May</p>
   <p>A <em>Pod</em> is the smallest unit that <a href="/k8s">Kubernetes</a> can start, and all of its containers share
      one network address.<br>{PROSE}</p>
   <h2 id="lifecycle">Lifecycle <button>Copy link</button></h2>
   <p>{PROSE}</p>
   <ol start="3"><li>Pending until the images are there</li><li>Running<ul><li>ready</li><li>not ready</li></ul></li></ol>
   <table><caption>Table 1. Phases</caption><thead><tr><th>Phase</th><th>Meaning</th></tr></thead>
    <tbody><tr><td><code>Pending</code></td><td>not started | waiting</td></tr><tr><td colspan="2">Failed</td></tr></tbody></table>
   <h3>Try it</h3>
   <div class="highlight language-bash"><pre><code><span class="k">kubectl</span> get pods
  --watch</code></pre><button>Copy</button></div>
   <p>It takes O(n<sup>2</sup>) time<sup><a href="#fn1">[1]</a></sup>, and H<sub>2</sub>O is water, as
      <q>everyone</q> knows; the formula <math><semantics><mi>E</mi><annotation encoding="application/x-tex">E = mc^2</annotation>
      </semantics></math> is older.</p>
   <dl><dt>Node</dt><dd>A machine of the cluster.</dd><dt>Kubelet</dt><dd><p>The agent on it.</p><p>One for each.</p></dd></dl>
   <figure><img src="p.png" alt="A Pod with two containers and a shared volume"><figcaption>Figure 1. A Pod.</figcaption></figure>
   <div class="share"><a href="#">Tweet</a> <a href="#">Post</a></div>
  </article>
 </main>
</div>
<footer><p>© 2026 The Authors. All rights reserved, and so on for a while in this long line of text.</p></footer>""",
)


def test_a_page_of_documentation() -> None:
    document = extract(DOCUMENTATION, "https://example.org/docs/pods/", "text/html; charset=utf-8")
    assert document.title == "Pods"
    assert [(section.heading, section.text) for section in document.sections] == [
        (
            "Pods",
            "A Pod is the smallest unit that Kubernetes can start, and all of its containers share one network address."
            f"\n{PROSE}",
        ),
        (
            "Pods > Lifecycle",
            f"{PROSE}\n\n3. Pending until the images are there\n4. Running\n  - ready\n  - not ready\n\nTable 1. Phases\n\n"
            "| Phase | Meaning |\n| --- | --- |\n| `Pending` | not started \\| waiting |\n| Failed |  |",
        ),
        (
            "Pods > Lifecycle > Try it",
            "```bash\nkubectl get pods\n  --watch\n```\n\n"
            "It takes O(n^2) time, and H2O is water, as “everyone” knows; the formula $E = mc^2$ is older.\n\n"
            "- Node: A machine of the cluster.\n\nKubelet:\n\nThe agent on it.\n\nOne for each.\n\n"
            "A Pod with two containers and a shared volume\n\nFigure 1. A Pod.",
        ),
    ]


def test_a_blog_without_semantic_elements() -> None:
    body = f"""
<div id="top"><div class="menu"><a href="/">Home</a> | <a href="/about">About</a></div></div>
<div id="content"><div class="post"><h2>Why sidecars</h2><p>{PROSE}</p><p>{PROSE} <a href="/x">More</a> follows here.</p>
<blockquote><p>{PROSE}</p></blockquote></div>
<div class="related-posts"><h3>Related</h3><ul><li><a href="/1">Ten reasons to love containers</a></li></ul></div>
<div id="comments"><h3>2 comments</h3><p>Great post, thank you very much for writing this down for us all!</p></div></div>
<div id="footer">Powered by something</div>"""
    assert sections(page(body, "Why sidecars - My Blog"), "post.html") == [
        ("Why sidecars", f"{PROSE}\n\n{PROSE} More follows here.\n\n{PROSE}")
    ]


def test_sentences_are_whole_beyond_their_links() -> None:
    linked = PROSE.replace("scheduler", '<a href="/s">scheduler</a>').replace(
        "kubelet", '<a href="/k"><code>kubelet</code></a>'
    )
    body = f"<main><h1>T</h1><p>{linked}</p><p>See the section <a href='/x'>“Control Flow”</a> in chapter 3 for the rest of it.</p></main>"
    assert sections(page(body), "a.html") == [
        (
            "T",
            f"{PROSE.replace('kubelet', '`kubelet`')}\n\nSee the section “Control Flow” in chapter 3 for the rest of it.",
        )
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<pre>a\n  b &lt; c</pre>", "```\na\n  b < c\n```"),
        ("<pre class='lang-py'>a<br>b</pre>", "```py\na\nb\n```"),
        (
            "<pre><code>import a</code><code>require('a')</code><button>copy</button></pre>",
            "```\nimport a\nrequire('a')\n```",
        ),
        ("<pre>a ``` b</pre>", "````\na ``` b\n````"),
        (
            "<table class=highlighttable><tr><td class=linenos><pre>1\n2</pre></td><td class=code><pre>x = 1\ny = 2</pre></td></tr></table>",
            "```\nx = 1\ny = 2\n```",
        ),
        ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\n\nb"),
        ("<table><tr><td colspan=1000000000>a<td>b</tr><tr><td>c</table>", None),
        ("<p>a &amp;lt; b</p>", "a &lt; b"),
        ("<p>``` not a fence</p>", "not a fence"),
        ("<ul><li><p>one</p><p>more</p></li><li><pre>x</pre>text</li></ul>", "- one\n  more\n\n```\nx\n```\n\n  text"),
        ("<details><summary>More</summary>hidden until opened</details>", "More\n\nhidden until opened"),
        ("<div>bare <b>text</b><div>inner</div>tail</div>", "bare text\n\ninner\n\ntail"),
        (
            "<a href=x><p>linked paragraph with quite a few words in it.</p></a>",
            "linked paragraph with quite a few words in it.",
        ),
    ],
)
def test_elements(html: str, expected: str | None) -> None:
    (section,) = sections(page(f"<main><p>{PROSE}</p>{html}<p>{PROSE}</p></main>"), "a.html")
    between = section[1].removeprefix(PROSE).removesuffix(PROSE).strip("\n")
    if expected is None:
        assert len(between) < 400  # a span of a billion columns makes fifty
    else:
        assert between == expected


@pytest.mark.parametrize(
    ("title", "heading", "name"),
    [
        ("Pods | Kubernetes", "Pods", "Pods"),
        ("Using pods - Kubernetes", "", "Using pods"),
        ("Kubernetes - The whole documentation of it", "", "Kubernetes - The whole documentation of it"),
        ("Home", "Understanding pods", "Home"),
        ("", "", ""),
    ],
)
def test_names_of_pages(title: str, heading: str, name: str) -> None:
    assert page_name(title, heading) == name


def test_without_a_title_the_address_names_the_page() -> None:
    assert extract(page(f"<p>{PROSE}</p>", title=""), "https://example.org/a/scheduling").title == "scheduling"


def test_characters_and_names_that_no_tree_may_hold() -> None:
    odd = f"<main><p>{PROSE}</p><pre>a&#1;b\x02c<br>d&#xFFFF;&#xD800;&#99999999;e</pre><p {{a}}=1 {{b=2 :=3>{PROSE}</p></main>"
    ((_, text),) = sections(page(odd), "a.html")
    assert text.startswith(f"{PROSE}\n\n```\na b c\nd ")
    assert text.endswith(PROSE)


def test_chinese_has_words_too() -> None:
    text = "容器是一种轻量级的虚拟化技术，它让应用程序在任何环境中都能以相同的方式运行。" * 3
    assert sections(page(f"<main><h1>容器</h1><p>{text}</p></main>"), "a.html") == [("容器", text)]


def test_an_empty_page() -> None:
    assert refusal(page(""), "a.html") == "skipped: too little text"
    assert refusal("<!doctype html>", "a.html") == "skipped: too little text"
