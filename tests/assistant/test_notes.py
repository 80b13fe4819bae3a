from __future__ import annotations

import time

import pytest

from assistant.domain import Choice
from assistant.errors import CorpusError
from assistant.notes import (
    Heading,
    ModuleNotes,
    NotesFormatError,
    Project,
    Question,
    QuestionKind,
    Section,
    TopicNotes,
    headings,
    parse_module_notes,
)

NOTES = """\
# 7. Guards

### Overview

About guards.

## Timeouts

### How it works

A timeout ends a call.

~~~~bash
# not a heading
```
## nor this
~~~~~

### How it connects

- [[retries]]: A retry follows a timeout.
- [[queues]]: A queue hides a timeout.

### Check yourself

**1. [choice] What ends?**
- [ ] The queue. *Why not: a queue stays; calls go.*
- [x] The call.

**2. [open] Why end a call?**
- A hanging call holds a thread.
- A caller can [x] decide.

## Retries

### Pitfalls

- None.

# Project: Break it

### Goal

Break a call.

### Steps
1. Start it.
2. Stop it.

### Definition of done
- The call fails.

### Hours
7.5
"""

PARSED = ModuleNotes(
    number=7,
    title="Guards",
    overview=Section("Overview", 3, "About guards."),
    topics=(
        TopicNotes(
            title="Timeouts",
            line=7,
            sections=(
                Section(
                    "How it works",
                    9,
                    "A timeout ends a call.\n\n~~~~bash\n# not a heading\n```\n## nor this\n~~~~~",
                ),
                Section(
                    "How it connects",
                    19,
                    "- [[retries]]: A retry follows a timeout.\n- [[queues]]: A queue hides a timeout.",
                ),
            ),
            questions=(
                Question(
                    1,
                    QuestionKind.CHOICE,
                    "What ends?",
                    (Choice("The queue.", False, "a queue stays; calls go."), Choice("The call.", True, "")),
                    (),
                    26,
                ),
                Question(
                    2,
                    QuestionKind.OPEN,
                    "Why end a call?",
                    (),
                    ("A hanging call holds a thread.", "A caller can [x] decide."),
                    30,
                ),
            ),
            connections=(("retries", "A retry follows a timeout."), ("queues", "A queue hides a timeout.")),
        ),
        TopicNotes("Retries", 34, (Section("Pitfalls", 36, "- None."),), (), ()),
    ),
    project=Project("Break it", "Break a call.", ("Start it.", "Stop it."), ("The call fails.",), 7.5, 40),
)


def test_a_whole_file() -> None:
    assert parse_module_notes(NOTES, "07-guards.md") == PARSED


@pytest.mark.parametrize("text", [NOTES.replace("\n", "\r\n"), NOTES.removesuffix("\n"), "\ufeff" + NOTES])
def test_line_endings_and_byte_order_mark_make_no_difference(text: str) -> None:
    assert parse_module_notes(text, "07-guards.md") == PARSED


def test_headings_leave_out_code() -> None:
    assert headings("# A\n```\n# no\n````\n ###  B c \n#no\n#######\n#\n", "a.md") == (
        Heading(1, "A", 1),
        Heading(3, "B c", 5),
        Heading(1, "", 8),
    )


def test_headings_refuse_an_open_fence() -> None:
    with pytest.raises(NotesFormatError, match=r"^a\.md:2: this code fence is never closed$"):
        headings("# A\n~~~\n# B", "a.md")


TITLE = 'the first line must be "# N. Title"'
QUESTION = 'a question is written "**N. [choice] Text?**" or "**N. [open] Text?**", then bullets'
OPTION = 'an option is written "- [x] Text." or "- [ ] Text. *Why not: reason.*"'
POINT = 'a key point or check is written "- Sentence."'
PARTS = (
    'exactly these sections belong here, in this order: "### Goal", "### Steps", "### Definition of done", "### Hours"'
)

