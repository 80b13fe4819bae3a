"""``python -m evals --live``: answers by the configured language model, at a stated price."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import AsJson
from assistant.console import err, progress_bar
from assistant.curriculum import load_curriculum
from assistant.errors import InvalidInput
from assistant.eval_report import reports_dir
from assistant.journal import Journal
from assistant.probing import configured_model
from assistant.settings import Settings, load_settings
from evals.cli.floors import Floors, read_floor
from evals.cli.outcome import finish
from evals.gate import judge as held_against
from evals.limits import Limit
from evals.live.forecasting import earlier_lengths
from evals.live.metering import Meter, Prices
from evals.live.recording import Recordings, load_recordings, recordings_file
from evals.live.sample import Sample, choose
from evals.live.session import Session
from evals.live.suite import LIMITS, METRICS, ModelRun
from evals.reporting.files import check_report_file
from evals.runner import load_all

_REPORT = "live.json"
_SAMPLE = 50
_FLAGS = frozenset({"--live", "--replay"})

Size = Annotated[int, typer.Option("--sample", metavar="N", min=1, help="How many questions, spread over the modules.")]
Seed = Annotated[int, typer.Option("--seed", help="Another seed chooses others.")]
PriceIn = Annotated[float | None, typer.Option("--price-in", min=0, help="Price of a million tokens read.")]
PriceOut = Annotated[float | None, typer.Option("--price-out", min=0, help="Price of a million tokens written.")]
MaxTokens = Annotated[
    int | None, typer.Option("--max-tokens-total", min=1, help="Stop before this many tokens are read and written.")
]
MaxCost = Annotated[float | None, typer.Option("--max-cost", min=0, help="Stop before this cost; needs both prices.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask back when the price is known.")]
Record = Annotated[
    Path | None, typer.Option("--record", help="Keep every reply here: a .jsonl file, or a directory of them.")
]
Replay = Annotated[Path | None, typer.Option("--replay", help="Answer from recordings alone, without any server.")]
WithJudge = Annotated[
    bool, typer.Option("--judge", help="Also have a model judge support and key facts; gates nothing.")
]
JudgeModel = Annotated[str | None, typer.Option("--judge-model", help="Another model of the same server as the judge.")]
Output = Annotated[
    Path | None, typer.Option("--output", help="The JSON report's file; three others are written beside it.")
]


def live(
    size: Size = _SAMPLE,
    seed: Seed = 0,
    price_in: PriceIn = None,
    price_out: PriceOut = None,
    max_tokens: MaxTokens = None,
    max_cost: MaxCost = None,
    yes: Yes = False,
    record: Record = None,
    replay: Replay = None,
    judge: WithJudge = False,
    judge_model: JudgeModel = None,
    floors: Floors = None,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Measure the configured language model's answers. Exit 1 below a limit, or when a reply is missing."""
    settings = load_settings()
    prices = Prices(price_in, price_out)
    if record is not None and replay is not None:
        raise InvalidInput("Give either --record or --replay.")
    if max_cost is not None and prices.cost(0, 0) is None:
        raise InvalidInput("--max-cost needs --price-in and --price-out.")
    if replay is None:
        configured_model(settings)  # raises where there is none
    limits = _limits(floors or ())
    cases = load_all(load_curriculum(settings.corpus_dir))
    file = output or reports_dir(settings) / _REPORT
    check_report_file(file)
    session = Session(
        settings=settings,
        sample=choose(cases.questions, cases.unanswerable, size, seed),
        meter=Meter(prices, settings.llm_max_output_tokens, max_tokens, max_cost),
        recordings=_recordings(record, replay, settings.llm_model),
        replay=replay is not None,
        judge=(judge_model or settings.llm_model) if judge or judge_model else None,
    )
    if replay is None:
        _agree_on_price(session, settings, prices, ask=not yes, can_ask=not as_json)
    with progress_bar() as bar:
        task = bar.add_task("Asking", total=session.steps)
        results, run = session.run(lambda: bar.advance(task))
    _tell(session, run)
    more = {"live": _record(session, run, session.sample)}
    finish(results, held_against(results, None, limits), limits, output=file, as_json=as_json, more=more)


def with_command(arguments: Sequence[str]) -> list[str]:
    """The arguments with the command ``live`` where ``--live`` or ``--replay`` stands in for it."""
    names = {argument.partition("=")[0] for argument in arguments}
    if not names & _FLAGS or not arguments[0].startswith("-"):
        return list(arguments)
    return ["live", *(argument for argument in arguments if argument != "--live")]


def _limits(floors: Sequence[str]) -> list[Limit]:
    own = [read_floor(text, "model", METRICS) for text in floors]
    named = {limit.metric for limit in own}
    return [*(limit for limit in LIMITS if limit.metric not in named), *own]


def _recordings(record: Path | None, replay: Path | None, model: str) -> Recordings | None:
    if replay is not None:
        recordings = load_recordings(recordings_file(replay, model), must_exist=True)
        if model not in recordings.models:
            err.print(
                f"Nothing is recorded of {model}, but of {', '.join(recordings.models) or 'no model'}; "
                "STUDY_LLM_MODEL says which model is replayed.",
                style="yellow",
                markup=False,
                soft_wrap=True,
            )
        return recordings
    return load_recordings(recordings_file(record, model), must_exist=False) if record is not None else None


def _agree_on_price(session: Session, settings: Settings, prices: Prices, *, ask: bool, can_ask: bool) -> None:
    earlier: tuple[int, ...] = ()
    if settings.journal_path.exists():
        journal = Journal(settings.journal_path, settings.learner)
        earlier = earlier_lengths(journal, settings.llm_model)
        journal.close()
    with err.status("Estimating the cost …"):
        expected = session.forecast(earlier, prices)
    cap = session.meter.cap_sentence
    err.print(f"{settings.llm_model}: {expected.sentence} {cap}".rstrip(), markup=False, soft_wrap=True)
    if not ask:
        return
    if not can_ask or not sys.stdin.isatty():
        raise InvalidInput("Nothing was asked yet. Add --yes to spend that.")
    typer.confirm("Ask the model?", abort=True, err=True)


def _tell(session: Session, run: ModelRun) -> None:
    if run.stopped:
        err.print(f"{run.stopped} The figures are of the questions before that.", style="yellow", markup=False)
    if run.missing:
        text = f"{run.missing} of {len(session.sample)} replies are not recorded, or for another prompt. Record anew."
        err.print(text, style="yellow", markup=False)
    spent = session.meter
    if not session.replay:
        cost = "" if spent.cost is None else f", cost {spent.cost:.4f}"
        text = f"{spent.requests} requests, {spent.tokens_in:,} tokens read, {spent.tokens_out:,} written{cost}"
        err.print(text, markup=False)


def _record(session: Session, run: ModelRun, sample: Sample) -> dict[str, object]:
    return {
        "model": session.settings.llm_model,
        "judge": session.judge,
        "replayed": session.replay,
        "questions": len(sample),
        "answered": len(run.answers),
        "missing": run.missing,
        "stopped": run.stopped,
        "spent": session.meter.record,
    }
