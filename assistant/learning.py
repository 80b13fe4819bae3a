"""What a learner is given beside an answer: what it leans on, and one question to check themselves with.

Owns: when either is added. Refuses: choosing sentences (``assistant.leaning``) and questions
(``assistant.check_questions``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.check_questions import CheckQuestions, next_question
from assistant.conversations import Turn
from assistant.curriculum import Curriculum
from assistant.domain import Answer, AnswerStatus, Passage
from assistant.errors import CorpusError, StorageError
from assistant.leaning import leaning_on
from assistant.standing import Standing

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Learning:
    """One learner's side of one answer.

    ``about`` gives a topic's notes in order, ``answered`` for a topic's check questions whether the last answer was
    right, by key.
    """

    curriculum: Curriculum
    standing: Standing
    questions: CheckQuestions
    about: Callable[[str], Sequence[Passage]]
    answered: Callable[[str], Mapping[str, bool]]

    def beside(self, answer: Answer, history: Sequence[Turn]) -> Answer:
        """The answer with what it leans on, if the learner has not done that, and a question on its subject."""
        if answer.status is not AnswerStatus.ANSWERED:
            return answer
        before = [turn.answer for turn in history if turn.answer]
        subject = next((citation.topic for citation in answer.citations if citation.topic), None)
        if self.standing.told:
            explained = {each.leaning.topic for each in before if each.leaning}
            answer = leaning_on(answer, self.curriculum, self.standing, self.about, explained)
        if subject is None:
            return answer
        asked = {each.check.key for each in before if each.check}
        try:
            question = next_question(self.questions.on(subject), self.answered(subject), asked)
        except (CorpusError, StorageError) as error:
            # An answer without a question is better than none.
            _log.warning("no check question: %s", error.user_message)
            return answer
        return replace(answer, check=question)
