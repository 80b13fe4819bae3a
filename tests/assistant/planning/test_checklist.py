"""The Markdown checklist, to the letter."""

from __future__ import annotations

import dataclasses
from datetime import date

from assistant.planning import make_plan, plan_to_markdown
from tests.assistant.planning.builders import TUESDAY, curriculum, plain, resource, topic

PAIR = curriculum(
    topic("a", 1, hours=1), dataclasses.replace(topic("b", 2, hours=2, hard=["a"]), title="B_1 [x] & *y*")
)
TIGHT = plain(TUESDAY, 120, deadline=date(2026, 12, 5), targets=("a", "b"), goal="learn\n# B")


def test_the_markdown_checklist() -> None:
    request = dataclasses.replace(TIGHT, deadline=None)
    assert (
        plan_to_markdown(make_plan(PAIR, request))
        == r"""# Study plan

Goal: learn \# B

This needs 3 h; at 2 h a week you finish on 8 December 2026. Estimates err: half of such plans are done by 8 December 2026, four in five by 10 December 2026.

## Week 1: 1 December 2026 to 7 December 2026, 2 h

### Module 1: Module 1

- [ ] Tue 1 December, 35 min: Read **Topic a** – A goal of this plan, and needed for “B\_1 \[x\] & \*y\*”: b uses a.
- [ ] Tue 1 December, 25 min: Practise **Topic a**

### Module 2: Module 2

- [ ] Tue 1 December, 30 min: Read **B\_1 \[x\] & \*y\*** (part 1 of 2) – A goal of this plan.
- [ ] Thu 3 December, 30 min: Read **B\_1 \[x\] & \*y\*** (part 2 of 2)

## Week 2: 8 December 2026 to 14 December 2026, 1 h, 1 h free

### Module 2: Module 2

- [ ] Tue 8 December, 1 h: Practise **B\_1 \[x\] & \*y\***

## Milestones

- 1 December 2026: Module 1, Module 1: done
- 8 December 2026: Module 2, Module 2: done
"""
    )


def test_reviews_stand_together_and_resources_below_their_reading() -> None:
    graph = curriculum(topic("a", 1, hours=1.5), topic("b", 2, hours=3))
    catalogue = [dataclasses.replace(resource("page", ["a"], 20), title="A *page*"), resource("gone", ["a"], 30)]
    request = plain(TUESDAY, 360, review_percent=17, deadline=date(2026, 12, 20))
    text = plan_to_markdown(make_plan(graph, request, catalogue), catalogue[:1])
    assert (
        text[text.index("## Week 1") : text.index("## Milestones")]
        == r"""## Week 1: 1 December 2026 to 7 December 2026, 4 h 45 min, 1 h 15 min free

### Review

- [ ] Sat 5 December, 15 min: Review **Topic a** – Due for review, 3 days overdue: last studied on 1 December 2026.

### Module 1: Module 1

- [ ] Tue 1 December, 55 min: Read **Topic a** – Part of module 1, Module 1. 16 days of slack.
  - A \*page\*, 20 min: <https://pages.example/page>
  - gone
- [ ] Tue 1 December, 35 min: Practise **Topic a**

### Module 2: Module 2

- [ ] Thu 3 December, 1.5 h: Read **Topic b** (part 1 of 2) – Part of module 2, Module 2. 14 days of slack.
- [ ] Sat 5 December, 20 min: Read **Topic b** (part 2 of 2)
- [ ] Sat 5 December, 55 min: Practise **Topic b** (part 1 of 2)
- [ ] Sun 6 December, 15 min: Practise **Topic b** (part 2 of 2)

"""
    )


def test_a_quiz_is_taken_and_a_project_is_built() -> None:
    graph = curriculum(topic("a", 1), topic("b", 1), project_hours=2)
    text = plan_to_markdown(make_plan(graph, plain(TUESDAY, 120, projects=True, known=frozenset("a"))))
    assert (
        text
        == """# Study plan

This needs 3 h; at 2 h a week you finish on 8 December 2026. Estimates err: half of such plans are done by 8 December 2026, four in five by 10 December 2026. 1 topic you already know is left out.

## Week 1: 1 December 2026 to 7 December 2026, 2 h

### Module 1: Module 1

- [ ] Tue 1 December, 35 min: Read **Topic b** – Part of module 1, Module 1.
- [ ] Tue 1 December, 25 min: Practise **Topic b**
- [ ] Tue 1 December, 30 min: Build **Project of module 1, Module 1** (part 1 of 3) – Puts module 1 to work as a whole.
- [ ] Thu 3 December, 30 min: Build **Project of module 1, Module 1** (part 2 of 3)

## Week 2: 8 December 2026 to 14 December 2026, 1 h, 1 h free

### Module 1: Module 1

- [ ] Tue 8 December, 1 h: Build **Project of module 1, Module 1** (part 3 of 3)

## Milestones

- 8 December 2026: Module 1, Module 1: done with its project
"""
    )


def test_the_markdown_lists_what_is_not_scheduled() -> None:
    text = plan_to_markdown(make_plan(PAIR, TIGHT))
    assert text.endswith(
        "\n## Not scheduled\n\n"
        "- **B\\_1 \\[x\\] & \\*y\\***: Takes 2 h, which do not fit before the deadline, 5 December 2026.\n"
    )


def test_the_last_week_of_the_calendar_can_be_written() -> None:
    plan = make_plan(PAIR, plain(date(9999, 12, 30), 6720))
    assert "## Week 1: 30 December 9999 to 31 December 9999, 3 h" in plan_to_markdown(plan)
