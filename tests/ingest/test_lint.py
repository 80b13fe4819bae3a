from __future__ import annotations

import pytest

from ingest.lint import Code, Finding, ModuleSpec, Severity, lint_notes
from ingest.lint.source import count_words, quantity_problem

GUARDS, QUEUES = "01-guards.md", "02-queues.md"
EXPECTED = {
    GUARDS: ModuleSpec(1, "Guards", (("retry-vs-wait", "Retry vs Wait"), ("timeouts", "Timeouts"))),
    QUEUES: ModuleSpec(2, "Queues", (("buffers", "Buffers"),)),
}

TOPIC = """\
## {title}

### In one sentence

{title} is, e.g. in `a. B`, one {title} subject.

### How it works

{filler}

### When to use it, and when not

Use {title} often.

### Trade-offs

| {title} | cost |
| --- | --- |
| a | b |

{title} costs time.

### Pitfalls

- {title} has a first pitfall. {title} has a remedy.
- {title} has a second pitfall.
- {title} has a third pitfall.

### In practice

The code block shows {title}.

```yaml
one: List<T>
two: [a](b)
three: 3
four: 4
five: 5
```

### How it connects

{connections}

### Check yourself

**1. [choice] Which {title}?**
- [ ] {title} one. *Why not: one.*
- [x] It is {title}.
- [ ] {title} three. *Why not: three.*
- [ ] {title} four. *Why not: four.*

**2. [choice] What about {title}?**
- [x] It is right.
- [ ] It is two. *Why not: two.*
- [ ] It is three. *Why not: three.*
- [ ] It is four. *Why not: four.*

**3. [open] Why {title}?**
- {title} has a reason.
- {title} has a cause.

**4. [open] How {title}?**
- {title} has a way.
- {title} has a path.

"""

PROJECT = """\
# Project: Break {title}

### Goal

Break one thing. Mend one thing.

### Steps

1. Start the service.
2. Stop the service.
3. Read the log.
4. Write the report.

### Definition of done

- The service stops.
- The log tells why.
- The report exists.

### Hours

6
"""


def filler(title: str, sentences: int) -> str:
    return " ".join(f"{title} gauge number {i} reports one steady value per node." for i in range(sentences))


def topic(title: str, *connected: str) -> str:
    connections = "\n".join(f"- [[{other}]]: {title} and {other} work together." for other in connected)
    return TOPIC.format(title=title, filler=filler(title, 45), connections=connections)


def module(number: int, title: str, *topics: str) -> str:
    overview = f"### Overview\n\nThis module shows {title}. {filler(title + ' overview', 6)}\n\n"
    return f"# {number}. {title}\n\n{overview}{''.join(topics)}{PROJECT.format(title=title)}"


FILES = {
    GUARDS: module(
        1, "Guards", topic("Retry vs Wait", "timeouts", "buffers"), topic("Timeouts", "retry-vs-wait", "buffers")
    ),
    QUEUES: module(2, "Queues", topic("Buffers", "timeouts", "retry-vs-wait")),
}


def lint(guards: str) -> list[Finding]:
    return lint_notes(EXPECTED, {**FILES, GUARDS: guards})


def test_valid_files_give_no_finding() -> None:
    assert lint_notes(EXPECTED, FILES) == []
    assert lint(FILES[GUARDS].replace("\n", "\r\n")) == []


ROW = "| Retry vs Wait | cost |\n| --- | --- |\n| a | b |\n\n"
PITFALL = "- Timeouts has a second pitfall.\n"
LINK = "- [[retry-vs-wait]]: Timeouts and retry-vs-wait work together.\n"
SECTION = "### When to use it, and when not\n\nUse Timeouts often.\n\n"
OPEN = "**4. [open] How Timeouts?**\n- Timeouts has a way.\n- Timeouts has a path.\n"
POINT = "- Timeouts has a path."
AGAIN = topic("Again", "buffers", "timeouts").replace("## Again", "## Retry vs Wait")
WRONG = "- [ ] Timeouts one. *Why not: one.*"
CODE = "shows Timeouts.\n\n```yaml\n"

