"""A model server for evals: it says what the first passage says, and judges as it is told to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from tests.llm.behaviours import reply
from tests.llm.loopback import Behaviour, Exchange

PASSAGE = re.compile(r'<passage-\w+ number="1">\n(.*?)\n</passage', re.DOTALL)
TOKENS = (1000, 50)


def parrot(verdict: Callable[[int], str] | None = None) -> Behaviour:
    """Answers with a line of the first passage, cited; judges with ``verdict`` of how many it is asked for."""

    def play(exchange: Exchange) -> None:
        system = str(exchange.request.json["messages"][0]["content"])
        things = len(re.findall(r"^<(?:statement|fact)-", system, re.MULTILINE))
        if things:
            reply((verdict or all_yes)(things), tokens=TOKENS)(exchange)
            return
        found = PASSAGE.search(system)
        lines = [line for line in (found[1] if found else "").split("\n") if line.endswith(".") and " " in line]
        text = f"{lines[-1]} [1]" if lines else "NOT_IN_THE_ROADMAP"
        reply(text, tokens=TOKENS)(exchange)

    return play


def all_yes(things: int) -> str:
    """The judge agrees with everything."""
    return json.dumps({"verdicts": [{"n": n, "yes": True} for n in range(1, things + 1)]})
