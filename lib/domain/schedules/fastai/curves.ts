import { number, readArguments, required, type Kwargs } from "@/lib/domain/schedules/shared/arguments";
import { cosine, divide, power } from "@/lib/domain/schedules/shared/python-math";

/** An LR per group at a position of training, 0 to 1. */
export type PositionCurve = (position: number) => number[];

export type FastaiConstructor = (kwargs: Kwargs, path: string) => PositionCurve;

const ENDS = { start: required(number), end: required(number) };

/** SchedLin: start + p(end − start). */
export const schedLin: FastaiConstructor = (kwargs, path) => {
  const { start, end } = readArguments(kwargs, path, ENDS);
  return (p) => [start + p * (end - start)];
};

/** SchedCos: see `cosineBetween`. */
export const schedCos: FastaiConstructor = (kwargs, path) => {
  const { start, end } = readArguments(kwargs, path, ENDS);
  return (p) => [cosineBetween(start, end, p)];
};

/** SchedNo: start. */
export const schedNo: FastaiConstructor = (kwargs, path) => {
  const { start } = readArguments(kwargs, path, ENDS);
  return () => [start];
};

/** SchedExp: start·(end/start)^p. */
export const schedExp: FastaiConstructor = (kwargs, path) => {
  const { start, end } = readArguments(kwargs, path, ENDS);
  return (p) => [start * power(divide(end, start), p)];
};

/** SchedPoly: start + (end − start)p^power. */
export const schedPoly: FastaiConstructor = (kwargs, path) => {
  const args = readArguments(kwargs, path, { ...ENDS, power: required(number) });
  return (p) => [args.start + (args.end - args.start) * power(p, args.power)];
};

/** start + (1 + cos(π(1 − p)))(end − start)/2. */
export function cosineBetween(start: number, end: number, p: number): number {
  return start + ((1 + cosine(Math.PI * (1 - p))) * (end - start)) / 2;
}
