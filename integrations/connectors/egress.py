"""Where the house may connect to. A name is resolved once, every address of it is checked, and that very address is used."""

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

TRANSLATED = [
    ipaddress.ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")
]


class AddressRefused(Exception):
    """The address is none that we connect to. The text says nothing about what is there."""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """`networks` are the company's own ranges an administrator has opened; `loopback` is for the demo and tests."""

    loopback: bool = False
    networks: Sequence[str] = field(default_factory=tuple)

    def allows(self, address: Address) -> bool:
        plain = _unmapped(address)
        if plain.is_loopback:
            return self.loopback
        if any(plain in ipaddress.ip_network(text) for text in self.networks):
            return True
        return _is_public(plain)

    def is_own(self, address: Address) -> bool:
        """Inside the company's own walls, where plain http is tolerated."""
        plain = _unmapped(address)
        return plain.is_loopback or any(plain in ipaddress.ip_network(text) for text in self.networks)


def _unmapped(address: Address) -> Address:
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def _is_public(address: Address) -> bool:
    if address.version == 6 and any(address in network for network in TRANSLATED):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    scheme: str
    host: str
    port: int
    path: str


def endpoint(url: str) -> Endpoint:
    """The parts of an http(s) address, refusing everything a person could be fooled by."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused("url") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise AddressRefused("url")
    default = 443 if parts.scheme == "https" else 80
    return Endpoint(scheme=parts.scheme, host=_ascii(parts.hostname), port=port or default, path=_path(parts))


def _ascii(host: str) -> str:
    if not host.isascii() or host.endswith(".") or any(c.isspace() for c in host):
        raise AddressRefused("host")
    return host


def _path(parts: SplitResult) -> str:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if any(ord(c) <= 32 or ord(c) == 127 for c in path):
        raise AddressRefused("path")
    return path


def resolve(host: str, port: int, *, policy: Policy, plain_text: bool = False) -> tuple[str, int]:
    """The one (ip, family) to connect to. One forbidden address among several refuses the whole name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NameUnknown from error
    addresses = [(ipaddress.ip_address(str(entry[4][0]).split("%")[0]), entry[0]) for entry in found]
    for address, _family in addresses:
        if not policy.allows(address) or (plain_text and not policy.is_own(address)):
            raise AddressRefused("address")
    address, family = addresses[0]
    return str(address), family


class NameUnknown(Exception):
    """The name does not resolve, just now."""
