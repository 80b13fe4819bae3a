"""What a learner talks to: answers, plans and their memory. Start reading at ``domain`` and ``answering``."""
