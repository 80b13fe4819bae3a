from __future__ import annotations

import pytest

from ingest.extract.images import describing
from ingest.extract.markdown.front_matter import FrontMatter, split_front_matter
from ingest.extract.markdown.scan import scan
from tests.ingest.extract.makers import extract, refusal, sections

NOTE = """\
---
title: Sidecar pattern
aliases: [sidecar proxy, helper container]
tags:
  - kubernetes
  - "#networking/mesh"
---
%% draft, do not publish %%
A **sidecar** runs next to the main container ([[Pods|pods]], [[Service mesh#Data plane]]). ^intro

![[diagram.png]] ![[mesh.png|300]] ![[other note]]
![A proxy in front of each service](img/proxy.png "t") ![image.png](a.png)

# Why

> [!warning]- Costs memory
> Every pod pays for it.
>
> ```yaml
> containers:
>   - name: proxy   # [[not a link]] %%kept%%
> ```

<!-- TODO: check
several lines -->
- one `[[code]]` item
  - nested with [a link](https://example.org/a_(b) "title")
    ```bash
    kubectl get pods
    ```
1. first
2. second ==marked== [^1]

[^1]: A footnote text.
[ref]: https://example.org

See the [docs][ref] and <https://example.org/x>.

## Closing ## {#closing}

```python
def f():  # ![[kept]]


    return "%% kept %% <!-- kept -->"
```
"""


def test_a_note_of_a_vault() -> None:
    document = extract(NOTE, "vault/sidecar.md")
    assert document.title == "Sidecar pattern (sidecar proxy, helper container) #kubernetes #networking/mesh"
    assert [(section.heading, section.text) for section in document.sections] == [
        (
            "",
            "A **sidecar** runs next to the main container (pods, Service mesh > Data plane).\n\n"
            "A proxy in front of each service",
        ),
        (
            "Why",
            "**Costs memory**\n\nEvery pod pays for it.\n\n"
            "```yaml\ncontainers:\n  - name: proxy   # [[not a link]] %%kept%%\n```\n\n"
            "- one `[[code]]` item\n  - nested with a link\n\n"
            "```bash\nkubectl get pods\n```\n\n"
            "1. first\n2. second marked\n\nA footnote text.\n\nSee the docs and https://example.org/x.",
        ),
        ("Why > Closing", '```python\ndef f():  # ![[kept]]\n\n\n    return "%% kept %% <!-- kept -->"\n```'),
    ]


def test_another_roadmap() -> None:
    text = "# Data Roadmap\n\nStart here.\n\n## 1. SQL\n\n- joins\n- windows\n\n## 2. Streams\n\n### Kafka\n\nLogs.\n"
    assert sections(text, "roadmap.md") == [
        ("Data Roadmap", "Start here."),
        ("Data Roadmap > 1. SQL", "- joins\n- windows"),
        ("Data Roadmap > 2. Streams > Kafka", "Logs."),
    ]


@pytest.mark.parametrize(
    ("text", "heading", "body"),
    [
        ("Title\n=====\n\ntext", "Title", "text"),
        ("Title\n-----\n\ntext", "Title", "text"),
        ("one\ntwo\n---\n\nthree", "", "one\ntwo\n\nthree"),
        ("- item\n---\ntext", "", "- item\n\ntext"),
        ("#hashtag is prose", "", "#hashtag is prose"),
        ("## C# and `F#` ##\n\ntext", "C# and F#", "text"),
        ("# **Bold** [link](x)\n\ntext", "Bold link", "text"),
        ("```\n# not a heading\n```", "", "```\n# not a heading\n```"),
        ("## \n\ntext", "", "text"),
        ("# `a > b`\n\ntext", "a > b", "text"),
    ],
)
def test_headings(text: str, heading: str, body: str) -> None:
    assert sections(text, "note.md") == [(heading, body)]


