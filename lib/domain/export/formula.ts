import { pyCall, pyNumber } from "./python";

/** How one language says what a schedule's formula needs beyond + − × ÷ and powers, which all of them share. */
export interface Dialect {
  cos: (x: string) => string;
  /** How often a length goes into x, whole times. */
  times: (length: number, x: string) => string;
  min: (a: string, b: string) => string;
  max: (a: string, b: string) => string;
  /** Rounded down to an index. */
  whole: (x: string) => string;
  /** How many numbers of a list are reached (≤ step). */
  reached: (list: string, step: string) => string;
  /** The entry of a list. */
  entry: (list: string, index: string) => string;
  /** The body of a function: the first branch whose condition holds, else the last value. */
  body: (formula: Formula) => string;
}

/** A function of `step`: local names, then cases in order. */
export interface Formula {
  lets?: readonly (readonly [name: string, expression: string])[];
  cases?: readonly (readonly [condition: string, expression: string])[];
  otherwise: string;
}

const PI = "math.pi";

const locals = ({ lets = [] }: Formula): string[] =>
  lets.map(([name, expression]) => `${name} = ${expression}`);

/** Plain Python on one number. */
export const PLAIN: Dialect = {
  cos: (x) => `math.cos(${PI} * ${x})`,
  times: (length, x) => `math.floor(${x} / ${pyNumber(length)})`,
  min: (a, b) => `min(${a}, ${b})`,
  max: (a, b) => `max(${a}, ${b})`,
  whole: (x) => `int(${x})`,
  reached: (list, step) => `sum(${step} >= at for at in ${list})`,
  entry: (list, index) => `${list}[${index}]`,
  body: (formula) =>
    [
      ...locals(formula),
      ...(formula.cases ?? []).map(([condition, value]) => `if ${condition}:\n    return ${value}`),
      `return ${formula.otherwise}`,
    ].join("\n"),
};

/** Arrays: every case is computed and one is chosen, so that the function can be traced. */
function arrays(library: string, own: Pick<Dialect, "whole" | "reached" | "entry">): Dialect {
  return {
    ...own,
    cos: (x) => `${library}.cos(${PI} * ${x})`,
    // Compiled, 47 / 47 may come out below 1: see dividesEvenly.
    times: (length, x) =>
      Math.fround(length) === length
        ? `${library}.floor_divide(${x}, ${pyNumber(length)})`
        : `${library}.floor(${x} / ${pyNumber(length)})`,
    min: (a, b) => `${library}.minimum(${a}, ${b})`,
    max: (a, b) => `${library}.maximum(${a}, ${b})`,
    body: (formula) => {
      const chosen = (formula.cases ?? []).reduceRight(
        (rest, [condition, value]) => pyCall(`${library}.where`, [condition, value, rest], {}),
        formula.otherwise,
      );
      return [...locals(formula), `return ${chosen}`].join("\n");
    },
  };
}

export const JAX = arrays("jnp", {
  whole: (x) => `(${x}).astype(int)`,
  reached: (list, step) => `jnp.sum(${step} >= jnp.array(${list}))`,
  entry: (list, index) => `jnp.array(${list})[${index}]`,
});

export const KERAS = arrays("ops", {
  whole: (x) => `ops.cast(${x}, "int32")`,
  reached: (list, step) => `ops.sum(ops.cast(${step} >= ops.array(${list}, dtype=step.dtype), "int32"))`,
  entry: (list, index) => `ops.take(ops.array(${list}, dtype=step.dtype), ${index})`,
});
