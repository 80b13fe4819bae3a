"""A real login: the code flow between Chromium, the app and a provider, all of it on this machine."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import free_port, needs_chromium, serve
from tests.browser.provider import provider

pytestmark = needs_chromium


def log_in(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("button")).to_have_text([re.compile("Log in$")])
    page.get_by_role("button", name="Log in").click()


def sees(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_text(text).first).to_be_visible()


def test_two_people_log_in_and_have_what_is_theirs(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    secrets = tmp_path / "secrets.toml"
    with provider("study") as identity:
        auth = {
            "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback",
            "cookie_secret": "x" * 40,
            "client_id": "study",
            "client_secret": "y" * 40,
            "server_metadata_url": f"{identity.address}/.well-known/openid-configuration",
        }
        lines = [f"{name} = {json.dumps(value)}" for name, value in auth.items()]
        secrets.write_text("\n".join(["[auth]", *lines]), encoding="utf-8")
        with serve(tmp_path / "home", port=port, STREAMLIT_SECRETS_FILES=str(secrets)) as address:
            ada, ben = (browser.new_context().new_page() for _ in range(2))
            identity.user = {"sub": "1", "name": "Ada"}
            log_in(ada, f"{address}/?learner=Ben")
            sees(ada, "Studying as Ada")
            ada.get_by_role("button", name="Make my plan").click()
            sees(ada, re.compile("^This week: "))
            identity.user = {"sub": "2", "name": "Ada"}
            log_in(ben, address)
            sees(ben, "Studying as Ada 2")
            expect(ben.get_by_role("button", name="Make my plan")).to_be_visible()
            ada.reload()
            sees(ada, "Studying as Ada")
            sees(ada, re.compile("^This week: "))
            ada.get_by_role("button", name="Log out").click()
            expect(ada.get_by_role("button")).to_have_text([re.compile("Log in$")])
            for page in (ada, ben):
                page.context.close()
