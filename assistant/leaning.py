"""What an answer leans on that the learner has not done, said in two sentences.

Owns: which topic that is, and which sentences of its notes. Pure. Refuses: knowing what was done
(``assistant.standing``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from assistant.curriculum import Curriculum
from assistant.domain import Answer, Citation, Leaning, Passage, ScoredPassage
from assistant.sentences import BlockKind, prose_blocks, split_sentences
from assistant.standing import Standing
from assistant.titles import passage_title

_SENTENCES = 2


def leaning_on(
    answer: Answer,
    curriculum: Curriculum,
    standing: Standing,
    about: Callable[[str], Sequence[Passage]],
    explained: Collection[str],
) -> Answer:
    """The answer with its ``leaning``, the citations of that, and their passages; as it is where it leans on nothing.

    One topic is explained at a time: the first cited one of another module than the answer's subject, or else a hard
    prerequisite of that subject. ``about`` gives a topic's notes in order; ``explained`` are topics that earlier
    answers have explained.
    """
    for topic in _leans_on(answer, curriculum):
        if topic in standing.known or topic in explained:
            continue
        sentences = list(_first_sentences(about(topic)))
        # What the answer itself quotes needs no second telling.
        if sentences and not any(sentence in answer.text for _, sentence in sentences):
            return _with(answer, curriculum, topic, sentences)
    return answer


def leaning_text(leaning: Leaning) -> str:
    """What a learner is told: ``This leans on “Pods” (module 12), which you have not done. In two sentences: ...``."""
    where = f"“{leaning.title}” (module {leaning.module})"
    return f"This leans on {where}, which you have not done. In two sentences: {leaning.text}"


def _leans_on(answer: Answer, curriculum: Curriculum) -> Iterator[str]:
    cited = [citation.topic for citation in answer.citations if citation.topic in curriculum.topics]
    subject = next((topic for topic in cited if topic), None)
    if subject is None:
        return
    module = curriculum.topics[subject].module
    prerequisites = [edge.id for edge in curriculum.topics[subject].prerequisites if edge.hard]
    for topic in dict.fromkeys([*filter(None, cited), *prerequisites]):
        if curriculum.topics[topic].module != module:
            yield topic


def _first_sentences(passages: Sequence[Passage]) -> Iterator[tuple[Passage, str]]:
    left = _SENTENCES
    for passage in passages:
        for block in prose_blocks(passage.text):
            if block.kind is BlockKind.PARAGRAPH:
                for sentence in split_sentences(block.text)[:left]:
                    yield passage, sentence
                    left -= 1
            if not left:
                return


def _with(answer: Answer, curriculum: Curriculum, topic: str, sentences: Sequence[tuple[Passage, str]]) -> Answer:
    citations = list(answer.citations)
    retrieved = list(answer.retrieved)
    text = []
    for passage, sentence in sentences:
        number = next((each.n for each in citations if each.passage_id == passage.id), 0)
        if not number:
            number = len(citations) + 1
            title = passage_title(passage)
            citations.append(Citation(number, passage.id, passage.module, passage.topic, title, passage.url, sentence))
        if all(scored.passage.id != passage.id for scored in retrieved):
            retrieved.append(ScoredPassage(len(retrieved) + 1, passage, 0.0, None, None))
        text.append(f"{sentence} [{number}]")
    owner = curriculum.topics[topic]
    leaning = Leaning(topic, owner.title, owner.module, " ".join(text))
    return replace(answer, leaning=leaning, citations=tuple(citations), retrieved=tuple(retrieved))
