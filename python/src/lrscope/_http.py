"""One connection to the server, for one thread."""

from __future__ import annotations

import email.utils
import http.client
import json
import socket
import time
import urllib.parse
from typing import Any, Optional, Union

from ._limits import MAX_REPLY_BYTES, REQUEST_S
from ._version import __version__

# A request with one of these will be refused again; every other failure may pass.
_FINAL = (400, 404, 409, 413, 415, 422)
_CHUNK = 64 * 1024


class Later(Exception):
    """Not now: the server is away, busy, or did not answer as it should. Nothing is known about the request."""

    def __init__(self, reason: str, retry_after: Optional[float] = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Refused(Exception):
    """The server will not take this request, now or later, and has stored nothing of it."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(str(problem.get("detail") or problem["code"]))
        self.status = status
        params = problem.get("invalid_params")
        names = (
            [str(param.get("name")) for param in params if isinstance(param, dict)] if isinstance(params, list) else []
        )
        self.fields = {name.split(".")[0].split("[")[0] for name in names}
        """The top fields of the request that are wrong, where it says which."""


class Client:
    """Raises Later and Refused, and nothing else."""

    def __init__(self, url: str, token: Optional[str], timeout: float = REQUEST_S) -> None:
        """Raises ValueError when `url` is no http or https address."""
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url!r} is no http or https address")
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port
        self._base = f"{parts.path.rstrip('/')}/api/v1"
        self._timeout = timeout
        self._connection: Optional[http.client.HTTPConnection] = None
        self._headers = {"user-agent": f"lrscope-python/{__version__}", "accept": "application/json"}
        if token:
            self._headers["authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, body: Optional[bytes] = None, wait: float = 0.0) -> dict[str, Any]:
        """The reply's object. `wait`: for how long, in seconds, the server may hold the request on purpose."""
        try:
            status, headers, raw = self._exchange(method, self._base + path, body, self._timeout + wait)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise Later(str(error) or type(error).__name__) from None
        reply = _object(raw)
        if 200 <= status < 300 and reply is not None:
            return reply
        if status in _FINAL and reply is not None and isinstance(reply.get("code"), str):
            raise Refused(status, reply)
        self.close()
        said = reply.get("detail") if reply is not None else "it does not look like lrscope"
        raise Later(f"the server answered {status}: {said}", _retry_after(headers.get("retry-after")))

    def close(self) -> None:
        """Also from another thread, to end a request that it waits for."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            if connection.sock is not None:
                connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        connection.close()

    def _exchange(
        self, method: str, path: str, body: Optional[bytes], timeout: float
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        kept = self._connection is not None
        try:
            return self._once(method, path, body, timeout)
        except (http.client.RemoteDisconnected, ConnectionError):
            # A server may close a kept connection at any time; a new one tells whether it is there.
            self.close()
            if not kept:
                raise
            return self._once(method, path, body, timeout)

    def _once(
        self, method: str, path: str, body: Optional[bytes], timeout: float
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        deadline = time.monotonic() + timeout
        connection = self._connection or self._connect(timeout)
        self._connection = connection
        if connection.sock is not None:
            connection.sock.settimeout(timeout)
        headers = {**self._headers, "content-type": "application/json"} if body is not None else self._headers
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        parts: list[bytes] = []
        size = 0
        while part := response.read1(_CHUNK):
            parts.append(part)
            size += len(part)
            if time.monotonic() > deadline or size > MAX_REPLY_BYTES:
                raise TimeoutError("the reply does not end")
        if response.length:
            raise http.client.IncompleteRead(b"", response.length)
        # One whose length was announced does not notice its end when read in parts, and would block the next request.
        response.close()
        if response.will_close:
            self.close()
        return response.status, response.headers, b"".join(parts)

    def _connect(self, timeout: float) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=timeout)
        connection.connect()
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection


def _object(raw: bytes) -> Optional[dict[str, Any]]:
    try:
        reply = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return reply if isinstance(reply, dict) else None


def _retry_after(value: Union[str, None]) -> Optional[float]:
    """Seconds, from a number or a date."""
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError):
        return None
