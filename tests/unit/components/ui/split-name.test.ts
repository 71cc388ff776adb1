import { expect, test } from "vitest";
import { splitName } from "@/components/ui/split-name";

test.each([
  ["cosine-s0", "cosine-s0", ""],
  ["a".repeat(16), "a".repeat(16), ""],
  ["a".repeat(9) + "-seed-12", "a".repeat(9), "-seed-12"],
  ["resnet-18-😀😀😀😀😀😀😀😀", "resnet-18-", "😀".repeat(8)],
])("%s", (name, head, tail) => expect(splitName(name)).toEqual([head, tail]));
