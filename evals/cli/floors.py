"""``--floor METRIC=VALUE``: limits that are stated for one run."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Annotated

import typer

from assistant.errors import InvalidInput
from evals.limits import Limit

Floors = Annotated[
    list[str] | None, typer.Option("--floor", metavar="METRIC=VALUE", help="Exit 1 below this; may be given again.")
]


def read_floor(text: str, suite: str, metrics: Collection[str]) -> Limit:
    """The limit that a text states on a metric of a suite, with or without the suite's name in front.

    Raises:
        InvalidInput: it states none; the message lists the metrics.
    """
    name, _, value = text.partition("=")
    name = name.strip().removeprefix(f"{suite}.")
    try:
        floor = float(value)
    except ValueError:
        floor = math.nan
    if name not in metrics or not math.isfinite(floor):
        raise InvalidInput(f"--floor {text!r} is not METRIC=VALUE. The metrics are: {', '.join(metrics)}.")
    return Limit(f"{suite}.{name}", floor=floor)
