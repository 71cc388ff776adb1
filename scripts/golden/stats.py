"""Reference values for lib/domain/stats and lib/domain/compare, from SciPy and NumPy.

Run: python3 scripts/golden/stats.py > tests/golden/stats.json
Needs SciPy 1.17 and NumPy; deterministic. Every case holds its input and what SciPy gives for it, so that the tests read
no number that the code under test made. Permutation p-values are of scipy.stats.permutation_test with every arrangement
counted, two-sided as the share of |differences| at least the observed one; "rliable" figures follow its definitions
(interquartile mean: scipy.stats.trim_mean(x, 0.25); probability of improvement: Mann-Whitney's U / (n m)). Holm's
adjustment is written here as the closed test that it is: the largest Bonferroni p of all intersections with the
hypothesis in them.
"""

import itertools
import json
import sys

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20261123)


def rounded(values):
    return [float(round(v, 6)) for v in values]


def t_distribution():
    quantiles = [
        {"p": p, "df": df, "t": float(stats.t.ppf(p, df))}
        for df in (1, 2, 3.7, 8, 30.5, 200, 1e5)
        for p in (0.001, 0.025, 0.3, 0.9, 0.975, 0.9995)
    ]
    cdf = [
        {"t": t, "df": df, "p": float(stats.t.cdf(t, df))}
        for df in (1, 2.5, 4, 17, 400)
        for t in (-30.0, -3.0, -0.2, 0.0, 1e-3, 1.7, 12.0)
    ]
    return {"quantiles": quantiles, "cdf": cdf}


def samples(n, m, shift, spread):
    return rounded(rng.normal(0.1, 0.01, n)), rounded(rng.normal(0.1 + shift, 0.01 * spread, m))


def two_samples(n, m, shift, spread):
    a, b = samples(n, m, shift, spread)
    welch = stats.ttest_ind(a, b, equal_var=False).confidence_interval(0.95)
    perm = stats.permutation_test(
        (a, b),
        lambda x, y, axis: np.abs(np.mean(x, axis=axis) - np.mean(y, axis=axis)),
        vectorized=True,
        n_resamples=np.inf,
        alternative="greater",
    )
    u = stats.mannwhitneyu(a, b, alternative="two-sided").statistic
    one = stats.ttest_1samp(a, 0).confidence_interval(0.95)
    return {
        "a": a,
        "b": b,
        "difference": float(np.mean(a) - np.mean(b)),
        "welch": [float(welch.low), float(welch.high)],
        "mean_interval_of_a": [float(one.low), float(one.high)],
        "permutation_p": float(perm.pvalue),
        "share_of_wins_for_larger": float(u / (n * m)),
        "iqm_of_a": float(stats.trim_mean(a, 0.25)),
        "variance_of_a": float(np.var(a, ddof=1)),
    }