# what is replaced, by what, which finding it gives, and how the line it stands on starts
BREAKS = [
    ("# 1. Guards", "# 1. guards", Code.TITLE, "# 1."),
    ("# 1. Guards", "# 2. Guards", Code.TITLE, "# 2."),
    (filler("Guards overview", 6), "Short.", Code.OVERVIEW_WORDS, "### Overview"),
    ("## Timeouts", topic("Extra", "timeouts", "buffers") + "## Timeouts", Code.TOPIC_UNKNOWN, "## Extra"),
    ("## Timeouts", AGAIN + "## Timeouts", Code.TOPIC_REPEATED, "## Retry vs Wait"),
    (topic("Timeouts", "retry-vs-wait", "buffers"), "", Code.TOPIC_MISSING, "# 1. Guards"),
    (SECTION, "", Code.SECTION_MISSING, "## Timeouts"),
    (SECTION, SECTION.replace("Use T", "Pick T") + SECTION, Code.SECTION_REPEATED, "### When to use it"),
    ("Use Timeouts often.\n", "Use Timeouts often.\n\n### Extra\n\nMore.\n", Code.SECTION_UNKNOWN, "### Extra"),
    ("Use Timeouts often.\n", "", Code.SECTION_EMPTY, "### When to use it, and when not"),
    (filler("Timeouts", 45), filler("Timeouts", 20), Code.TOPIC_WORDS, "## Timeouts"),
    (filler("Timeouts", 45), filler("Timeouts", 90), Code.TOPIC_WORDS, "## Timeouts"),
    ("Timeouts is, e.g.", "A thing. Timeouts is, e.g.", Code.ONE_SENTENCE, "### In one sentence"),
    ("Timeouts is, e.g.", "- Timeouts is, e.g.", Code.ONE_SENTENCE, "### In one sentence"),
    (ROW, "", Code.VS_TABLE, "### Trade-offs"),
    (CODE, CODE.replace("yaml", ""), Code.CODE_LANGUAGE, "```"),
    (CODE, CODE + "extra\n" * 21, Code.CODE_LINES, "```yaml"),
    (CODE, CODE + "a\nb\nc\nd\ne\n```\n\n```yaml\n", Code.CODE_BLOCK, "### In practice"),
    (PITFALL, "", Code.PITFALLS, "### Pitfalls"),
    (PITFALL, "- P1.\n- P2.\n- P3.\n- P4.\n- P5.\n", Code.PITFALLS, "### Pitfalls"),
    (LINK, "", Code.CONNECTION_COUNT, "### How it connects"),
    (LINK, LINK.replace("[[retry-vs-wait]]", "[[tries]]"), Code.CONNECTION_UNKNOWN, "- [[tries]]"),
    (LINK, LINK.replace("[[retry-vs-wait]]", "[[timeouts]]"), Code.CONNECTION_SELF, "- [[timeouts]]"),
    (LINK, LINK + "- [[retry-vs-wait]]: Again.\n", Code.CONNECTION_REPEATED, "- [[retry-vs-wait]]: Again."),
    (OPEN, "", Code.QUESTION_COUNT, "### Check yourself"),
    ("**4. [open] How Timeouts", "**5. [open] How Timeouts", Code.QUESTION_NUMBER, "**5. [open]"),
    (WRONG + "\n", "", Code.CHOICE_OPTIONS, "**1. [choice]"),
    (WRONG, "- [x] Timeouts one.", Code.CHOICE_RIGHT, "**1. [choice]"),
    ("- [x] It is Timeouts.", WRONG, Code.CHOICE_RIGHT, "**1. [choice]"),
    (WRONG, "- [ ] Timeouts one.", Code.CHOICE_WHY_NOT, "- [ ] Timeouts one."),
    (POINT + "\n", "", Code.KEY_POINTS, "**4. [open]"),
    (POINT, POINT + "".join(f"\n- Point {i}." for i in range(4)), Code.KEY_POINTS, "**4. [open]"),
    ("Break one thing. Mend", "Break it. Fix it. Mend", Code.PROJECT_GOAL, "# Project"),
    ("4. Write the report.\n", "", Code.PROJECT_STEPS, "# Project"),
    ("- The report exists.\n", "", Code.PROJECT_CHECKS, "# Project"),
    ("\n6\n", "\n0\n", Code.PROJECT_HOURS, "# Project"),
    ("\n6\n", "\nsix\n", Code.FORMAT, "### Hours"),
    ("Use Timeouts often.", "Use [Timeouts](t) often.", Code.LINK, "Use [Timeouts]"),
    ("Use Timeouts often.", "Use https://a.org/x often.", Code.LINK, "Use https"),
    ("Use Timeouts often.", "Use <https://a.org/x> often.", Code.LINK, "Use <https"),
    ("Use Timeouts often.", "Use ![Timeouts](t) often.", Code.IMAGE, "Use ![Timeouts]"),
    ("Use Timeouts often.", "Use Timeouts<br> often.", Code.HTML, "Use Timeouts<br>"),
    ("Use Timeouts often.", "Use <!-- Timeouts --> often.", Code.HTML, "Use <!--"),
    ("Use Timeouts often.", "Use **Timeouts** often.", Code.BOLD, "Use **"),
    ("Use Timeouts often.", "Use [[timeouts]] often.", Code.REFERENCE, "Use [["),
    ("| a | b |\n\nTimeouts", "| a | **b** |\n\nTimeouts", Code.BOLD, "| Timeouts"),
    ("Why Timeouts?", "Why <b>Timeouts?", Code.HTML, "**3. [open] Why <b>"),
    ("- Timeouts has a reason.", "- Timeouts has [[a]] reason.", Code.REFERENCE, "- Timeouts has [[a]]"),
    ("3. Read the log.", "3. Read the __log__.", Code.BOLD, "3. Read the __log__."),
    ("Use Timeouts often.", f"Use {'word ' * 45}.", Code.SENTENCE_LONG, "Use word"),
    ("Use Timeouts often.", "USE `retry` vs wait, often!", Code.SENTENCE_REPEATED, "USE"),
    ("Use Timeouts often.", "Timeouts costs time!", Code.SENTENCE_REPEATED, "Timeouts costs time."),
    ("Use Timeouts often.", "This is one Timeouts.", Code.DANGLING_OPENING, "This is"),
    ("- Timeouts has a reason.", "- For example, a reason.", Code.DANGLING_OPENING, "- For example"),
]


