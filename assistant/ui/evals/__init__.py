"""The evals page: what the last run of ``python -m evals`` found, for people who did not write it.

Start at ``page``; ``figures`` is pure and draws, ``modules`` draws the map of the modules, ``texts`` are the parts
without a chart.
"""
