"""One run with a language model, from its settings to its results.

Owns: putting model, recordings, meter and assistant together, and the price of the run before it is made. Refuses:
arguments, asking back and printing (``evals.cli.live``).
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.cli.ask import answer_to
from assistant.domain import Answer
from assistant.llm import ChatModel, StreamingModel
from assistant.messages import prompt_tokens
from assistant.prompting import load_prompt
from assistant.service import Assistant, open_assistant
from assistant.settings import Settings
from evals.live.forecasting import ASSUMED_OUTPUT_TOKENS, Forecast, MeasuringModel, forecast, together
from evals.live.judge import run_judge
from evals.live.judging import PROMPTS, VERDICT_TOKENS
from evals.live.metering import Meter, MeteredModel, Prices
from evals.live.recording import Recordings, parameters_of
from evals.live.replaying import RecordingModel, ReplayingModel
from evals.live.sample import Sample
from evals.live.suite import ModelRun, ask_all, judge_run
from evals.suite import SuiteResult, Tick
from evals.suites.answers import Ask

_JUDGE_PROMPTS = ("judge_support", "judge_facts")


@dataclass(frozen=True, slots=True)
class Session:
    """Everything about one run.

    ``recordings`` are written to, or with ``replay`` read from and nothing else is asked; None records nothing.
    ``judge`` is the name of the model that judges, None without one.
    """

    settings: Settings
    sample: Sample
    meter: Meter
    recordings: Recordings | None
    replay: bool
    judge: str | None

    @property
    def steps(self) -> int:
        """The most ticks that a run makes."""
        return len(self.sample) + len(self.sample.questions) * bool(self.judge)

    def model(self, name: str) -> StreamingModel:
        """The model of this name, as this session asks it."""
        parameters = parameters_of(self.settings)
        if self.replay and self.recordings is not None:
            return MeteredModel(ReplayingModel(name, self.recordings, parameters), self.meter)
        model = ChatModel.from_settings(self.settings.model_copy(update={"llm_model": name}))
        model.prepare()  # so that the first answer is not the slowest
        if self.recordings is None:
            return MeteredModel(model, self.meter)
        return MeteredModel(RecordingModel(model, self.recordings, parameters), self.meter)

    def forecast(self, earlier: tuple[int, ...], prices: Prices) -> Forecast:
        """What the run will probably cost; nothing is asked of any server, only the search runs."""
        name = self.settings.llm_model
        measuring = MeasuringModel(name)
        ask = _asker(self._assistant(measuring))
        for case in (*self.sample.questions, *self.sample.unanswerable):
            ask(case.question)
        known = (*earlier, *(self.recordings.output_tokens(name) if self.recordings else ()))
        parts = [forecast(measuring.prompts, known, prices)]
        if self.judge:
            written = round(parts[0].tokens_out / parts[0].requests) if parts[0].requests else ASSUMED_OUTPUT_TOKENS
            own = sum(prompt_tokens(load_prompt(each, PROMPTS)) for each in _JUDGE_PROMPTS)
            # At the most: the answer cites every passage that was sent, and it is read twice.
            prompts = [size + own + 2 * written for size in measuring.prompts]
            doubled = forecast(prompts, (), prices, output_tokens=2 * VERDICT_TOKENS)
            parts.append(
                Forecast(2 * doubled.requests, doubled.tokens_in, doubled.tokens_out, doubled.cost, doubled.basis)
            )
        return together(parts, prices)

    def run(self, tick: Tick) -> tuple[tuple[SuiteResult, ...], ModelRun]:
        """Ask, measure, and have judged what was answered."""
        assistant = self._assistant(self.model(self.settings.llm_model))
        run = ask_all(self.sample, _asker(assistant), tick)
        results = [judge_run(self.sample, run, _asker(assistant, from_notes=True))]
        if self.judge:
            results.append(run_judge(run.got(self.sample.questions), self.model(self.judge), tick))
        return tuple(results), run

    def _assistant(self, model: StreamingModel) -> Assistant:
        # Where the model fails, a composed answer must not count as its own; and a learner's level would be in the
        # prompt, so that nobody else's recordings fit.
        settings = self.settings.model_copy(update={"llm_fallback": False, "level": None})
        assistant = open_assistant(settings, with_journal=False)
        assistant.use_model(settings, model)
        return assistant


def _asker(assistant: Assistant, *, from_notes: bool = False) -> Ask:
    def ask(question: str) -> Answer:
        # The questions are the roadmap's. A learner's own material would make prompts that nobody else's recordings
        # fit, and has no reason to leave the machine for this.
        return answer_to(assistant, question, None, roadmap_only=True, from_notes=from_notes)

    return ask
