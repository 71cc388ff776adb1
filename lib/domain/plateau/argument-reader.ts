import type { MetricMode, PerGroup, ThresholdMode } from "./plateau-policy";
import { PolicyError, refusedByLibrary } from "./policy-error";
import { shown } from "./shown";

/**
 * Reads a constructor's arguments by name, each with its default and type, and remembers which were asked for, so that
 * `finish` can refuse the rest by name. Every failure is a `PolicyError` with the argument's path.
 */
export class ArgumentReader {
  private readonly known = new Set<string>();

  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    /** Where the caller wrote the argument, e.g. `config.factor`. */
    readonly pathOf: (name: string) => string,
    /** Our own names for some of the arguments, told to a caller who mistyped one. */
    private readonly aliases: readonly string[] = [],
  ) {}

  number(name: string, fallback: number): number {
    const value = this.take(name) ?? fallback;
    if (typeof value !== "number" || !Number.isFinite(value))
      throw this.wrong(name, "a finite number", value);
    return value;
  }

  /** A count: whole and not negative. */
  count(name: string, fallback: number): number {
    const value = this.number(name, fallback);
    if (!Number.isInteger(value) || value < 0) throw this.wrong(name, "a whole number, 0 or more", value);
    return value;
  }

  boolean(name: string, fallback: boolean): boolean {
    const value = this.take(name) ?? fallback;
    if (typeof value !== "boolean") throw this.wrong(name, "true or false", value);
    return value;
  }

  perGroup(name: string, fallback: number): PerGroup {
    const value = this.take(name) ?? fallback;
    if (!Array.isArray(value)) return this.number(name, fallback);
    const finite = value.filter((item): item is number => Number.isFinite(item));
    if (finite.length !== value.length)
      throw this.wrong(name, "a finite number, or one per param group", value);
    return finite;
  }

  choice<T extends string>(name: string, known: readonly T[], fallback: T): T {
    const value = this.take(name) ?? fallback;
    const found = known.find((one) => one === value);
    if (found === undefined) throw this.wrong(name, `one of ${known.join(", ")}`, value);
    return found;
  }

  mode(fallback: MetricMode): MetricMode {
    const value = this.take("mode") ?? fallback;
    if (value === "min" || value === "max") return value;
    throw refusedByLibrary(this.pathOf("mode"), `mode ${shown(value)} is unknown!`, " Known: min, max.");
  }

  thresholdMode(fallback: ThresholdMode): ThresholdMode {
    const value = this.take("threshold_mode") ?? fallback;
    if (value === "rel" || value === "abs") return value;
    const message = `threshold mode ${shown(value)} is unknown!`;
    throw refusedByLibrary(this.pathOf("threshold_mode"), message, " Known: rel, abs.");
  }

  oneOf<T extends string>(name: string, known: readonly T[], fallback: T): T {
    const value = this.take(name) ?? fallback;
    const found = known.find((word) => word === value);
    if (found === undefined) throw this.wrong(name, `one of ${known.join(", ")}`, value);
    return found;
  }

  isGiven(name: string): boolean {
    return (this.take(name) ?? null) !== null;
  }

  /** Arguments that the library takes and that do not touch the learning rate. */
  ignore(...names: string[]): void {
    for (const name of names) this.known.add(name);
  }

  /** @throws PolicyError for the first argument that nobody asked for, naming those that exist. */
  finish(): void {
    for (const name of Object.keys(this.values)) {
      if (this.known.has(name)) continue;
      const known = [...new Set([...this.known, ...this.aliases])].sort().join(", ");
      throw new PolicyError(this.pathOf(name), `unknown argument ${name}. Known: ${known}.`);
    }
  }

  /** Python's `None` reads as absent. */
  private take(name: string): unknown {
    this.known.add(name);
    return Object.hasOwn(this.values, name) ? this.values[name] : undefined;
  }

  private wrong(name: string, expected: string, got: unknown): PolicyError {
    return new PolicyError(
      this.pathOf(name),
      `${this.pathOf(name)} must be ${expected}, got ${JSON.stringify(got)}.`,
    );
  }
}
