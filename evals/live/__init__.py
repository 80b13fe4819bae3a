"""Answers by the configured language model: their cost, recorded and replayed replies, their metrics, and a judge.

Read in this order: ``recording`` (replies by what was asked), ``metering`` (what they cost, and the cap), ``sample``
(which questions), ``suite`` (the metrics and their limits), ``judge`` and ``agreement`` (a second opinion).
"""
