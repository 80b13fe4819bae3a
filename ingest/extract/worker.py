"""The process that reads documents for ``supervisor``: ``python -m ingest.extract.worker``.

Owns: answering one document after the other through its pipes, whatever happens to it. Refuses: everything else.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Any, BinaryIO

from ingest.extract.confinement import allow_cpu, confine, resident_bytes
from ingest.extract.dispatch import extract_bytes
from ingest.extract.protocol import (
    ConnectionLost,
    extracted_message,
    receive,
    receive_bytes,
    refusal_message,
    send,
)
from ingest.extract.result import CRASHED, NotExtracted, failed

_MAX_SERVED = 500
_WORN = 0.5  # of the memory it may take
OUT_OF_MEMORY = "needs too much memory"


def main() -> int:
    """Serve until the pipe closes; the first frame received names the limits."""
    requests, answers = sys.stdin.buffer, _private_stdout()
    logging.disable(logging.CRITICAL)  # libraries complain at length about damaged files
    try:
        limits = receive(requests)
        confine(int(limits["memory_bytes"]))
        send(answers, {"ready": True})
        served = 0
        while True:
            request = receive(requests)
            data = receive_bytes(requests, int(request["size"]))
            allow_cpu(float(limits["cpu_s"]))
            answer = _answer(data, request)
            served += 1
            if served >= _MAX_SERVED or resident_bytes() > _WORN * int(limits["memory_bytes"]):
                answer["restart"] = True  # caches and fragments pile up; the next document starts fresh
            send(answers, answer)
            del data, answer
    except ConnectionLost:
        return 0


def _private_stdout() -> BinaryIO:
    """The pipe to the parent; whatever prints from now on prints to stderr."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _answer(data: bytes, request: dict[str, Any]) -> dict[str, Any]:
    try:
        return extracted_message(extract_bytes(data, name=request["name"], media_type=request["media_type"]))
    except NotExtracted as error:
        return refusal_message(error)
    except MemoryError:
        return {**refusal_message(failed(OUT_OF_MEMORY)), "restart": True}
    except Exception:
        logging.getLogger(__name__).exception("a reader failed")
        return refusal_message(failed(CRASHED))


if __name__ == "__main__":
    sys.exit(main())
