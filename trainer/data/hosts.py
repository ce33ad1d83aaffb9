"""Politeness: no host is asked by many at once, and one that wants a pause gets it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Hosts:
    """Takes turns at each host. One event loop.

    Args:
        at_once: Requests to one host at a time.
        gap_s: Seconds between the beginnings of two requests to one host.
    """

    def __init__(self, at_once: int, gap_s: float) -> None:
        self._at_once, self._gap_s = at_once, gap_s
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait until the host may be asked once more; it counts as asked during the block."""
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = _Host(self._at_once)
        host.users += 1
        try:
            async with host.slots:
                await self._wait(host)
                yield
        finally:
            host.users -= 1
            # There are millions of hosts; only those in use are remembered.
            if not host.users and host.free_at <= asyncio.get_running_loop().time():
                del self._hosts[name]

    def pause(self, name: str, seconds: float) -> None:
        """Leave a host alone for a while. It must be somebody's turn there."""
        until = asyncio.get_running_loop().time() + seconds
        self._hosts[name].free_at = max(self._hosts[name].free_at, until)

    async def _wait(self, host: _Host) -> None:
        loop = asyncio.get_running_loop()
        while (left := host.free_at - loop.time()) > 0:
            await asyncio.sleep(left)
        host.free_at = loop.time() + self._gap_s


class _Host:
    """How one host is treated.

    Attributes:
        slots: Requests at a time.
        users: How many ask, or wait to ask.
        free_at: When it may be asked next, in the loop's time.
    """

    def __init__(self, at_once: int) -> None:
        self.slots = asyncio.Semaphore(at_once)
        self.users = 0
        self.free_at = 0.0
