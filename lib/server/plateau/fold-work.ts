import "server-only";
import { checkCost } from "@/lib/domain/plateau/check-cost";
import type { LoadedPolicy } from "./policy-rows";

/** What reading a value takes, a check of torch's rule for one param group being 1. */
const READ = 4;

/** Some 40 ms of checks: what one request may do in the transaction that stores its values, over all policies. */
export const AT_ONCE = 100_000;

/** What a worker goes through before it says how far it is: about a second. */
export const SLICE = 3_000_000;

/** What it takes to go through so many values of the policy's metric, in checks of torch's rule. */
export const workOf = ({ policy, state }: Pick<LoadedPolicy, "policy" | "state">, values: number): number =>
  values * (READ + checkCost(policy.spec, state.lrs.length));