def pairs(n, shift):
    base = rng.normal(0.1, 0.03, n)
    a = rounded(base + rng.normal(0, 0.004, n))
    b = rounded(base + shift + rng.normal(0, 0.004, n))
    interval = stats.ttest_rel(a, b).confidence_interval(0.95)
    perm = stats.permutation_test(
        (a, b),
        lambda x, y, axis: np.mean(x - y, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=np.inf,
        alternative="two-sided",
    )
    return {
        "a": a,
        "b": b,
        "interval": [float(interval.low), float(interval.high)],
        "sign_flip_p": float(perm.pvalue),
    }


def ranks():
    lists = [[3, 1, 2], [1, 1, 1], [2.5, 0.1, 2.5, 7, 0.1, 0.1], [5], [4, 3, 2, 1, 4]]
    return [{"values": v, "ranks": [float(r) for r in stats.rankdata(v)]} for v in lists]


def bootstrap_iqm():
    """Percentile interval of the interquartile mean: the limit of many resamples, to compare within Monte Carlo error."""
    values = rounded(rng.gamma(2, 0.05, 12))
    found = stats.bootstrap(
        (values,),
        lambda x, axis: stats.trim_mean(x, 0.25, axis=axis),
        n_resamples=200_000,
        batch=20_000,
        method="percentile",
        rng=np.random.default_rng(1),
    ).confidence_interval
    return {"values": values, "low": float(found.low), "high": float(found.high)}


def tied_samples():
    """Few different values, unequal sizes: many arrangements give the same difference."""
    lists = [
        ([1.0, 2.0, 2.0], [2.0, 3.0]),
        ([0.1, 0.1, 0.2, 0.3], [0.2, 0.2, 0.3, 0.3, 0.4]),
        ([-1.0, -1.0, 0.0], [0.0, 0.0, 0.0, 1.0]),
        ([5.0] * 4, [5.0] * 3),
        (rounded(rng.integers(0, 4, 9) / 4), rounded(rng.integers(1, 5, 7) / 4)),
    ]
    found = []
    for a, b in lists:
        together = [*a, *b]
        observed = abs(np.mean(a) - np.mean(b)) - 1e-9
        hits = total = 0
        for picked in itertools.combinations(range(len(together)), len(a)):
            rest = [v for i, v in enumerate(together) if i not in picked]
            total += 1
            hits += abs(np.mean([together[i] for i in picked]) - np.mean(rest)) >= observed
        found.append(
            {
                "a": a,
                "b": b,
                "p": hits / total,
                "share_of_wins_for_larger": float(stats.mannwhitneyu(a, b).statistic / (len(a) * len(b))),
                "iqm_of_all": float(stats.trim_mean(together, 0.25)),
                "median_of_all": float(np.median(together)),
            }
        )
    return found


def holm():
    lists = [[0.01], [0.04, 0.03, 0.005], [0.5, 0.001, 0.02, 0.02], rounded(rng.uniform(0, 0.2, 7)), [1.0, 1.0, 0.3]]

    def adjusted(p, i):
        return max(
            min(1.0, len(chosen) * min(p[j] for j in chosen))
            for size in range(1, len(p) + 1)
            for chosen in itertools.combinations(range(len(p)), size)
            if i in chosen
        )

    return [{"p": p, "adjusted": [adjusted(p, i) for i in range(len(p))]} for p in lists]


def kaplan_meier():
    """`seen` is where those ended whose time is not known. An infinite one is known never to happen in its run."""
    cases = [
        ([3, 5, 7, 9], []),
        ([10, 20, 20, 40], [15, 20, 60]),
        ([512, 640, 600], [100, 550, 2000]),
        ([4, 4, 4], [4, 2]),
        (rounded(rng.gamma(3, 100, 9)), rounded(rng.gamma(3, 100, 6))),
    ]
    found = []
    for happened, seen in cases:
        data = stats.CensoredData(uncensored=happened, right=seen)
        survival = stats.ecdf(data).sf
        times = sorted(set(happened))
        found.append({"happened": happened, "seen": seen, "times": times, "shares": [float(s) for s in survival.evaluate(times)]})
    return found


def bootstrap_expanded():
    """Percentiles of the interquartile mean at the level that Student's t asks for, of a large bootstrap distribution."""
    found = []
    for n in (5, 7, 10, 16):
        values = rounded(rng.gamma(2, 0.05, n))
        tail = float(stats.norm.cdf(-stats.t.ppf(0.975, n - 1)))
        drawn = rng.choice(values, (400_000, n))
        low, high = np.quantile(stats.trim_mean(drawn, 0.25, axis=1), [tail, 1 - tail])
        found.append({"values": values, "level": 1 - 2 * tail, "low": float(low), "high": float(high)})
    return found


def normal():
    return {
        "cdf": [{"x": x, "p": float(stats.norm.cdf(x))} for x in (-8.0, -3.0, -0.5, 0.0, 1e-3, 1.0, 2.5, 6.0)],
        "quantiles": [{"p": p, "x": float(stats.norm.ppf(p))} for p in (1e-9, 0.001, 0.025, 0.4, 0.9, 0.975)],
    }


json.dump(
    {
        "made_with": {"scipy": scipy.__version__, "numpy": np.__version__, "by": "scripts/golden/stats.py"},
        "t": t_distribution(),
        "two_samples": [
            two_samples(3, 3, 0.02, 1),
            two_samples(5, 5, 0.01, 1),
            two_samples(5, 5, 0.0, 4),
            two_samples(2, 7, 0.015, 1),
            two_samples(8, 8, 0.005, 2),
        ],
        "pairs": [pairs(3, 0.01), pairs(6, 0.006), pairs(9, 0.0), pairs(12, 0.003)],
        "ranks": ranks(),
        "bootstrap_iqm": bootstrap_iqm(),
        "tied_samples": tied_samples(),
        "holm": holm(),
        "kaplan_meier": kaplan_meier(),
        "bootstrap_expanded": bootstrap_expanded(),
        "normal": normal(),
    },
    sys.stdout,
    indent=1,
)
sys.stdout.write("\n")
