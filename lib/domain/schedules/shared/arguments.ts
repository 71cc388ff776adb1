import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { unknownName } from "./unknown-name";

export type Kwargs = Readonly<Record<string, unknown>>;

/** What values an argument may take. `parse` gives undefined for a value of another type. */
export interface Kind<T> {
  expected: string;
  parse: (value: unknown) => T | undefined;
}

interface Parameter<T> {
  kind: Kind<T>;
  /** The library's default; a parameter without one is required. */
  fallback?: { value: T };
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

export type Arguments<P extends Parameters> = { [K in keyof P]: P[K] extends Parameter<infer T> ? T : never };

export const required = <T>(kind: Kind<T>): Parameter<T> => ({ kind });

export const optional = <T>(kind: Kind<T>, value: T): Parameter<T> => ({ kind, fallback: { value } });

export const number: Kind<number> = {
  expected: "a finite number",
  parse: (value) => (typeof value === "number" && Number.isFinite(value) ? value : undefined),
};

export const integer: Kind<number> = {
  expected: "an integer",
  parse: (value) => (typeof value === "number" && Number.isSafeInteger(value) ? value : undefined),
};

export const boolean: Kind<boolean> = {
  expected: "true or false",
  parse: (value) => (typeof value === "boolean" ? value : undefined),
};

export const string: Kind<string> = {
  expected: "a string",
  parse: (value) => (typeof value === "string" ? value : undefined),
};

/** Anything at all: an argument that is accepted and has no bearing on the LR. */
export const ignored: Kind<unknown> = { expected: "any value", parse: (value) => value ?? null };

export function orNull<T>(kind: Kind<T>): Kind<T | null> {
  return {
    expected: `${kind.expected} or null`,
    parse: (value) => (value === null ? null : kind.parse(value)),
  };
}

export function listOf<T>(kind: Kind<T>): Kind<T[]> {
  return {
    expected: `a list, each entry ${kind.expected}`,
    parse: (value) => (Array.isArray(value) ? parseAll(value, kind) : undefined),
  };
}

export function either<A, B>(first: Kind<A>, second: Kind<B>): Kind<A | B> {
  return {
    expected: `${first.expected}, or ${second.expected}`,
    parse: (value) => {
      const parsed = first.parse(value);
      return parsed === undefined ? second.parse(value) : parsed;
    },
  };
}

/** A JSON object, neither null nor a list. */
export const object: Kind<Kwargs> = {
  expected: "an object",
  parse: (value) => (isObject(value) ? value : undefined),
};

/** An argument that a declaration leaves at a default of its library, where that is a number. */
export interface FilledIn {
  /** Where it would stand: `schedule.kwargs.gamma`. */
  path: string;
  value: number;
}

let filledIn: FilledIn[] | null = null;

/** The defaults that are filled in while a schedule is read: what a library has by default is said in one place. */
export function defaultsFilledIn(read: () => unknown): FilledIn[] {
  const outer = filledIn;
  const found: FilledIn[] = [];
  filledIn = found;
  try {
    read();
  } finally {
    filledIn = outer;
  }
  return found;
}

/**
 * Checks `kwargs` against a constructor's parameters and fills in the library's defaults.
 * Throws ScheduleError for an unknown argument, a wrong type or a missing required argument.
 */
export function readArguments<P extends Parameters>(
  kwargs: Kwargs,
  path: string,
  parameters: P,
): Arguments<P> {
  const known = Object.keys(parameters);
  for (const name of Object.keys(kwargs)) {
    if (known.includes(name)) continue;
    throw new ScheduleError(`${path}.${name}`, unknownName("unknown argument", name, known));
  }
  const values = Object.entries(parameters).map(([name, parameter]) => [
    name,
    readArgument(Object.hasOwn(kwargs, name) ? kwargs[name] : undefined, `${path}.${name}`, parameter),
  ]);
  return everyParameterRead<P>(Object.fromEntries(values));
}

function readArgument(value: unknown, path: string, { kind, fallback }: Parameter<unknown>): unknown {
  if (value === undefined) {
    if (fallback) return filled(path, fallback.value);
    throw new ScheduleError(path, `required argument: ${kind.expected}`);
  }
  const parsed = kind.parse(value);
  if (parsed === undefined) throw new ScheduleError(path, `expected ${kind.expected}`);
  return parsed;
}

function filled(path: string, value: unknown): unknown {
  if (filledIn && typeof value === "number") filledIn.push({ path, value });
  return value;
}

/** `values` was built from the entries of the same `P`, each by its own kind's parser, so the types agree key by key. */
function everyParameterRead<P extends Parameters>(values: Record<string, unknown>): Arguments<P> {
  return values as Arguments<P>;
}

function parseAll<T>(values: readonly unknown[], kind: Kind<T>): T[] | undefined {
  const parsed: T[] = [];
  for (const value of values) {
    const entry = kind.parse(value);
    if (entry === undefined) return undefined;
    parsed.push(entry);
  }
  return parsed;
}

function isObject(value: unknown): value is Kwargs {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
