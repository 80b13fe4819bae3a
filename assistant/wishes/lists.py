"""Which subjects are known, left out or a must, and what is left as the goal.

Owns: the words that introduce a list of subjects, and where such a list ends. Refuses: what one name means
(``assistant.wishes.subjects``).
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from assistant.wishes.form import Part, Reading, Span
from assistant.wishes.subjects import Subjects
from assistant.wishes.unread import TAKEN, Unread

_I = re.IGNORECASE
_LONGEST_ITEM_WORDS = 10
_SUBJECT = r"(?:i|we)"
_HAVE = rf"(?:{_SUBJECT} have|{_SUBJECT}'ve|have|having)"
_KNOWN = re.compile(
    rf"\b(?:(?:{_SUBJECT} |and |that i )?(?:already |do )?(?<!to )(?:know|knew|understand|mastered)(?: about| "
    rf"how to use)?(?! (?:what|how|that|nothing|little)\b)"
    rf"|(?:{_HAVE} )?already (?:did|done|know|learn(?:ed|t)|finished|completed|covered|studied|familiar with)"
    rf"|{_HAVE} (?:already )?(?:did|done|learn(?:ed|t)|finished|completed|covered|studied|worked with|used|mastered)"
    rf"|{_SUBJECT} (?:did|finished|completed|learn(?:ed|t)|studied)"
    rf"|(?:(?:i'm|i am) )?(?:already |quite |very |pretty )?(?:familiar|comfortable|experienced|fluent|"
    rf"proficient|confident|good) (?:with|in|at)"
    rf"|{_HAVE} (?:(?:some|solid|good|enough|a lot of|plenty of) )?experience (?:with|in)|(?:please "
    rf")?skip(?:ping)?|no need for)\b:?",
    _I,
)
_EXCLUDED = re.compile(
    r"\b(?:(?:please |but )?(?:leave|leaving) out|(?:please |but )?(?:exclude|excluding|omit|drop|avoid|ignore)|"
    r"without|except(?: for)?|but no|but not|no|"
    r"(?:(?:i )?(?:do not|don't|am not|'m not)|i'm not|not) (?:want|need|care about|like|interested in|care for|"
    r"want to (?:learn|study|do))|"
    r"anything but|everything but|not)\b:?",
    _I,
)
_PINNED = re.compile(
    r"\b(?:(?:i )?(?:must|has to|have to|needs? to|should)(?: definitely| really)? (?:have|include|cover|contain|"
    r"keep|learn|see)|must[- ]haves?(?: (?:is|are))?|"
    r"definitely|by all means|at all costs|(?:make sure|be sure)(?: to (?:have|include|cover|keep))?|(?:please "
    r")?(?:include|keep)|above all|"
    r"most importantly|most important(?: is| are)?|don't (?:drop|forget|leave out|skip)|do not (?:drop|forget|"
    r"leave out|skip)|never drop|pin)\b:?",
    _I,
)
# After these an everyday word may follow, so what follows must name a subject to count.
_WEAK = re.compile(
    r"(?:no|not|without|except(?: for)?|drop|avoid|ignore|include|keep|definitely|but not|but no|pin|"
    r"skip(?:ping)?):?",
    _I,
)
_UNKNOWN = re.compile(
    rf"\b(?:(?:i )?(?:do not|don't|never) (?:know|understand|used|worked with|touched)|(?:i )?know (?:nothing|"
    rf"little) (?:about|of)|"
    rf"(?:(?:i'm|i am) )?(?:completely |totally )?new to|no (?:experience|knowledge) (?:with|in|of)) "
    rf"[^,;.!?{TAKEN}]+",
    _I,
)
_A_MUST = re.compile(
    rf"([^,;.!?{TAKEN}]+?) (?:is|are) (?:a must|must-haves?|mandatory|non-negotiable|essential|already known)\b", _I
)
_BREAK = re.compile(rf"[;!?\n{TAKEN}]|\.(?=\s|$)|(?<=\s)(?:but|so|because|although|though|as i|since)\b", _I)
_ITEM = re.compile(
    r"\s*(?:,\s*(?:and|or|nor)?\b|\band\b|\bor\b|\bnor\b|&|\bplus\b|\bas well as\b|\balong with\b)\s*", _I
)
_BUT_NOT = re.compile(rf"[ ,]*but not(?: yet)? ([^,;.!?{TAKEN}]+)", _I)
_MORE_MODULES = re.compile(r"\s*#?\d+(?: ?(?:-|to|through) ?#?\d+)?\s*", _I)
_NEW_CLAUSE = re.compile(
    r"\s*(?:(?:i|we|my|me|want|wants|wanting|need|would|to|let|please|then|now|learn|learning|become|becoming|"
    r"get|getting|aim|aiming|goal|help|"
    r"prepare|preparing|deploy|build|building|it|this|that|the (?:rest|goal|plan|interview)|skip|leave|exclude|"
    r"include|must|no|not|without|"
    r"already|have|know|finish|start|starting|from|until|till|by|in|for|on|with|interview)\b|i'|\d|$)",
    _I,
)


@dataclass(slots=True)
class Lists:
    """The topic ids of each list."""

    topics: dict[Part, set[str]] = field(
        default_factory=lambda: {Part.KNOWN: set(), Part.EXCLUDED: set(), Part.PINNED: set()}
    )
    readings: list[Reading] = field(default_factory=list)
    lost: list[Span] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_lists(unread: Unread, subjects: Subjects) -> Lists:
    """Take every list of subjects that the text introduces."""
    lists = Lists()
    for match in unread.find(_UNKNOWN):
        span = unread.take(*match.span())
        lists.notes.append(f"“{span.words}” changes nothing: whatever you do not know is planned.")
    for match in unread.find(_A_MUST):
        known = match[0].lower().endswith("already known")
        _names(unread, match.start(1), match.end(1), match.end(), Part.KNOWN if known else Part.PINNED, subjects, lists)
    # "Don't drop Kafka" holds "drop", so what is a must is looked for first.
    for part, lead in ((Part.PINNED, _PINNED), (Part.KNOWN, _KNOWN), (Part.EXCLUDED, _EXCLUDED)):
        for match in unread.find(lead):
            _list(unread, match, part, subjects, lists)
    return lists


def _names(unread: Unread, start: int, end: int, taken_to: int, part: Part, subjects: Subjects, lists: Lists) -> None:
    """One run of names that stands before its verb."""
    found = [subjects.resolve(name) for name in _ITEM.split(unread.text[start:end])]
    if found and all(found):
        topics = frozenset[str]().union(*found)
        _keep(part, topics, unread.take(start, taken_to), subjects, lists)


def _list(unread: Unread, lead: re.Match[str], part: Part, subjects: Subjects, lists: Lists) -> None:
    """Items after ``lead`` until one is no subject and begins another clause; unknown names among them are told."""
    clause_end = match.start() if (match := _BREAK.search(unread.text, lead.end())) else len(unread.text)
    start, taken_from, found, in_modules = lead.end(), lead.start(), False, False
    while start < clause_end:
        joint = _ITEM.search(unread.text, start, clause_end)
        end = joint.start() if joint else clause_end
        item, end = _item(unread.text[start:end], start, end, subjects)
        item = f"modules {item}" if in_modules and _MORE_MODULES.fullmatch(item) else item
        if not _NEW_CLAUSE.match(item) and (topics := _resolved(item, subjects)):
            _keep(part, topics, unread.take(taken_from, end), subjects, lists)
        elif not item.strip():
            pass
        elif _NEW_CLAUSE.match(item) or not _is_name(item) or (not found and _WEAK.fullmatch(lead[0].strip())):
            return
        else:
            unread.take(taken_from, start)
            lost = unread.take(start, end)
            lists.lost.append(lost)
            lists.notes.append(f"No topic of the roadmap is called “{lost.words}”.")
        found, in_modules = True, "module" in item.lower()
        if joint is None or end < joint.start():
            break
        start = taken_from = joint.end()
    if part is Part.KNOWN:
        _but_not(unread, clause_end, subjects, lists)


def _but_not(unread: Unread, start: int, subjects: Subjects, lists: Lists) -> None:
    """ "I know Docker but not Kubernetes": the latter is to be learnt, not to be left out."""
    if (match := _BUT_NOT.match(unread.text, start)) and (topics := subjects.resolve(match[1])):
        span = unread.take(*match.span())
        lists.topics[Part.KNOWN] -= topics
        lists.notes.append(f"“{span.words}” changes nothing: whatever you do not know is planned.")


def _item(text: str, start: int, end: int, subjects: Subjects) -> tuple[str, int]:
    """The longest beginning of the item that names subjects, or all of it."""
    pieces = list(itertools.islice(re.finditer(r"\S+", text), _LONGEST_ITEM_WORDS + 1))
    if _resolved(text, subjects):
        return text, end
    for count in range(len(pieces) - 1, 0, -1):
        head = text[: pieces[count - 1].end()]
        following = text[pieces[count].start() :]
        if _NEW_CLAUSE.match(following) and subjects.resolve(head):
            return head, start + pieces[count - 1].end()
    return text, end


def _resolved(item: str, subjects: Subjects) -> frozenset[str]:
    return subjects.resolve(item) if len(item.split()) <= _LONGEST_ITEM_WORDS else frozenset()


def _is_name(item: str) -> bool:
    most_words = 4
    return 0 < len(item.split()) <= most_words and not _NEW_CLAUSE.match(item)


def _keep(part: Part, topics: frozenset[str], span: Span, subjects: Subjects, lists: Lists) -> None:
    lists.topics[part] |= topics
    lists.readings.append(Reading(part, span, subjects.said(topics)))
