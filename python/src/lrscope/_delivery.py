"""Sends a spool's records, in order, and decides what a refusal means."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Callable, Optional
from urllib.parse import quote

from ._batch import CREATE, FINISH, PLATEAU, POINT, UPDATE, Batch
from ._http import Client, Later, Refused
from ._plain import Json, dumps
from ._say import warn_once
from ._spool import Spool

# Refused for what one of the records says, not for the state of the run: the others may pass.
_CONTENT = (400, 413, 422)
_CREATE_NEEDS = {"project", "id", "resume"}


def is_branch(info: Mapping[str, Any]) -> bool:
    """Whether a spool holds what a forked child logged: its parent makes the run, and ends it."""
    return bool(info.get("branch"))


OnReply = Callable[[Mapping[str, Any]], None]


class Delivery:
    """Of one spool to one server. Every request can be repeated without harm, so a lost reply costs nothing."""

    def __init__(self, spool: Spool, client: Client, on_reply: OnReply, on_created: OnReply) -> None:
        self._spool = spool
        self._client = client
        self._on_reply = on_reply
        self._on_created = on_created
        self._body: dict[str, Any] = spool.info["body"]
        self._run = f"/runs/{quote(self._body['id'], safe='')}"
        self._made_again = False
        self._ended = False
        self._last_time: Optional[float] = None

    def send_next(self) -> Optional[bool]:
        """Sends one request. None when nothing waited, else whether more was waiting. Raises Later."""
        batch = self._spool.next_batch()
        if batch is None:
            return None
        self._deliver(batch)
        return batch.more

    def end_crashed(self) -> None:
        """Ends a run whose process died without a word, at its last point. Nothing happens to one that has ended."""
        if self._ended:
            return
        body: dict[str, Json] = {"status": "killed"}
        if self._last_time is not None:
            body["time"] = self._last_time
        try:
            self._client.call("POST", f"{self._run}/finish", dumps(body))
        except Refused:
            pass

    def _deliver(self, batch: Batch) -> None:
        if self._spool.run_refused:
            self._spool.set_aside(batch, "the run was refused")
            return
        self._spool.plan(batch)
        try:
            self._send(batch)
        except Refused as refused:
            self._refused(batch, refused)
        else:
            self._made_again = False
            self._spool.settle(batch)

    def _send(self, batch: Batch) -> None:
        payload = batch.records[0].payload
        if batch.kind == CREATE:
            self._create(self._body)
        elif batch.kind == POINT:
            reply = self._client.call("POST", f"{self._run}/metrics", batch.body(self._spool.session))
            if not isinstance(reply.get("accepted"), int) or not isinstance(reply.get("control"), list):
                raise Later("the server's reply does not look like lrscope")
            self._on_reply(reply)
            self._last_time = _time_of(batch) or self._last_time
        elif batch.kind == UPDATE:
            self._client.call("PATCH", self._run, payload)
        elif batch.kind == PLATEAU:
            self._client.call("PUT", f"{self._run}/plateau", payload)
        elif batch.kind == FINISH:
            self._ended = True
            self._client.call("POST", f"{self._run}/finish", payload)

    def _create(self, body: Mapping[str, Any]) -> None:
        try:
            reply = self._client.call("POST", "/runs", dumps(dict(body)))
        except Refused as refused:
            if refused.status == 404 and body.get("resume") != "must":
                raise Later("there is no lrscope at this address") from None
            raise
        if reply.get("id") != self._body["id"]:
            raise Later("the server's reply does not look like lrscope")
        self._on_created(reply)

    def _refused(self, batch: Batch, refused: Refused) -> None:
        may_make = self._body.get("resume") != "must" and batch.kind != CREATE and not self._made_again
        if refused.status == 404 and is_branch(self._spool.info):
            raise Later("the run is not there yet: its parent process makes it")
        if refused.status == 404 and may_make:
            self._make_again(refused)  # The batch is still the next one.
        elif batch.kind == POINT and refused.status in _CONTENT and len(batch.records) > 1:
            for half in batch.halves():
                self._deliver(half)
        elif self._is_done_already(batch, refused) or self._settles_without(batch, refused):
            self._spool.settle(batch)
        else:
            self._set_aside(batch, refused)

    def _is_done_already(self, batch: Batch, refused: Refused) -> bool:
        """A run with an id of ours cannot be another's: it was changed since, or it has ended."""
        return refused.status == 409 and (batch.kind == FINISH or (batch.kind == CREATE and self._spool.info["own_id"]))

    def _settles_without(self, batch: Batch, refused: Refused) -> bool:
        if batch.kind == CREATE:
            return self._sent_without(CREATE, self._body, refused)
        return batch.kind == UPDATE and self._sent_without(UPDATE, json.loads(batch.records[0].payload), refused)

    def _sent_without(self, kind: int, said: Mapping[str, Any], refused: Refused) -> bool:
        """Once more without the fields that are wrong, so that a schedule nobody knows does not cost the run."""
        while refused.status in _CONTENT:
            # Where it does not say which (the body is too large, say), all that can be spared.
            wrong = (refused.fields or set(said)) - _CREATE_NEEDS
            rest = {key: value for key, value in said.items() if key not in wrong}
            if len(rest) == len(said):
                return False
            self._tell_of(f"the server refused {', '.join(sorted(wrong & set(said)))} of the run", refused)
            try:
                if kind == CREATE:
                    self._create(rest)
                elif rest:
                    self._client.call("PATCH", self._run, dumps(rest))
                return True
            except Refused as again:
                said, refused = rest, again
        return False

    def _make_again(self, refused: Refused) -> None:
        """The server has no such run: it lost its data, or somebody deleted the run, which it then says."""
        self._made_again = True
        self._tell_of("creating the run again, for the server says", refused)
        body = {**self._body, "resume": "allow"}
        try:
            self._create(body)
        except Refused as why:
            if not self._sent_without(CREATE, body, why):
                self._tell_of("the run could not be created again", why)

    def _tell_of(self, what: str, why: Refused) -> None:
        warn_once(f"{self._run} {what}", f"{what}: {why}")

    def _set_aside(self, batch: Batch, refused: Refused) -> None:
        what = f"the server refused a part of the run, kept in {self._spool.folder}"
        self._tell_of(what, refused)
        self._spool.set_aside(batch, f"{refused.status}: {refused}")


def _time_of(batch: Batch) -> Optional[float]:
    points = [record.payload for record in batch.records if record.kind == POINT]
    return float(json.loads(points[-1])["time"]) if points else None
