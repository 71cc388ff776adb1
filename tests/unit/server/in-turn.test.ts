import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { inTurn } from "@/lib/server/events/in-turn";

test("one after the other, one that fails too, and others get their turn in between", async () => {
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} begins`);
    await Promise.resolve();
    seen.push(`${name} ends`);
    if (name === "b") throw new Error(name);
    return name;
  };
  const turns = ["a", "b", "c"].map((name) => inTurn(work(name)));
  for (let i = 0; i < 2; i += 1) await setImmediate();
  seen.push("another");
  expect((await Promise.allSettled(turns)).map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  expect(seen.filter((line) => line !== "another")).toEqual(
    ["a", "b", "c"].flatMap((name) => [`${name} begins`, `${name} ends`]),
  );
  expect(seen.at(-1)).not.toBe("another");
});
