"""Evals on a learner's own material: cases out of answers that were marked wrong, and running a file of cases."""
