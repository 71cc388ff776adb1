import { expect, test } from "vitest";
import { matchKeys } from "@/lib/client/keyboard/match-keys";

const KEYS = ["g h", "g i", "/", "?", "h"];
function type(keys: string, press: Partial<{ modified: boolean; typing: boolean }> = {}, known = KEYS) {
  let state: { pending: string | null } = { pending: null };
  return [...keys].flatMap((key) => {
    const next = matchKeys(state, { key, modified: false, typing: false, ...press }, known);
    state = next.state;
    return next.match === null ? [] : [next.match];
  });
}

test.each([
  ["/", ["/"]],
  ["gh", ["g h"]],
  ["GH", ["g h"]],
  ["gxh", ["h"]],
  ["gsh", ["h"]],
  ["ggi", ["g i"]],
  ["g/", ["/"]],
  ["ghi", ["g h"]],
  ["g", []],
])("typing %s does %j", (keys, matches) => expect(type(keys)).toEqual(matches));

test("in a text field and with a modifier keys mean something else", () => {
  expect(type("gh/", { typing: true })).toEqual([]);
  expect(type("gh/", { modified: true })).toEqual([]);
});

test("the second letter of a page's keys is none of its own, even for a listener that knows only the letter", () => {
  expect(type("gs", {}, ["s"])).toEqual([]);
  expect(type("gss", {}, ["s"])).toEqual(["s"]);
});
