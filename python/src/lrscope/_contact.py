"""Whether a server answers, as far as this process knows: what one run has found out, the next need not wait for."""

from __future__ import annotations

from typing import Optional


class Contact:
    """With one server. Senders say how their requests went; whoever would wait for an answer asks first."""

    def __init__(self) -> None:
        self._answered: Optional[bool] = None
        self._waited_in_vain = False

    @property
    def lost(self) -> bool:
        """The last request had no proper answer, or somebody has waited for one in vain since."""
        return self._answered is False

    @property
    def given_up(self) -> bool:
        """A run has ended without the server, which has not been heard of since."""
        return self._waited_in_vain

    def made(self) -> None:
        self._answered, self._waited_in_vain = True, False

    def failed(self) -> None:
        self._answered = False

    def give_up(self) -> None:
        self._answered, self._waited_in_vain = False, True


_contacts: dict[str, Contact] = {}


def contact_with(url: str) -> Contact:
    return _contacts.setdefault(url, Contact())
