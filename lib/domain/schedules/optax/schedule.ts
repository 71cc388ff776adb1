import type { Kwargs } from "@/lib/domain/schedules/shared/arguments";

/**
 * An optax schedule: count → LR. Inside the function jax computes, so nothing raises there and 0/0 is NaN; the
 * constructor's own arithmetic is Python's.
 */
export type OptaxSchedule = (count: number) => number;

export type OptaxConstructor = (kwargs: Kwargs, path: string) => OptaxSchedule;
