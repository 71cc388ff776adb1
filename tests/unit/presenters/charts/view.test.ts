import { describe, expect, test } from "vitest";
import {
  DEFAULT_VIEW,
  defaultLeftScale,
  overlayRequest,
  parseView,
  writeView,
} from "@/lib/presenters/charts/view";

const parse = (text: string) => {
  const params = new URLSearchParams(text);
  return parseView((name) => params.get(name));
};

describe("the view in the URL", () => {
  test("nothing means the default, and the default writes nothing", () => {
    expect(parse("")).toEqual(DEFAULT_VIEW);
    expect(writeView(DEFAULT_VIEW, new URLSearchParams()).toString()).toBe("");
  });

  test("survives writing and reading", () => {
    const view = {
      metrics: ["train/loss", "val/acc"],
      x: "epoch",
      left: "log",
      right: "linear",
      smoothing: 0.3,
      window: { from: 12, to: 400 },
    } as const;
    expect(parse(writeView(view, new URLSearchParams()).toString())).toEqual(view);
  });

  test("leaves other parameters alone", () => {
    const params = writeView(
      { ...DEFAULT_VIEW, smoothing: 0.5 },
      new URLSearchParams("tab=audit&smooth=0.1"),
    );
    expect(params.toString()).toBe("tab=audit&smooth=0.5");
  });

  test.each(["x=nope", "left=cubic", "smooth=abc", "from=5", "from=9&to=3", "from=1.5&to=3", "from=-1&to=3"])(
    "what cannot be understood is as if absent: %s",
    (text) => expect(parse(text)).toEqual(DEFAULT_VIEW),
  );

  test.each([
    ["smooth=7", 0.99],
    ["smooth=0", 0],
    ["smooth=-1", 0],
  ])("smoothing stays within its bounds: %s", (text, value) => expect(parse(text).smoothing).toBe(value));
  test("metrics are distinct; none at all is a choice too", () => {
    expect(parse("metrics=a,b,a").metrics).toEqual(["a", "b"]);
    expect(parse("metrics=").metrics).toEqual([]);
  });
});

describe("overlayRequest", () => {
  test("asks for nothing that the browser does by itself", () => {
    const plain = overlayRequest(DEFAULT_VIEW);
    expect(overlayRequest({ ...DEFAULT_VIEW, left: "log", right: "log", smoothing: 0.9 })).toEqual(plain);
    expect(plain).toEqual({ buckets: 1200, x: "step" });
  });
  test("asks for the window at full resolution", () => {
    expect(overlayRequest({ ...DEFAULT_VIEW, window: { from: 3, to: 8 } })).toMatchObject({
      from: 3,
      to: 8,
      buckets: 1200,
    });
  });
});

describe("defaultLeftScale", () => {
  test.each([
    [["train/loss", "val/acc"], "log"],
    [["val/acc", "train/loss"], "linear"],
    [["perplexity"], "log"],
    [[], "linear"],
  ])("%j → %s", (keys, scale) => expect(defaultLeftScale(keys)).toBe(scale));
});
