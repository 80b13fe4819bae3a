"""How pages talk that are not what was asked for.

Owns: the wording, as regular expressions in which every repetition is bounded. Refuses: judging (``walls``).
"""

from __future__ import annotations

import re


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


CHALLENGE_MARKS = (
    "cf-chl", "cf_chl", "challenge-form", "_incapsula_resource", "px-captcha", "captcha-delivery.com", "awswaf",
    "sucuri_cloudproxy", "ddos-guard", "errors.edgesuite.net", "/_sec/verify", "geo.captcha",
)  # fmt: skip
CAPTCHA_MARKS = (
    "g-recaptcha", "recaptcha/api", "h-captcha", "hcaptcha.com", "cf-turnstile", "challenges.cloudflare.com",
)  # fmt: skip
PARKING_MARKS = (
    "sedoparking", "parkingcrew", "bodis.com", "hugedomains", "afternic", "dan.com/", "above.com/", "parklogic",
)  # fmt: skip

BOT_TITLE = _any_of(
    r"just a moment",
    r"attention required",
    r"access (?:to this page has been )?denied",
    r"are you (?:a )?(?:robot|human)",
    r"(?:robot|bot|security) (?:check\b|verification)",
    r"human verification",
    r"verify(?:ing)? (?:that )?you",
    r"pardon our interruption",
    r"checking your browser",
    r"client challenge",
    r"one more step",
    r"request (?:blocked|rejected)",
    r"(?:sorry, )?you have been blocked",
    r"403 forbidden",
    r"captcha\b",
    r"ddos-guard",
    r"vercel security checkpoint",
)
BOT_WORDS = _any_of(
    r"verify (?:that )?you(?:'re| are) (?:a |not a )?(?:human|robot|bot)",
    r"checking (?:if the site connection|your browser)",
    r"complete the (?:security check|captcha)",
    r"unusual (?:traffic|activity) from your",
    r"not a robot",
    r"are you a robot",
    r"enable javascript and cookies to continue",
    r"press (?:and|&) hold",
    r"you have been blocked",
    r"automated (?:access|requests)",
    r"needs to review the security of your connection",
    r"you don't have permission to access",
    r"ray id",
)
LOGIN_TITLE = _any_of(
    r"(?:please )?(?:sign|log)[ -]?(?:in|on)\b",
    r"(?:.{1,40} )?(?:sign|log)[ -]?in(?: page| required)?$",
    r"authentication required",
    r"single sign-on",
    r"session expired",
    r"create (?:an|your) account",
    r"members only",
)
LOGIN_WORDS = _any_of(
    r"forgot (?:your )?password",
    r"remember me",
    r"keep me (?:signed|logged) in",
    r"(?:sign|log) ?in (?:to|with|using) ",
    r"create an account",
    r"don't have an account",
    r"you (?:must|need to) (?:be logged in|(?:sign|log) ?in)",
)
NOT_FOUND_TITLE = _any_of(
    r"(?:error )?404\b",
    r"not found\b",
    r"(?:.{1,40} )?(?:page|file|document|article|resource) (?:(?:was|is|could) )?(?:not|cannot)(?: be)? found",
    r"page (?:missing|unavailable|does(?: not|n't) exist)",
    r"oops\b",
    r"nothing (?:was )?found",
    r"we can(?:'|no)t find",
)
NOT_FOUND_WORDS = _any_of(
    r"(?:page|file|document|article|content|resource|url|address)[^.!?]{0,60}"
    r"(?:(?:not|n't|cannot|no longer)[^.!?]{0,20}(?:found|exist|available)|(?:been |was )?(?:moved|removed|deleted))",
    r"(?:can't|cannot|could(?:n't| not)) find (?:the|that|this|what)",
    r"\b404\b",
    r"nothing (?:was )?found (?:here|at this)",
)
PARKED_WORDS = _any_of(
    r"(?:buy|purchase|own|acquire) this domain",
    r"domain (?:name )?(?:is|may be|might be) (?:for sale|available for (?:sale|purchase))",
    r"(?:domain|page|website) (?:is|has been) parked",
    r"parked (?:free|domain)",
    r"this domain (?:has expired|has recently been registered|is registered)",
    r"make an offer on this domain",
    r"account (?:has been )?suspended",
    r"apache2? .{0,20}default page",
    r"welcome to nginx!",
    r"test page for the",
    r"iis windows server",
    r"future home of",
)
CONSENT_WORDS = _any_of(
    r"\bcookies?\b",
    r"\bconsent\b",
    r"\bpartners?\b",
    r"personali[sz]ed (?:ads|advertising|content)",
    r"\bpersonal data\b",
    r"privacy (?:policy|settings|choices|preferences)",
    r"\bGDPR\b",
    r"\bCCPA\b",
    r"legitimate interest",
    r"\b(?:accept|reject|agree)\b(?: to)?(?: all| and)?",
    r"\btracking\b",
    r"\bvendors?\b",
    r"\bpurposes\b",
)
COOKIE = _any_of(r"\bcookies?\b", r"\bconsent\b")
JAVASCRIPT_WORDS = _any_of(
    r"(?:enable|turn on|activate|requires?|needs?|without) javascript",
    r"javascript (?:(?:is|to be|must be|has been) )?(?:disabled|enabled|required|turned off)",
    r"javascript (?:is )?not (?:enabled|supported|available)",
)
