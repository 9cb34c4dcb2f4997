"""What a site asks of programs is read once, and kept to."""

from __future__ import annotations

import pytest

from retrieval.web.fetched import FetchError
from tests.retrieval.web.fetchers import fetcher
from tests.retrieval.web.site import response, serving


async def test_rules_for_programs_are_read_once_and_kept() -> None:
    rules = (
        b"User-agent: *\nDisallow: /\n\nUser-agent: passo\nDisallow: /private\nCrawl-delay: nan\n"
    )
    async with serving({"/robots.txt": response(body=rules, content_type="text/plain")}) as site:
        for target in ("/a", "/b"):
            site.pages[target] = response(body=b"Ciao")
        site.pages["/c"] = response(302, location="/private/c")
        async with fetcher(site) as web:
            for target in ("/a", "/b"):
                assert (await web.fetch(site.link(target))).body == b"Ciao"
            for target in ("/private", "/c"):
                with pytest.raises(FetchError, match=r"robots\.txt"):
                    await web.fetch(site.link(target))
    assert site.targets() == ["/a", "/b", "/c"]
    assert [request.target for request in site.requests].count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (429, False), (503, False)]
)
async def test_no_rules_allow_everything_but_a_server_in_trouble_is_left_alone(
    status: int, allowed: bool
) -> None:
    async with (
        serving({"/robots.txt": response(status), "/": response(body=b"Ciao")}) as site,
        fetcher(site) as web,
    ):
        if allowed:
            assert (await web.fetch(site.link("/"))).body == b"Ciao"
        else:
            with pytest.raises(FetchError, match=str(status)):
                await web.fetch(site.link("/"))
    assert len(site.targets()) == allowed