def test_a_deeper_heading_does_not_stay_in_the_path() -> None:
    text = "# A\n\na\n\n### C\n\nc\n\n## B\n\nb\n\n# D\n\nd"
    assert [heading for heading, _ in sections(text, "x.md")] == ["A", "A > C", "A > B", "D"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a | b\n--- | ---\n1 | 2", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
        ("text\n\n    indented code\n\n    goes on\n\nmore", "text\n\n```\nindented code\n\ngoes on\n```\n\nmore"),
        ("```\nnever closed", "```\nnever closed\n```"),
        ("````md\n```\ninner\n```\n````", "````md\n```\ninner\n```\n````"),
        ("~~~sh\nls\n~~~", "```sh\nls\n```"),
        ("100%% sure, 50%% not", "100%% sure, 50%% not"),
        ("a %%hidden%% b", "a  b"),
        ("a\n%%\nhidden\n\nhidden\n%%\nb", "a\n\nb"),
        ("costs %% of it", "costs %% of it"),
        ("> quoted\n> text\n\nnot", "quoted\ntext\n\nnot"),
        ("```\n> a shell prompt\n```", "```\n> a shell prompt\n```"),
        ("AT&amp;T &lt;b&gt; `&amp;`", "AT&T <b> `&amp;`"),
        ("line one<br>line two", "line one line two"),
        ("text\n^block-1", "text"),
        ("[x] is not [link] here [1]", "[x] is not [link] here [1]"),
        ("[![build](b.svg)](https://ci) tool", "tool"),
        ("\n\n\n\na\n\n\n\nb", "a\n\nb"),
    ],
)
def test_blocks(text: str, expected: str) -> None:
    (section,) = sections(text, "note.md")
    assert section[1].strip() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("List<String> and a < b", "List<String> and a < b"),
        ("<b>bold</b> <kbd>Ctrl</kbd>", "bold Ctrl"),
        ('<img src="x" alt="A queue between two services">', "A queue between two services"),
        ("<h2 align=center>Setup</h2>\n\ntext", "text"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        (
            "<table><tr><th>Key</th><th>Value</th></tr><tr><td>cpu</td><td>1 | 2</td></tr></table>",
            "| Key | Value |\n| --- | --- |\n| cpu | 1 \\| 2 |",
        ),
        ("<pre><code>if a &lt; b:\n    pass</code></pre>", "```\nif a < b:\n    pass\n```"),
        ("a <span hidden>secret</span> b", "a  b"),
        ('a <div style="display:none">x <div>y</div> z</div> b', "a  b"),
        ("a <script>alert(1)</script> b", "a  b"),
        ("<details><summary>More</summary>\n\ninside\n\n</details>", "More\n\ninside"),
    ],
)
def test_html_in_markdown(text: str, expected: str) -> None:
    (section,) = sections(text, "note.md")
    assert section[1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '!!! note "Read this"\n    Body.\n\n    ```sh\n    ls\n    ```\n\nafter',
            "**Read this**\n\nBody.\n\n```sh\nls\n```\n\nafter",
        ),
        ('=== "Linux"\n    Use apt.\n=== "macOS"\n    Use brew.', "**Linux**\n\nUse apt.\n\n**macOS**\n\nUse brew."),
        (":::tip[Short way]\nUse it.\n:::", "**Short way**\n\nUse it."),
        ('A {{< glossary_tooltip text="Pod" term_id="pod" >}} runs.{{% /note %}}', "A Pod runs."),
        ("text {#anchor} more {:.class}", "text more"),
    ],
)
def test_documentation_generators(text: str, expected: str) -> None:
    (section,) = sections(text, "page.md")
    assert section[1] == expected


def test_mdx() -> None:
    text = (
        "import Tabs from '@theme/Tabs';\n\n# Tabs\n\n<Tabs>\n<TabItem value='a'>\n\nUse apt.\n\n</TabItem>\n</Tabs>\n"
    )
    assert sections(text, "page.mdx") == [("Tabs", "Use apt.")]


