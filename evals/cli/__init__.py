"""The commands of ``python -m evals`` beside the run itself, one file each."""
