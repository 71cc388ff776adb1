import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { object, readArguments, required, optional, string, type Kwargs } from "./arguments";
import { unknownName } from "./unknown-name";

/** A schedule inside another schedule's kwargs. */
export interface NestedSchedule {
  constructor: string;
  kwargs: Kwargs;
}

/** The class or function name of a possibly qualified constructor: `optax.schedules.linear_schedule` → `linear_schedule`. */
export function bareName(constructor: string): string {
  return constructor.slice(constructor.lastIndexOf(".") + 1);
}

/** The table's entry for a constructor, matched by its last dotted name. Throws ScheduleError at `path` otherwise. */
export function findConstructor<T>(table: Readonly<Record<string, T>>, constructor: string, path: string): T {
  const name = bareName(constructor);
  const entry = Object.hasOwn(table, name) ? table[name] : undefined;
  if (entry === undefined) {
    throw new ScheduleError(path, unknownName(`unknown constructor ${name}`, name, Object.keys(table)));
  }
  return entry;
}

export function readNested(value: Kwargs, path: string): NestedSchedule {
  return readArguments(value, path, { constructor: required(string), kwargs: optional(object, {}) });
}