@pytest.mark.parametrize(
    ("text", "matter", "body"),
    [
        ("---\ntitle: T\n---\nx", FrontMatter("T"), "x"),
        ("---\ntitle: T\n...\nx", FrontMatter("T"), "x"),
        ("---\naliases: a, b\ntag: '#t'\n---\n", FrontMatter("", ("a", "b"), ("t",)), ""),
        ("---\ntags: [1, null, {a: b}, t]\n---\n", FrontMatter("", (), ("1", "t")), ""),
        ("---\ntitle: [unclosed\n---\nx", FrontMatter(), "x"),
        ("---\ndate: 2024-13-45\n---\nx", FrontMatter(), "x"),
        ("---\n---\nx", FrontMatter(), "x"),
        ("---\njust prose\n---\nx", FrontMatter(), "---\njust prose\n---\nx"),
        ("no matter", FrontMatter(), "no matter"),
        ("---\n!!python/object/apply:os.system [ls]\n---\nx", FrontMatter(), "x"),
    ],
)
def test_front_matter(text: str, matter: FrontMatter, body: str) -> None:
    assert split_front_matter(text) == (matter, body)


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("---\ntitle: T\n---\n# H\n\nx", "n.md", "T"),
        ("---\naliases: [Alias]\n---\n# H\n\nx", "n.md", "H (Alias)"),
        ("---\naliases: [pods]\n---\n# Pods\n\nx", "n.md", "Pods"),
        ("x", "folder/My note.md", "My note"),
        ("## Second\n\nx\n\n# First\n\ny", "n.md", "First"),
        ("x", "https://example.org/docs/Start%20here.md?plain=1", "Start here"),
    ],
)
def test_titles(text: str, name: str, title: str) -> None:
    assert extract(text, name).title == title


@pytest.mark.parametrize(
    ("alt", "kept"),
    [
        ("A queue between two services", True),
        ("Pods", True),
        ("image.png", False),
        ("Screenshot", False),
        ("300x200", False),
        ("", False),
        ("-", False),
    ],
)
def test_descriptions_of_images(alt: str, kept: bool) -> None:
    assert describing(alt) == (alt if kept else "")


def test_code_is_out_of_reach_of_everything_else() -> None:
    scanned = scan("a\n```\n[[x]]\n```\nb")
    assert "[[x]]" not in scanned.prose
    assert scanned.restore(scanned.prose) == "a\n\n```\n[[x]]\n```\n\nb"


def test_nothing_but_front_matter_and_comments_is_empty() -> None:
    assert refusal("---\ntitle: T\n---\n%% todo %%\n\n# Heading\n", "n.md") == "skipped: empty"


def test_parts_of_a_note_without_a_title_do_not_name_it() -> None:
    assert extract(b"## Tasks\n\nMilk.\n\n## Log\n\nRain.", "2026-01-01.md").title == "2026-01-01"
    assert extract(b"## Tasks\n\nMilk.\n\n### Log\n\nRain.", "2026-01-01.md").title == "Tasks"
    assert extract(b"# One\n\nMilk.\n\n# Two\n\nRain.", "book.md").title == "One"


def test_queries_and_template_commands_of_obsidian_are_no_text() -> None:
    note = b"Kept.\n\n```dataview\nTABLE x FROM #y\n```\n\n```sql\nSELECT 1;\n```\n\n<% tp.file.cursor() %>"
    assert sections(note, "note.md") == [("", "Kept.\n\n```sql\nSELECT 1;\n```")]


def test_components_in_markdown_leave_their_words() -> None:
    page = b"{/* generated\nfrom it */}\n<AppOnly>\n\nUse <Check size={18} />it with `<Link>`.\n\n</AppOnly>\n\nA List<String> and <Thing> stay."
    assert sections(page, "page.md") == [("", "Use it with `<Link>`.\n\nA List<String> and <Thing> stay.")]
    assert sections(b"An open {/* comment stays.", "page.md") == [("", "An open {/* comment stays.")]


def test_indented_components_of_mdx_are_no_code() -> None:
    page = b'<Tabs>\n\n    <Tab>\n      <Snippet text="a" />\n    </Tab>\n\n</Tabs>\n\nWords.\n\n    code()\n'
    assert sections(page, "page.mdx") == [("", "Words.\n\n```\ncode()\n```")]
