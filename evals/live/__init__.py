"""Answers by the configured language model: their cost, recorded and replayed replies, their metrics, and a judge.

Read in this order: ``recording`` (replies by what was asked) and ``replaying`` (the models that write and read them),
``metering`` (what they cost, and the cap) and ``forecasting`` (the same beforehand), ``sample`` (which questions),
``suite`` (the metrics and their limits), ``judging``, ``judge`` and ``agreement`` (a second opinion), ``session`` (one
run).
"""
