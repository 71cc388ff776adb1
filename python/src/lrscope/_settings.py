"""Where a run goes: from arguments, else lrscope's variables, else wandb's."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple, Optional

from ._say import warn
from ._wandb.environment import lrscope_mode, wandb_mode

_MODES = ("online", "offline", "disabled")
_DEFAULT_URL = "http://127.0.0.1:3000"


class Settings(NamedTuple):
    mode: str
    url: str
    dir: Path
    token: Optional[str]


def settings_of(mode: Optional[str], url: Optional[str], dir: Any, token: Optional[str]) -> Settings:
    env = os.environ
    chosen = lrscope_mode(str(mode or env.get("LRSCOPE_MODE") or wandb_mode() or "online"))
    if chosen not in _MODES:
        warn(f"mode {chosen!r} is not one of {', '.join(_MODES)}; online it is")
        chosen = "online"
    address = str(url or env.get("LRSCOPE_URL") or _DEFAULT_URL).rstrip("/")
    return Settings(chosen, address, Path(dir or default_folder()).absolute(), token or env.get("LRSCOPE_TOKEN"))


def default_folder() -> str:
    """Of the spools."""
    return os.environ.get("LRSCOPE_DIR") or os.environ.get("WANDB_DIR") or ".lrscope"
