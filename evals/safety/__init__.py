"""Safety, measured: attacks in documents, questions and follow-ups, and what of them reaches a learner."""
