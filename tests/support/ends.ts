import { createContext, runInContext } from "node:vm";

/** Far beyond what any of it takes, also on a busy machine. */
const LIMIT_MS = 20_000;

const context = createContext({ work: undefined });

/** Does the work and gives its result; a loop that does not end is broken off and fails, which a test's timeout cannot do. */
export function ends<T>(work: () => T): T {
  let result: { value: T } | undefined;
  context.work = () => {
    result = { value: work() };
  };
  runInContext("work()", context, { timeout: LIMIT_MS });
  if (!result) throw new Error("the work was broken off");
  return result.value;
}
