import { expect, test } from "vitest";
import { patched } from "@/lib/client/url/use-url-state";

test.each([
  ["?q=a&sort=name", { q: "b" }, "?q=b&sort=name"],
  ["?q=a", { q: "" }, ""],
  ["?q=a&runs=x", { q: null, metric: "val/loss" }, "?runs=x&metric=val%2Floss"],
  ["", { q: null }, ""],
])("%s with %j is %s", (search, patch, text) => expect(patched(search, patch)).toBe(text));
