"""The suites over questions and answers: each measures cases and explains every one in a row."""
