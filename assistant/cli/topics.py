"""``study topics``: the roadmap with the ids that other commands take."""

from __future__ import annotations

from rich.table import Column, Table

from assistant.cli.options import AsJson
from assistant.console import out, print_json
from assistant.curriculum import load_curriculum
from assistant.ready_goals import load_ready_goals
from assistant.settings import load_settings


def goals(as_json: AsJson = False) -> None:
    """List the ready-made goals that `study plan --role` takes, with their hours before anything is known."""
    settings = load_settings()
    curriculum = load_curriculum(settings.corpus_dir)
    ready = load_ready_goals(settings.corpus_dir, curriculum)
    records = [
        {
            "goal": goal.id,
            "title": goal.title,
            "description": goal.description,
            "topics": list(goal.topics),
            "hours": sum(curriculum.topics[topic].hours.likely for topic in curriculum.closure(goal.topics)),
        }
        for goal in ready
    ]
    if as_json:
        print_json({"goals": records})
        return
    table = Table("id", "goal", "hours", "what it is", box=None, pad_edge=False)
    for record in records:
        table.add_row(str(record["goal"]), str(record["title"]), f"{record['hours']:g}", str(record["description"]))
    out.print(table)


def topics(as_json: AsJson = False) -> None:
    """List modules and topics with their ids, levels and hours."""
    curriculum = load_curriculum(load_settings().corpus_dir)
    if as_json:
        modules = [
            {"module": m.number, "id": m.id, "title": m.title, "topics": [
                {"topic": t.id, "title": t.title, "level": t.level.value, "hours": t.hours.likely} for t in m.topics
            ]}
            for m in curriculum.modules
        ]  # fmt: skip
        print_json({"modules": modules})
        return
    table = Table("topic", Column("id", no_wrap=True), "level", "hours", box=None, pad_edge=False)
    for module in curriculum.modules:
        table.add_row(f"[bold]{module.number}. {module.title}[/bold]", module.id, "", f"{module.hours.likely:g}")
        for topic in module.topics:
            table.add_row(f"  {topic.title}", topic.id, topic.level.value, f"{topic.hours.likely:g}")
    out.print(table)