def expected_line(text: str, start: str, end: int) -> int:
    """The last line that starts so, up to the end of what was changed; for a later one, the first after it."""
    lines = text.split("\n")
    changed = text.count("\n", 0, end) + 1
    hits = [number for number, line in enumerate(lines, start=1) if line.startswith(start)]
    return max((hit for hit in hits if hit <= changed), default=hits[0])


@pytest.mark.parametrize(("old", "new", "code", "start"), BREAKS)
def test_each_rule_names_its_line(old: str, new: str, code: Code, start: str) -> None:
    assert FILES[GUARDS].count(old) == 1
    text = FILES[GUARDS].replace(old, new)
    line = expected_line(text, start, FILES[GUARDS].index(old) + len(new.rstrip()))
    assert [(finding.path, finding.line, finding.code) for finding in lint(text)] == [(GUARDS, line, code)]


def test_a_file_that_is_missing_is_one_finding() -> None:
    (finding,) = lint_notes(EXPECTED, {QUEUES: FILES[QUEUES]})
    assert str(finding) == '01-guards.md:0: file-missing the notes of "Guards" are missing'
    assert finding.severity is Severity.ERROR


def test_a_file_that_nobody_expects() -> None:
    (finding,) = lint_notes(EXPECTED, {**FILES, "03-more.md": "# anything"})
    assert str(finding) == "03-more.md:0: file-unknown no module of the roadmap has this file name"


def test_a_format_error_is_one_finding_and_the_other_files_are_still_checked() -> None:
    findings = lint_notes(EXPECTED, {GUARDS: "Guards", QUEUES: FILES[QUEUES].replace("# 2.", "# 3.")})
    assert [str(finding) for finding in findings] == [
        '01-guards.md:1: format the first line must be "# N. Title"',
        '02-queues.md:1: title the title must be "# 2. Queues"',
    ]


def test_topics_out_of_order() -> None:
    text = module(
        1, "Guards", topic("Timeouts", "retry-vs-wait", "buffers"), topic("Retry vs Wait", "timeouts", "buffers")
    )
    assert [str(finding) for finding in lint(text)] == [
        f"01-guards.md:{expected_line(text, '## Timeouts', 0)}: topic-order "
        '"Timeouts" stands where "Retry vs Wait" belongs'
    ]


