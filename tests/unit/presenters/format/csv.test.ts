import { describe, expect, test } from "vitest";
import { csvText } from "@/lib/presenters/format/csv";

describe("a file of comma-separated values from the browser", () => {
  test.each([
    ["=1+1", "'=1+1"],
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["+a", "'+a"],
    ["-a", "'-a"],
    ["\t=1", "'\t=1"],
    ["\r=1", `"'\r=1"`],
    ["'=1", "''=1"],
    ["-1+1", "'-1+1"],
  ])("disarms %j", (text, written) => expect(csvText([[text]])).toBe(`${written}\r\n`));

  test.each(["-0.5", "+1", "1e-9", "-1E+30", "-Infinity", "NaN", "", "loss", "a=b", "it's"])(
    "leaves %j",
    (text) => expect(csvText([["x", text]])).toBe(`x,${text}\r\n`),
  );

  test("quotes what separates cells and lines", () => {
    expect(
      csvText([
        ['a,"b"', "c\nd"],
        ["1", "2"],
      ]),
    ).toBe('"a,""b""","c\nd"\r\n1,2\r\n');
  });
});
