"""Learners' links, fetched with care: the guard for URLs and addresses, and the fetcher behind it.

    fetcher = Fetcher()
    page = fetcher.fetch("https://kubernetes.io/docs/concepts/", etag=known_etag)

Read in this order: ``refusals`` and ``failures`` (every reason), ``policy``, ``urlguard`` (with ``hosts`` and
``addresses``), ``transport`` (one exchange), ``courier`` (one guarded request), ``outage``, ``robots``, ``fetch``.
"""

from ingest.web.failures import FetchFailed
from ingest.web.fetch import Fetched, Fetcher, NotModified
from ingest.web.policy import Limits, Policy
from ingest.web.urlguard import Target, UrlRefused, check_address, check_url

__all__ = [
    "FetchFailed",
    "Fetched",
    "Fetcher",
    "Limits",
    "NotModified",
    "Policy",
    "Target",
    "UrlRefused",
    "check_address",
    "check_url",
]
