from __future__ import annotations

import json

import pytest

from tests.ingest.extract.makers import extract, refusal, sections


def notebook(*cells: object, **more: object) -> str:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells, **more})


def test_prose_and_code_without_outputs() -> None:
    text = notebook(
        {"cell_type": "markdown", "source": ["# Scheduling\n", "\n", "See [[Pods]] and ![x](a.png)."]},
        {
            "cell_type": "code",
            "source": ["def f():\n", "    return '''```'''\n"],
            "outputs": [{"output_type": "stream", "text": ["a very long log"]}],
        },
        {"cell_type": "raw", "source": "raw text"},
        {"cell_type": "markdown", "source": "## Next\n\nWords."},
        {"cell_type": "code", "source": "%%bash\nls"},
        {"cell_type": "code", "source": "  \n"},
        metadata={"language_info": {"name": "python"}},
    )
    document = extract(text, "lab.ipynb")
    assert document.title == "Scheduling"
    assert [(section.heading, section.text) for section in document.sections] == [
        ("Scheduling", "See Pods and .\n\n````python\ndef f():\n    return '''```'''\n````"),
        ("Scheduling > Next", "Words.\n\n```bash\n%%bash\nls\n```"),
    ]


def test_other_languages_and_old_formats() -> None:
    code = {"cell_type": "code", "input": "val x = 1"}
    old = {"nbformat": 3, "metadata": {"kernelspec": {"language": "scala"}}, "worksheets": [{"cells": [code]}]}
    heading = {"cell_type": "heading", "level": 2, "source": "Old heading"}
    old["worksheets"] = [{"cells": [heading, code]}]
    assert sections(json.dumps(old), "old.ipynb") == [("Old heading", "```scala\nval x = 1\n```")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "failed: damaged notebook"),
        ("[]", "failed: damaged notebook"),
        (notebook(), "skipped: empty"),
        (notebook(1, None, {"cell_type": "code", "source": 5}, {"source": [1, None]}), "skipped: empty"),
        (json.dumps({"nbformat": 4, "cells": {"a": 1}, "metadata": []}), "skipped: empty"),
        ('{"nbformat": 4, "cells": ' + "[" * 100_000, "failed: nested too deeply"),
    ],
)
def test_damaged_notebooks(text: str, reason: str) -> None:
    assert refusal(text, "a.ipynb") == reason


def test_lone_surrogates_and_nul() -> None:
    text = notebook({"cell_type": "markdown", "source": "a\ud800b \x00c"})
    assert sections(text, "a.ipynb") == [("", "a\ufffdb c")]
