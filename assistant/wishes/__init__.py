"""What a learner wants, from free text to a form: hours, days, subjects and the goal, each with its words.

Owns: reading the text, without a model (``read_wishes``) or with one (``read_wishes_with_model``), and showing what was
read. Refuses: planning, and matching the goal to topics (``assistant.goals``).

Read in this order: ``form`` (what comes out), ``unread`` (a text of which pieces are taken), ``amounts`` and ``dates``
(what single expressions mean), ``hours``, ``when``, ``subjects``, ``lists`` and ``rest`` (the parts), ``checks``
(what no form may say), ``grammar`` (the story), ``by_model`` (the same with a model), ``rendering``.
"""

from assistant.wishes.by_model import read_wishes_with_model
from assistant.wishes.form import Part, Reading, Span, Wishes
from assistant.wishes.grammar import read_wishes
from assistant.wishes.rendering import request_fields, wishes_text
from assistant.wishes.subjects import Subjects

__all__ = [
    "Part",
    "Reading",
    "Span",
    "Subjects",
    "Wishes",
    "read_wishes",
    "read_wishes_with_model",
    "request_fields",
    "wishes_text",
]
