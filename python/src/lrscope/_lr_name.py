"""What the name of a metric says of the LR in it (the server's rule, lib/domain/metrics/lr-name.ts)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Optional


class LrName(NamedTuple):
    #: The name without its param group, which is what the LRs of one optimizer's groups have in common.
    family: str
    #: The number of the param group as it is written; None where the name has none.
    group: Optional[int]
    #: How telling the name is: the smaller the more.
    rank: int


# The more telling first. A name that spells out `learning_rate` comes right after one with `lr`.
_KINDS = ("plain", "nested", "current", "grouped", "owned", "qualified", "bare group", "setting")

# In front of `lr` these only say that it is the LR in use.
_CURRENT = frozenset("train training cur current last now global effective actual optim optimizer opt".split())

# In front of `lr` these make it a number that was chosen once, or one that is computed from LRs.
_CHOSEN = frozenset(
    """initial init min minimum max maximum peak final end start starting target warmup best optimal suggested default
    original log log2 log10 ln delta diff num n count rel relative ratio scale mult use auto find reduce decay total
    loss acc accuracy auc f1 score precision recall psnr ssim mse mae rmse""".split()
)

# Behind `lr` these make it something other than an LR.
_OTHER = frozenset(
    """momentum weight decay wd loss ratio scale scaling scheduler schedule scheduled step steps count num mult
    multiplier factor gamma warmup find finder found range error diff delta log acc accuracy auc f1 score psnr norm
    grad time epoch epochs max min mode patience reduction reductions change changes cut cuts period cycle cycles beta
    betas eps declared expected target""".split()
)

# Where a run's settings stand, an LR is seldom the one in use.
_SETTINGS = frozenset(
    """base param params parameters hyper hyperparams hyperparameters hparams hp config cfg args arguments settings
    options""".split()
)

# After `lr_` only these say whose LR it is. Any other word would rather be a metric of something that is called lr.
_OWNERS = frozenset(
    """model backbone head body encoder decoder text unet vae gen generator disc discriminator actor critic policy
    value g d""".split()
)
_OPTIMIZER = re.compile(
    r"sgd|adam|radam|nadam|rmsprop|adagrad|adadelta|lamb|lars|lion|muon|sophia|shampoo|soap|prodigy|optim|decoupled"
    r"|fused"
)

_GROUP = re.compile(
    r"(?P<stem>)(?:(?:param[^a-z0-9]*)?(?P<word>groups?|pg)[^a-z0-9]*)?(?P<number>[0-9]{1,3})", re.DOTALL
)
_OWNER_AND_GROUP = re.compile(
    r"(?P<stem>.+?)[^a-z0-9]+(?:param[^a-z0-9]*)?(?P<word>groups?|pg)[^a-z0-9]*(?P<number>[0-9]{1,3})", re.DOTALL
)
# What stands before `lr` in its part of the name, a number, the separator, and what comes after.
_RATE = re.compile(r"(?:(.*)[^a-z0-9])?lr([0-9]{1,3})?(?:([^a-z0-9]+)(.*))?", re.DOTALL)
_LEARNING_RATE = re.compile(r"(^|[^a-z])learning[^a-z0-9]*rate(?![a-z])")
_POSSIBLE = re.compile(r"lr|rate|pg", re.IGNORECASE)
_HUMP = re.compile(r"([a-z0-9])([A-Z])")


def read_lr_name(key: str) -> Optional[LrName]:
    """None: the name is not that of an LR."""
    if not _POSSIBLE.search(key):
        return None
    split = [_HUMP.sub(r"\1_\2", part).lower() for part in re.split(r"[/.:]", key)]
    written = [part for part in split if part]
    parts = [_LEARNING_RATE.sub(r"\1lr", part) for part in written]
    for at in reversed(range(len(parts))):
        if _RATE.fullmatch(parts[at]):
            return _rate_name(parts, at, parts[at] != written[at])
    return _bare_group(parts)


def _rate_name(parts: Sequence[str], at: int, spelled_out: bool) -> Optional[LrName]:
    """`at` is the part that says `lr`, or `learning_rate` where that is spelled out."""
    found = _RATE.fullmatch(parts[at])
    before, digits, separator, after = found.groups("") if found else ("", "", "", "")
    parents, front = parts[:at], _words(before)
    below = [part for part in (after, *parts[at + 1 :]) if part]
    owner = _owner(below) if _is_owner(separator, after) else None
    if owner is None or any(word in _CHOSEN for word in front):
        return None
    name, group = owner
    if group is None and digits:
        group = int(digits)
    said = [*parents, " ".join([*front, "learning rate" if spelled_out else "lr"]), name]
    kind = _kind(parents, front, name != "", group is not None)
    return LrName("/".join(part for part in said if part), group, _rank(kind) + spelled_out)


def _kind(parents: Sequence[str], front: Sequence[str], owned: bool, grouped: bool) -> str:
    """The least telling thing about the name decides."""
    if any(word in _SETTINGS for part in (*parents, *front) for word in _words(part)):
        return "setting"
    if any(word.rstrip("0123456789") not in _CURRENT for word in front):
        return "qualified"
    if owned or grouped:
        return "owned" if owned else "grouped"
    return "current" if front else "nested" if parents else "plain"


def _is_owner(separator: str, after: str) -> bool:
    """Whether what follows `lr` in the same part can say whose LR it is, or which group's."""
    if after == "" or separator.startswith("-") or _GROUP.fullmatch(after):
        return True
    first = (_words(after) or [""])[0]
    return first in _OWNERS or _OPTIMIZER.match(first) is not None


def _owner(parts: Sequence[str]) -> Optional[tuple[str, Optional[int]]]:
    """What the name says after `lr`: whose it is and which group's. None: something that no LR is called."""
    stem, _, group = _group(parts[-1] if parts else "")
    names = [name for name in (*parts[:-1], stem) if name]
    if any(name[0] in "0123456789" or any(word in _OTHER for word in _words(name)) for name in names):
        return None
    return "/".join(names), group


def _group(part: str) -> tuple[str, str, Optional[int]]:
    found = _GROUP.fullmatch(part) or _OWNER_AND_GROUP.fullmatch(part)
    return (found["stem"], found["word"] or "", int(found["number"])) if found else (part, "", None)


def _bare_group(parts: Sequence[str]) -> Optional[LrName]:
    """`x/pg0`: a param group of which the name says no more."""
    stem, word, group = _group(parts[-1] if parts else "")
    parents = parts[:-1]
    said = [one for part in parents for one in _words(part)]
    if word != "pg" or stem or not said or any(one in _OTHER or one in _CHOSEN for one in said):
        return None
    return LrName("/".join(parents), group, _rank("bare group"))


def _rank(kind: str) -> int:
    return 2 * _KINDS.index(kind)


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[^a-z0-9]+", text) if word]