def test_sections_out_of_order() -> None:
    moved = FILES[GUARDS].replace(SECTION, "").replace("## Timeouts\n\n", "## Timeouts\n\n" + SECTION)
    line = expected_line(moved, "### When", moved.index("Use Timeouts"))
    assert [(finding.line, finding.code) for finding in lint(moved)] == [(line, Code.SECTION_ORDER)]


def test_a_check_without_heading_is_a_missing_section_only() -> None:
    start = FILES[QUEUES].index("### Check yourself")
    text = FILES[QUEUES][:start] + PROJECT.format(title="Queues")
    findings = lint_notes(EXPECTED, {**FILES, QUEUES: text})
    assert [str(finding) for finding in findings] == ['02-queues.md:7: section-missing "Check yourself" is missing']


def test_the_right_option_must_move() -> None:
    text = (
        FILES[QUEUES].replace("- [x] It is right.\n", "").replace("*Why not: two.*\n", "*Why not: two.*\n- [x] Yes.\n")
    )
    (finding,) = lint_notes(EXPECTED, {**FILES, QUEUES: text})
    assert finding.code is Code.CHOICE_POSITION
    assert finding.message == "every right option of the module is option 2"
    assert text.split("\n")[finding.line - 1] == "**1. [choice] Which Buffers?**"


def test_a_sentence_shared_by_two_files_is_reported_once_with_the_other_place() -> None:
    text = FILES[QUEUES].replace("Use Buffers often.", "Use Timeouts often.")
    (finding,) = lint_notes(EXPECTED, {**FILES, QUEUES: text})
    first = expected_line(FILES[GUARDS], "Use Timeouts", 0)
    line = expected_line(text, "Use Timeouts", 0)
    assert str(finding) == f'02-queues.md:{line}: sentence-repeated also at 01-guards.md:{first}: "Use Timeouts often."'


def test_sentences_that_lean_on_others_warn_and_too_many_are_an_error() -> None:
    leaning = " ".join(f"It holds number {i}." for i in range(10))
    text = FILES[GUARDS].replace("Use Timeouts often.", leaning)
    findings = lint(text)
    line = expected_line(text, "It holds", 0)
    assert str(findings[0]) == (
        "(corpus):0: dangling-share 10 of 200 sentences (5.0%) open with a word that points elsewhere; less than 3% may"
    )
    assert findings[0].severity is Severity.ERROR
    assert findings[1] == Finding(GUARDS, line, Code.DANGLING_OPENING, 'names no subject: "It holds number 0."')
    assert [finding.severity for finding in findings[1:]] == [Severity.WARNING] * 10


def test_words_that_only_look_like_openings() -> None:
    text = FILES[GUARDS].replace("Use Timeouts often.", "IT teams use Timeouts. Thistle does. Use it, this way.")
    assert lint(text) == []


def test_marks_inside_code_are_not_markup() -> None:
    text = FILES[GUARDS].replace(
        "Use Timeouts often.", "Use `List<T>`, `a[0](b)`, `**kw` and ``[[`x`]]`` if a < b > c."
    )
    assert lint(text) == []


def test_nothing_expected_and_nothing_there() -> None:
    assert lint_notes({}, {}) == []


def test_a_sentence_of_45_words_and_six_pitfalls_are_allowed() -> None:
    text = FILES[GUARDS].replace("Use Timeouts often.", f"Use {'word ' * 44}.")
    assert lint(text.replace(PITFALL, "- P1.\n- P2.\n- P3.\n- P4.\n")) == []


@pytest.mark.parametrize(
    ("count", "least", "most", "problem"),
    [
        (450, 450, 800, None),
        (800, 450, 800, None),
        (449, 450, 800, "has 449 words, not 450-800"),
        (801, 450, 800, "has 801 words, not 450-800"),
        (3, 4, 4, "has 3 words, not 4"),
        (1, 2, None, "has 1 words, not at least 2"),
        (9, 2, None, None),
    ],
)
def test_quantities(count: int, least: int, most: int | None, problem: str | None) -> None:
    assert quantity_problem(count, least, most, "words") == problem


def test_words_hold_a_letter_or_a_digit() -> None:
    assert count_words("| a-b | --- | 5 |\n`x = 1` __ é…") == 5
