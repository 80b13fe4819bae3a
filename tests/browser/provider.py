"""A small OpenID Connect provider on loopback: it asks nobody anything, and tells whom it was told to tell.

Owns: the four addresses of the code flow that a client needs. Refuses: security; it is for tests.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey


class Provider(ThreadingHTTPServer):
    """Serves until it is shut down; ``user`` are the claims of whoever logs in next."""

    daemon_threads = True

    def __init__(self, client_id: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.client_id = client_id
        self.key = RSAKey.generate_key(2048, {"kid": "k", "alg": "RS256", "use": "sig"})
        self.user: dict[str, str] = {}
        self.nonces: dict[str, str] = {}
        self.claims: dict[str, dict[str, str]] = {}

    def token(self, code: str) -> str:
        """The signed claims for a code that was given out."""
        now = int(time.time())
        fixed = {"iss": self.address, "aud": self.client_id, "iat": now, "exp": now + 600, "nonce": self.nonces[code]}
        return jwt.encode({"alg": "RS256", "kid": "k"}, {**fixed, **self.claims[code]}, self.key)


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path == "/authorize":
            code = f"code-{len(self.server.nonces)}"
            self.server.nonces[code] = asked.get("nonce", "")
            self.server.claims[code] = dict(self.server.user)
            self.send_response(302)
            back = urlencode({"code": code, "state": asked["state"]})
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        elif url.path == "/keys":
            self._json({"keys": [self.server.key.as_dict(private=False)]})
        else:
            at = self.server.address
            self._json({
                "issuer": at, "authorization_endpoint": f"{at}/authorize", "token_endpoint": f"{at}/token",
                "jwks_uri": f"{at}/keys", "id_token_signing_alg_values_supported": ["RS256"],
            })  # fmt: skip

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        token = self.server.token(form["code"][0])
        self._json({"access_token": "unused", "token_type": "Bearer", "expires_in": 600, "id_token": token})

    def _json(self, body: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def provider(client_id: str) -> Iterator[Provider]:
    """A running provider."""
    server = Provider(client_id)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