BROKEN = [
    ("# 7. Guards", "Guards", 1, TITLE),
    ("# 7. Guards", "\n# 7. Guards", 1, TITLE),
    ("# 7. Guards", "# Guards", 1, TITLE),
    ("# 7. Guards", "## 7. Guards", 1, TITLE),
    ("# 7. Guards", "### 7. Guards", 1, TITLE),
    ("### Overview", "### Summary", 1, 'exactly these sections belong here, in this order: "### Overview"'),
    ("## Timeouts\n", "## Timeouts\n\nText.\n", 9, "text must stand under a third-level heading"),
    ("### Pitfalls", "#### Pitfalls", 36, "headings below the third level are not used"),
    ("## Retries", "# Retries", 34, "only the title and the project at the end are first-level headings"),
    ("# Project: Break it", "# Break it", 40, 'the file must end with "# Project: ..."'),
    ("\n7.5\n", "\n7.5\n## More\n", 55, 'the file must end with "# Project: ..."'),
    ("~~~~~", "~~~", 13, "this code fence is never closed"),
    ("[[queues]]", "[queues]", 22, 'a connection is written "- [[topic-id]]: One sentence."'),
    ("**1. [choice] What ends?**", "**1. [pick] What ends?**", 26, QUESTION),
    ("**2. [open] Why end a call?**", "2. [open] Why end a call?", 30, QUESTION),
    ("- [x] The call.", "- [X] The call.", 28, OPTION),
    ("calls go.*", "calls go.", 27, 'a "*Why not: reason.*" closes with an asterisk at the end of the line'),
    ("- [x] The call.", "- [x] The call. *Why not: no.*", 28, 'the right option has no "Why not"'),
    ("- A hanging", "- [ ] A hanging", 31, POINT),
    ("2. Stop it.", "3. Stop it.", 48, 'step 2 is written "2. Sentence." on one line'),
    ("1. Start it.", "- Start it.", 47, 'step 1 is written "1. Sentence." on one line'),
    ("- The call fails.", "The call fails.", 51, POINT),
    ("### Steps", "### Tasks", 40, PARTS),
    ("7.5", "six", 53, "the project's hours are a number such as 6 or 7.5"),
    ("7.5", "", 53, "the project's hours are a number such as 6 or 7.5"),
]


@pytest.mark.parametrize(("old", "new", "line", "problem"), BROKEN)
def test_broken_formats_name_the_line(old: str, new: str, line: int, problem: str) -> None:
    assert NOTES.count(old) == 1
    with pytest.raises(CorpusError) as caught:
        parse_module_notes(NOTES.replace(old, new), "07-guards.md")
    assert caught.value.user_message == f"07-guards.md:{line}: {problem}"
    assert isinstance(caught.value, NotesFormatError)
    assert (caught.value.name, caught.value.line, caught.value.problem) == ("07-guards.md", line, problem)


@pytest.mark.parametrize("text", ["", "\n\n", "# 7. Guards\n"])
def test_a_file_without_content(text: str) -> None:
    with pytest.raises(CorpusError, match=r"^a\.md:1: "):
        parse_module_notes(text, "a.md")


def test_a_wrong_option_may_lack_its_reason_here_because_the_linter_says_so() -> None:
    text = NOTES.replace(" *Why not: a queue stays; calls go.*", "")
    choices = parse_module_notes(text, "a.md").topics[0].questions[0].choices
    assert choices == (Choice("The queue.", False, ""), Choice("The call.", True, ""))


@pytest.mark.parametrize("piece", ["*Why not: ", "# ", "`", " ", "[", "[[a]]: ", "**1. [open] "])
def test_time_is_linear(piece: str) -> None:
    text = NOTES.replace("About guards.", piece * 100_000 + "\n" + (piece + "x\n") * 10_000)
    option = NOTES.replace("The queue.", "The queue." + piece * 100_000)
    start = time.process_time()
    for each in (text, option):
        try:
            parse_module_notes(each, "a.md")
        except CorpusError:
            continue
    assert time.process_time() - start < 5
