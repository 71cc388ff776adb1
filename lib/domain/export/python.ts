/** A piece of Python that we wrote ourselves, as opposed to a value of the user's that is to be quoted. */
export class PythonExpr {
  constructor(readonly text: string) {}
}

/** A float literal that reads back as the same double: `0.1`, `1.0`, `1e-07`. */
export function pyFloat(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** A number as it stands: whole ones without a point. */
export const pyNumber = (value: number): string => String(value);

/** Arguments that are floats in Python even when their value is whole; an integer LR makes Keras compute in integers. */
const FLOATS =
  /lr|learning_rate|value|target|gamma|rate|factor|alpha|eta_min|power|_mul$|ratio|threshold|eps|exponent|pct|min_delta/;
/** Whose names look like the above. */
const NOT_FLOATS = /steps|_t$|limit|strategy|mode|^cycle_momentum$|^lr_lambda$/;

/** A value as a Python literal; `name` is the argument that it is for. */
export function pyValue(value: unknown, name = ""): string {
  if (value instanceof PythonExpr) return value.text;
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number")
    return FLOATS.test(name) && !NOT_FLOATS.test(name) ? pyFloat(value) : pyNumber(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((entry) => pyValue(entry, name)).join(", ")}]`;
  const entries = Object.entries(value).map(
    ([key, entry]) => `${JSON.stringify(key)}: ${pyValue(entry, key)}`,
  );
  return `{${entries.join(", ")}}`;
}

const WIDTH = 88;
const INDENT = "    ";

/** `name(a, b=1)`, over several lines where one would be long. */
export function pyCall(
  name: string,
  positional: readonly string[],
  named: Readonly<Record<string, unknown>>,
) {
  const words = [
    ...positional,
    ...Object.entries(named).map(([key, value]) => `${key}=${pyValue(value, key)}`),
  ];
  const line = `${name}(${words.join(", ")})`;
  if (line.length <= WIDTH && !line.includes("\n")) return line;
  return `${name}(\n${words.map((word) => `${indent(word)},\n`).join("")})`;
}

/** An object without one of its keys. */
export const without = (object: Readonly<Record<string, unknown>>, key: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));

export const indent = (text: string): string =>
  text
    .split("\n")
    .map((line) => (line === "" ? line : INDENT + line))
    .join("\n");

/** Blocks of code, a blank line between two. */
export const blocks = (...parts: readonly string[]): string => `${parts.filter(Boolean).join("\n\n")}\n`;
