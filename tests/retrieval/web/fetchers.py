"""Fetchers for the sites of tests, which wait for nothing long."""

from __future__ import annotations

from retrieval.settings import WebSettings
from retrieval.web.fetching import Fetcher, Limits
from tests.retrieval.web.site import Network, Site

SHORT = Limits(total=0.5, connect=0.3, read=0.3, size=100_000)


def fetcher(site: Site, network: Network | None = None, limits: Limits = SHORT) -> Fetcher:
    network = network or Network(site)
    settings = WebSettings(ports=frozenset({80, 443, site.port}))
    return Fetcher(settings, resolve=network.resolve, connector=network, limits=limits, pause=0.0)
