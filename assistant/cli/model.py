"""``study model``: is the language model there, and which ones does its server offer?"""

from __future__ import annotations

import time
from dataclasses import asdict

from assistant.cli.options import AsJson
from assistant.console import err, make_app, out, print_json
from assistant.errors import LanguageModelError
from assistant.probing import configured_model, probe
from assistant.settings import load_settings

app = make_app("Try the configured language model, or list what its server offers.")


@app.command("test")
def test_model(as_json: AsJson = False) -> None:
    """Ask the model for one word and say how long it took. Exit 1 if it fails, 3 if none is set up."""
    model = configured_model(load_settings())
    try:
        with err.status(f"Asking {model.name} …"):
            answered = probe(model, time.monotonic)
    except LanguageModelError as error:
        if as_json:
            failure = {"error": type(error).__name__, "message": error.user_message}
            print_json({"ok": False, "model": model.name, "host": model.host, **failure})
        raise
    if as_json:
        print_json({"ok": True, **asdict(answered)})
    else:
        out.print(answered.sentence, markup=False)


@app.command("list")
def list_models(as_json: AsJson = False) -> None:
    """Name the models that the server offers, one a line. Exit 1 if it fails, 3 if none is set up."""
    model = configured_model(load_settings())
    with err.status(f"Asking {model.host} …"):
        names = model.models()
    if as_json:
        print_json({"host": model.host, "models": list(names)})
        return
    for name in names:
        out.print(name, markup=False)
    if not names:
        err.print(f"{model.host} offers no models yet.", markup=False)
