/** A way in which a training logs its LR. `late`: what is logged at step s is the LR of step s − late. */
export interface LoggingWay {
  name: string;
  every: number;
  /** Whether the first logged step is 0; else it is `every`, or 1. */
  fromZero: boolean;
  late: number;
  round: (lr: number) => number;
  /** The share of the schedule at which the log begins, and at which it ends. */
  share: readonly [from: number, to: number];
}

const plain: Omit<LoggingWay, "name"> = {
  every: 1,
  fromZero: true,
  late: 0,
  round: (lr) => lr,
  share: [0, 1],
};
const digits = (count: number) => (lr: number) => Number(lr.toPrecision(count));
const used = { fromZero: false, late: 1 };

/** `used`: the LR that the update was done with, logged after it, as transformers does since 4.52. */
export const LOGGING_WAYS: readonly LoggingWay[] = [
  { ...plain, name: "each step from 0" },
  { ...plain, ...used, name: "each step from 1, used" },
  { ...plain, late: -1, name: "each step from 0, after the update" },
  { ...plain, every: 10, name: "every 10 from 0" },
  { ...plain, every: 10, fromZero: false, name: "every 10 from 10" },
  { ...plain, ...used, every: 10, name: "every 10, used" },
  { ...plain, ...used, every: 50, name: "every 50, used" },
  { ...plain, ...used, every: 100, name: "every 100, used" },
  { ...plain, round: Math.fround, name: "float32" },
  { ...plain, ...used, every: 10, round: Math.fround, name: "float32, every 10, used" },
  { ...plain, round: digits(6), name: "6 digits" },
  { ...plain, ...used, every: 10, round: digits(6), name: "6 digits, every 10, used" },
  { ...plain, round: digits(4), name: "4 digits" },
  { ...plain, ...used, every: 10, round: digits(4), name: "4 digits, every 10, used" },
  { ...plain, fromZero: false, late: 2, name: "lag of 2" },
  { ...plain, fromZero: false, every: 10, late: 2, name: "lag of 2, every 10" },
  { ...plain, fromZero: false, late: 4, name: "lag of 3, used" },
  { ...plain, fromZero: false, every: 10, late: 6, name: "lag of 5, every 10, used" },
  { ...plain, fromZero: false, every: 10, late: 10, name: "lag of 10, every 10" },
  { ...plain, share: [0, 0.5], name: "the first half" },
  { ...plain, ...used, every: 10, share: [0, 0.5], name: "the first half, every 10, used" },
  { ...plain, share: [0.5, 1], name: "the second half" },
  { ...plain, every: 10, share: [0.5, 1], name: "the second half, every 10" },
];

/** The steps at which a run of `length` steps logs. */
export function loggedSteps({ every, fromZero, share: [from, to] }: LoggingWay, length: number): number[] {
  const first = Math.max(fromZero ? 0 : every, Math.ceil((from * length) / every) * every);
  const last = Math.floor(to * length);
  return Array.from(
    { length: Math.max(0, Math.floor((last - first) / every) + 1) },
    (_, i) => first + i * every,
  );
}
