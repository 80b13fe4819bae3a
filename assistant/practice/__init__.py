"""Practice: which question comes next, what an answer is worth, and how well a topic is known.

Pure: the log of answers and the day are arguments. Read in this order: ``cards`` (what can be asked), ``contrast``
(drills made of the glossary), ``bank`` (all cards of a topic), ``evidence`` (the sentence of the notes behind an
answer), ``rating`` (what an answer is worth), ``memory`` (FSRS over the log), ``aim`` (the plan's deadline),
``rounds`` (what is asked now, within the day's minutes), ``mastery`` and ``calibration`` (what came of it), and the
exports ``anki`` and ``sheet``. Nothing is kept but the log: all of it is computed anew from that.
"""
