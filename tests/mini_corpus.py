"""A corpus of two modules and three topics, whole and valid, for tests that must not depend on the real one."""

from __future__ import annotations

from pathlib import Path

ROADMAP = """# Tiny Roadmap

A roadmap for tests.

## Part One

### 1. Breaking Things

- Fuses and breakers
- Trying again

### 2. Carrying Things

- Queues

## How to use it

- Read it.
"""

CURRICULUM = """
version: 1
modules:
  - number: 1
    id: breaking-things
    title: Breaking Things
    level: beginner
    summary: How parts fail.
    hours: {low: 2, likely: 3, high: 5}
    project_hours: 2
    topics:
      - id: fuses
        title: Fuses and breakers
        level: beginner
        hours: {low: 1, likely: 1.5, high: 2}
        aliases: [circuit breaker]
      - id: retries
        title: Trying again
        level: beginner
        hours: {low: 1, likely: 1.5, high: 3}
        prerequisites: {hard: [fuses], soft: [], why: {fuses: A retry needs something that fails.}}
  - number: 2
    id: carrying-things
    title: Carrying Things
    level: intermediate
    summary: How parts talk.
    hours: {low: 1, likely: 2, high: 3}
    project_hours: 2
    prerequisites: {hard: [breaking-things], soft: [], why: {breaking-things: Queues absorb failures.}}
    topics:
      - id: queues
        title: Queues
        level: intermediate
        hours: {low: 1, likely: 2, high: 3}
        prerequisites: {hard: [fuses], soft: [retries], why: {fuses: Consumers fail., retries: Consumers try again.}}
"""


def topic_notes(title: str, subject: str, other: str) -> str:
    """A whole topic about ``subject`` that connects to topic ``other``."""
    return f"""## {title}

### In one sentence

{subject} is a device of the test corpus that protects a caller.

### How it works

{subject} works by counting failures in a window of 100 calls. {subject} opens after 50 percent of the calls failed.

### When to use it, and when not

Use {subject} around calls that can hang.

### Trade-offs

{subject} trades single calls for the whole.

### Pitfalls

- {subject} without a timeout protects nothing.

### In practice

The command shows {subject}.

```sh
show --all
```

### How it connects

- [[{other}]]: {subject} leads to {other}.

### Check yourself

**1. [choice] What does {subject} count?**
- [x] {subject} counts failures.
- [ ] Sheep. *Why not: sheep are for sleep.*

**2. [open] Why does {subject} exist?**
- {subject} exists to protect callers.
"""


def write_corpus(directory: Path) -> Path:
    """Write the whole corpus; module 2 has no notes yet."""
    (directory / "notes").mkdir(parents=True)
    (directory / "roadmap.md").write_text(ROADMAP, encoding="utf-8")
    (directory / "curriculum.yaml").write_text(CURRICULUM, encoding="utf-8")
    notes = "# 1. Breaking Things\n\n### Overview\n\nThis module teaches breaking.\n\n"
    notes += topic_notes("Fuses and breakers", "A fuse breaker", "retries")
    notes += "\n" + topic_notes("Trying again", "A retry loop", "fuses")
    notes += "\n# Project: Break it\n\n### Goal\nBreak one thing.\n\n### Steps\n1. Break it.\n\n"
    notes += "### Definition of done\n- It is broken.\n\n### Hours\n2\n"
    (directory / "notes" / "01-breaking-things.md").write_text(notes, encoding="utf-8")
    return directory
