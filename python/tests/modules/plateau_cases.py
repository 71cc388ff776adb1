"""Draws metrics and arguments for the plateau rules, and runs the libraries' own classes over them.

What is drawn leans to where rules differ: ties, values on the threshold itself, NaN and infinities, negative bests,
a patience of 0, floors at and above the LR.
"""

from __future__ import annotations

import math
from random import Random
from typing import Any, Callable

Counters = dict[str, list[Any]]


def drawn_metrics(random: Random, count: int) -> list[float]:
    """One shape for the whole series, then what spoils it here and there."""
    scale = random.choice([1.0, 1.0, 1e-6, 1e6, 1e300])
    sign = random.choice([1, 1, -1])
    noise = random.choice([0.0, 0.02, 0.3])
    digits = random.choice([None, None, 1, 2])
    fall = random.choice([0.0, 0.02, 0.2, -0.02])
    floor = random.choice([0.0, 0.3])
    values: list[float] = []
    for t in range(count):
        value = math.exp(-fall * t) + floor + noise * random.gauss(0, 1)
        value = round(value, digits) if digits is not None else value
        values.append(sign * scale * value)
    for _ in range(random.choice([0, 0, 0, 1, 4])):
        values[random.randrange(count)] = random.choice([math.nan, math.inf, -math.inf, 0.0, -0.0, 5e-324])
    return values


def on_the_threshold(random: Random, values: list[float], threshold: float) -> list[float]:
    """Some values sit on the boundary that the one before them sets, to the last bit or one beside it."""
    out = list(values)
    for t in range(1, len(out)):
        if random.random() < 0.2:
            best = out[t - 1]
            edges = [best * (1.0 - threshold), best * (1.0 + threshold), best - threshold, best + threshold]
            out[t] = random.choice(edges)
            if random.random() < 0.5:
                out[t] = math.nextafter(out[t], random.choice([-math.inf, math.inf]))
    return out


def some(random: Random, options: dict[str, Callable[[], Any]]) -> dict[str, Any]:
    """Each argument with even chance; what is left out has the library's default."""
    return {name: draw() for name, draw in options.items() if random.random() < 0.6}


def drawn_lrs(random: Random, most: int = 3) -> list[float]:
    return [random.choice([0.1, 1.0, 3e-4, 1e-8, 2.5e-7, 0.37]) for _ in range(random.randint(1, most))]


def per_group(random: Random, lrs: list[float], values: list[float]) -> Any:
    return [random.choice(values) for _ in lrs] if random.random() < 0.4 else random.choice(values)


def torch_config(random: Random, lrs: list[float]) -> dict[str, Any]:
    return some(
        random,
        {
            "mode": lambda: random.choice(["min", "max"]),
            "factor": lambda: random.choice([0.1, 0.5, 0.9, 0.0, 0.333, 0.999]),
            "patience": lambda: random.choice([0, 0, 1, 2, 5]),
            "threshold": lambda: random.choice([0, 1e-4, 0.01, 0.1, 0.5, 1, 2, -0.01]),
            "threshold_mode": lambda: random.choice(["rel", "abs"]),
            "cooldown": lambda: random.choice([0, 1, 2, 5]),
            "min_lr": lambda: per_group(random, lrs, [0, 1e-6, 0.05, 0.1, 5.0, -1.0]),
            "eps": lambda: random.choice([0, 1e-8, 1e-3, 0.5, -1.0]),
        },
    )


def timm_config(random: Random, lrs: list[float]) -> dict[str, Any]:
    names = {"factor": "decay_rate", "patience": "patience_t", "cooldown": "cooldown_t", "min_lr": "lr_min"}
    drawn = {names.get(key, key): value for key, value in torch_config(random, lrs).items()}
    dropped = {key: value for key, value in drawn.items() if key not in ("threshold_mode", "eps")}
    warm = {
        "warmup_t": lambda: random.choice([0, 1, 4]),
        "warmup_lr_init": lambda: random.choice([0, 1e-5, 0.2]),
    }
    return {**dropped, **some(random, warm)}


def greedy_config(random: Random, lrs: list[float]) -> dict[str, Any]:
    own = {
        "factor": lambda: random.choice([0.95, 0.5, 0.9]),
        "warmup": lambda: random.choice([0, 1, 3]),
        "max_lr": lambda: per_group(random, lrs, [1.0, 0.2, 10.0, 0.01]),
        "smooth": lambda: random.choice([True, False]),
        "window_size": lambda: random.choice([1, 2, 5]),
        "reset_start": lambda: random.choice([0, 1, 2, 3]),
    }
    return {**torch_config(random, lrs), "factor": 0.7, **some(random, own)}


def keras_config(random: Random) -> dict[str, Any]:
    drawn = some(
        random,
        {
            "factor": lambda: random.choice([0.1, 0.5, 0.0, 0.333]),
            "patience": lambda: random.choice([0, 0, 1, 2, 5]),
            "min_delta": lambda: random.choice([0, 1e-4, 0.1, -0.1]),
            "cooldown": lambda: random.choice([0, 1, 2, 5]),
            "min_lr": lambda: random.choice([0, 1e-6, 0.1, 5.0]),
        },
    )
    return {"mode": random.choice(["min", "max"]), **drawn}


def optax_config(random: Random) -> dict[str, Any]:
    drawn = some(
        random,
        {
            "factor": lambda: random.choice([0.1, 0.5, 0.9]),
            "patience": lambda: random.choice([0, 0, 1, 2, 5]),
            "rtol": lambda: random.choice([0.0, 1e-4, 0.1, 1.0]),
            "atol": lambda: random.choice([0.0, 1e-3, 0.2]),
            "cooldown": lambda: random.choice([0, 1, 2, 5]),
            "accumulation_size": lambda: random.choice([1, 1, 2, 3]),
            "min_scale": lambda: random.choice([0.0, 0.01, 0.5, 2.0]),
        },
    )
    if drawn.get("rtol") == 0.0 and drawn.get("atol", 0.0) == 0.0:
        drawn["atol"] = 0.2
    return drawn


def collect(counters: Counters, source: Any, names: tuple[str, ...]) -> None:
    for name in names:
        counters.setdefault(name, []).append(getattr(source, name))
