"""Connections to public addresses only, checked on the very address that is connected to."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping

import httpcore2
from httpcore2 import AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream

# Public by registration, yet answered by the machine's own cloud.
_CLOUD = frozenset(map(ipaddress.ip_address, ("168.63.129.16", "fd00:ec2::254")))
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Awaitable[list[str]]]


class ForbiddenAddress(Exception):
    """A host that resolves to no address one may connect to."""


class NameNotFound(Exception):
    """A host that does not resolve."""


def is_public(address: str) -> bool:
    """Say whether an IP address lies in the public internet, whatever notation or tunnel it is wrapped in."""
    try:
        parsed: Address = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    return all(_is_global(one) for one in (parsed, *_embedded(parsed)))


def _is_global(address: Address) -> bool:
    return address.is_global and not address.is_multicast and address not in _CLOUD


def _embedded(address: Address) -> tuple[Address, ...]:
    """Give the IPv4 addresses that an IPv6 address of a transition mechanism leads to."""
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    teredo = address.teredo or ()
    nat64 = (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),) if address in _NAT64 else ()
    return tuple(one for one in (address.ipv4_mapped, address.sixtofour, *teredo, *nat64) if one is not None)


class GuardedBackend(AsyncNetworkBackend):
    """Resolves a host itself, drops what is not public and connects to the rest, so that no second look-up can differ.

    `connect_to` maps hosts (`*.example.org` for all below) to `host:port`; those the operator trusts.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        connect_to: Mapping[str, str] | None = None,
        resolve: Resolver | None = None,
    ) -> None:
        self._inner = AnyIOBackend()
        self._resolve = resolve or _resolve
        self._allow_private = allow_private
        self._connect_to = {pattern.lower(): target for pattern, target in (connect_to or {}).items()}

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        """Connect to the first address of the host that answers."""
        mapped = self._mapped(host)
        if mapped:
            host, port = mapped
        addresses = await self._addresses(host, port, timeout, is_trusted=mapped is not None)
        failure: Exception | None = None
        for address in addresses:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = failure or error
        raise failure or ForbiddenAddress(f"{host} has no public address")

    async def sleep(self, seconds: float) -> None:
        """Wait, for the pool's own retries."""
        await asyncio.sleep(seconds)

    def _mapped(self, host: str) -> tuple[str, int] | None:
        labels = host.lower().rstrip(".").split(".")
        patterns = [".".join(labels), *("*." + ".".join(labels[at:]) for at in range(1, len(labels)))]
        target = next((self._connect_to[pattern] for pattern in patterns if pattern in self._connect_to), None)
        if target is None:
            return None
        name, _, port = target.rpartition(":")
        return name.strip("[]"), int(port)

    async def _addresses(self, host: str, port: int, timeout: float | None, *, is_trusted: bool) -> list[str]:
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolve(host, port)
        except TimeoutError as error:
            raise NameNotFound(f"{host}: no answer from the resolver within {timeout:g} s") from error
        except (OSError, UnicodeError) as error:
            raise NameNotFound(f"{host}: {error}") from error
        if is_trusted or self._allow_private:
            return addresses
        public = [address for address in addresses if is_public(address)]
        if not public:
            raise ForbiddenAddress(f"{host} is {', '.join(addresses)}: not in the public internet")
        return public


async def _resolve(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))
