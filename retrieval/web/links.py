"""What a link is, and what it is called. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

from retrieval.faults import Fault, FaultError
from retrieval.settings import WebSettings
from retrieval.web.addresses import Address, is_allowed, read_address

LONGEST = 2_000
"""In characters. Browsers and servers agree on little more."""

_PORTS = {"http": 80, "https": 443}
_PLACE = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::(?P<port>[0-9]{1,5}))?")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_OWN = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "onion")
_NO_SERVER = "there is no proper name of a server in the link: copy it again"
_ESCAPED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")


@dataclass(frozen=True, slots=True)
class Link:
    """An address on the web, in one spelling: ``scheme://host[:port]target``.

    ``host`` is in lower case and ASCII, an IPv6 address without its brackets; ``target`` is the
    path with what follows it.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def place(self) -> str:
        """The host as it is written in a link and in a request: with a port that isn't usual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """The server it leads to."""
        return f"{self.scheme}://{self.place}"

    @property
    def url(self) -> str:
        """The link as one writes it."""
        return f"{self.origin}{self.target}"

    @property
    def id(self) -> str:
        """The id of the source it leads to: host and path, and the query where there is one.

        >>> parse("https://example.org/wiki/Citt%C3%A0/?v=2", WebSettings()).id
        'example.org/wiki/Città?v=2'
        """
        path, mark, query = self.target.partition("?")
        return _ESCAPED.sub(_readable, f"{self.place}{path.rstrip('/')}{mark}{query}")


def parse(text: str, settings: WebSettings, base: Link | None = None) -> Link:
    """Read a link that a person, a page or a server wrote; ``base`` is where it was found.

    Raises:
        FaultError: with the reason and the way out. It doesn't repeat the link, which may hold a
            password.
    """
    if len(text) > LONGEST:
        english = f"the link is longer than {LONGEST} characters: look for a shorter one"
        raise FaultError(Fault("link-long", english, most=LONGEST))
    if any(not char.isprintable() or char.isspace() or char in '\\"<>^`{|}' for char in text):
        raise _no_link("there are characters in the link that no link has: copy it again")
    try:
        parts = urlsplit(urljoin(base.url, text) if base else text)
    except ValueError:
        raise _no_link("it is not a link: copy it again from the browser") from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise FaultError(Fault("scheme", "only links that begin with http:// or https:// are read"))
    if "@" in parts.netloc or "@" in quote(parts.netloc, safe="@%"):
        english = "there is a user name or a password in the link: take it out"
        raise FaultError(Fault("link-password", english))
    match = _PLACE.fullmatch(parts.netloc)
    if not match:
        raise _no_link(_NO_SERVER)
    port = int(match["port"]) if match["port"] else _PORTS[scheme]
    if port not in settings.ports:
        english = f"the link leads to port {port}: allow it in FETCH_PORTS, or use another"
        raise FaultError(Fault("port", english, port=str(port)))
    host = _host(match["host"], settings)
    path = quote(_without_dots(parts.path), safe="/%:=&~+!$,;'@()*-._")
    query = quote(parts.query, safe="/%:=&?~+!$,;'@()*-._[]")
    return Link(scheme, host, port, f"{path}?{query}" if query else path)


def _without_dots(path: str) -> str:
    """Resolve ``.`` and ``..`` as every browser does, so that one page has one id."""
    kept: list[str] = []
    names = path.split("/")[1:]
    for name in names:
        if name == "..":
            del kept[-1:]
        elif name != ".":
            kept.append(name)
    if names and names[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _host(text: str, settings: WebSettings) -> str:
    """Bring the name of a server to its one spelling; refuse what can only be internal."""
    if text.startswith("["):
        try:
            return str(_permitted(IPv6Address(text[1:-1]), settings))
        except AddressValueError:
            raise _no_link(_NO_SERVER) from None
    host = (text if text.isascii() else _ascii(text)).lower().removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise _no_link(_NO_SERVER)
    if _NUMBER.fullmatch(labels[-1]):
        # In octal, in hexadecimal, as one number: what is read differently by different programs.
        address = read_address(host)
        if not address or not text.isascii():
            raise _no_link("the server's address is written as no address is: write its name")
        return str(_permitted(address, settings))
    if (len(labels) == 1 or labels[-1] in _OWN) and host not in settings.hosts:
        raise _internal()
    return host


def _permitted(address: Address, settings: WebSettings) -> Address:
    if not is_allowed(str(address), address, settings):
        raise _internal()
    return address


def _no_link(english: str) -> FaultError:
    return FaultError(Fault("not-a-link", english))


def _internal() -> FaultError:
    english = (
        "the link leads into a network of one's own: allow its server in FETCH_ALLOW_HOSTS if that "
        "is meant"
    )
    return FaultError(Fault("internal", english))


def _ascii(host: str) -> str:
    import idna

    try:
        return idna.encode(host, uts46=True, std3_rules=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise _no_link(_NO_SERVER) from None


def _readable(escaped: re.Match[str]) -> str:
    try:
        text = unquote_to_bytes(escaped[0]).decode()
    except UnicodeDecodeError:
        return escaped[0]
    return text if text.isprintable() and not any(map(str.isspace, text)) else escaped[0]
