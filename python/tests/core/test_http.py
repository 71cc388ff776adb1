"""Addresses, pauses between attempts, and what a reply is taken for."""

from __future__ import annotations

import email.utils
import time

from lrscope._backoff import Backoff
from lrscope._http import Client, Later, Refused
from lrscope._limits import BACKOFF_MOST_S, RETRY_AFTER_MOST_S

from .case import ClientCase
from .faulty import Fault, FaultyProxy, answer
from .server import shared_server


class BackoffTest(ClientCase):
    def test_pauses_grow_up_to_a_bound_and_start_again(self) -> None:
        backoff = Backoff()
        delays = [backoff.next_delay(None) for _ in range(2000)]
        self.assertLessEqual(delays[0], 0.2)
        self.assertGreaterEqual(delays[3], 0.8)
        self.assertLessEqual(max(delays), BACKOFF_MOST_S)
        self.assertGreater(len(set(delays[100:])), 1800, "spread")
        backoff.reset()
        self.assertLessEqual(backoff.next_delay(None), 0.2)

    def test_what_the_server_asks_for_is_the_least_within_reason(self) -> None:
        self.assertEqual(Backoff().next_delay(42.0), 42.0)
        self.assertEqual(Backoff().next_delay(1e9), RETRY_AFTER_MOST_S)


class ClientTest(ClientCase):
    def ask(self, fault: Fault) -> Exception:
        """What a client makes of a reply to a GET."""
        proxy = FaultyProxy(shared_server().port, [fault], only="/projects")
        self.addCleanup(proxy.close)
        client = Client(proxy.url, None)
        self.addCleanup(client.close)
        with self.assertRaises((Later, Refused)) as caught:
            client.call("GET", "/projects")
        return caught.exception

    def test_retry_after_is_read_as_seconds_and_as_a_date(self) -> None:
        date = email.utils.formatdate(time.time() + 100, usegmt=True)
        for value, least, most in (("7", 7.0, 7.0), (date, 90.0, 101.0), ("-3", 0.0, 0.0)):
            later = self.ask(answer(503, b"{}", retry_after=value))
            assert isinstance(later, Later) and later.retry_after is not None
            self.assertTrue(least <= later.retry_after <= most, (value, later.retry_after))
        later = self.ask(answer(503, b"{}", retry_after="soon"))
        assert isinstance(later, Later)
        self.assertIsNone(later.retry_after)

    def test_only_a_problem_of_the_server_is_a_refusal(self) -> None:
        problem = b'{"code": "invalid_parameters", "detail": "no", "invalid_params": [{"name": "points[3].step"}, 5]}'
        refused = self.ask(answer(422, problem))
        assert isinstance(refused, Refused)
        self.assertEqual((refused.status, refused.fields, str(refused)), (422, {"points"}, "no"))
        for body in (b"", b"<html>", b"[]", b'{"error": "no"}', b"[" * 100_000):
            self.assertIsInstance(self.ask(answer(422, body)), Later)
        for status in (301, 401, 403, 408, 429, 500, 502, 503, 504):
            self.assertIsInstance(self.ask(answer(status, problem)), Later, status)

    def test_addresses_that_are_none_are_told(self) -> None:
        for url in ("", "nowhere", "ftp://a", "http://", "file:///etc"):
            with self.assertRaises(ValueError):
                Client(url, None)

    def test_the_token_is_sent(self) -> None:
        seen: list[str] = []
        proxy = FaultyProxy(shared_server().port, [lambda exchange: seen.append(exchange.headers["authorization"])], "")
        self.addCleanup(proxy.close)
        with self.assertRaises(Later):
            Client(proxy.url, "secret", timeout=0.2).call("GET", "/projects")
        self.assertEqual(seen, ["Bearer secret"])
