import { describe, expect, test } from "vitest";
import { analyseSweep } from "@/lib/domain/range-test/analyse";
import { minimum, slide, steep, valley } from "@/lib/domain/range-test/fastai";
import { gradient } from "@/lib/domain/range-test/gradient";
import { lightning } from "@/lib/domain/range-test/lightning";
import { smoothLosses } from "@/lib/domain/range-test/smooth";
import { fastaiWindow } from "@/lib/domain/range-test/sweep";

const exponential = (n: number, decades = 7) =>
  Array.from({ length: n }, (_, i) => 1e-7 * 10 ** ((i * decades) / n));

describe("gradient", () => {
  test("is exact for a parabola on uneven places, but for the ends", () => {
    const at = [0, 1, 3, 4, 7];
    const got = gradient(
      at.map((x) => x * x),
      at,
    );
    [1, 2, 6, 8, 11].forEach((slope, i) => expect(got[i]).toBeCloseTo(slope, 12));
  });
});

describe("the window of fastai's methods", () => {
  const lrs = exponential(40);

  test("leaves out a tenth of the planned updates and the last five", () => {
    const { first, losses } = fastaiWindow({ lrs, losses: lrs.map((_, i) => i), numIt: 100 });
    expect([first, losses[0], losses.at(-1)]).toEqual([10, 10, 34]);
  });

  test("ends at the first NaN", () => {
    const losses = lrs.map((_, i) => (i === 20 || i === 25 ? NaN : i));
    expect(fastaiWindow({ lrs, losses, numIt: 40 }).losses).toEqual([...Array(16).keys()].map((i) => i + 4));
  });
});

describe("short sweeps", () => {
  const window = (losses: number[]) => ({ first: 0, lrs: exponential(losses.length), losses });

  test("give null where the library raises", () => {
    expect(valley(window([]))).toBeNull();
    expect(minimum(window([]))).toBeNull();
    expect(steep(window([1]))).toBeNull();
    expect(slide(window(Array<number>(15).fill(1)))).toBeNull();
    expect(slide(window(Array<number>(16).fill(1)))?.index).toBe(0);
    expect(
      lightning({ lrs: exponential(12), losses: Array<number>(12).fill(1), numIt: 12 }, "lr"),
    ).toBeNull();
  });

  test("the first minimum counts, and a tenth of its LR", () => {
    const losses = [3, 1, 2, 1];
    expect(minimum(window(losses))).toEqual({ index: 1, lr: exponential(4)[1]! / 10 });
  });
});

describe("lightning", () => {
  /** One steep fall at index 60 of an exponential sweep. */
  const lrs = exponential(100);
  const losses = lrs.map((_, i) => 2 - 1 / (1 + Math.exp(60 - i)) - i * 1e-3);

  test("finds the fall against ln lr, and a place near the start against the LR itself", () => {
    expect(lightning({ lrs, losses, numIt: 100 }, "log-lr")?.index).toBe(60);
    expect(lightning({ lrs, losses, numIt: 100 }, "lr")!.index).toBeLessThan(20);
  });

  test("counts places in the whole sweep although infinite losses are dropped", () => {
    const broken = losses.map((loss, i) => (i === 30 ? Infinity : loss));
    expect(lightning({ lrs, losses: broken, numIt: 100 }, "log-lr")?.index).toBe(60);
  });
});

describe("smoothing", () => {
  test("is the plain value at first and forgets slowly, without a bias", () => {
    const got = smoothLosses([4, 4, 4, NaN, 4], 0.98);
    got.forEach((value, i) => (i === 3 ? expect(value).toBeNaN() : expect(value).toBeCloseTo(4, 12)));
    expect(smoothLosses([0, 1], 0.5)[1]).toBeCloseTo(2 / 3, 12);
  });
});

describe("zones", () => {
  const lrs = exponential(200, 8);
  /** Flat, falling between 1e-3 and 1e-1, exploding from 1 on. */
  const curve = (offset = 0) =>
    lrs.map(
      (lr) => offset + 3 - 2 / (1 + (0.01 / lr) ** 2) + Math.min(50, lr ** 2) + 0.001 * Math.sin(lr * 1e9),
    );

  test("surround the fall", () => {
    const { zones, usable, recommended } = analyseSweep({ lrs, losses: curve(), numIt: 200 });
    expect(usable).toBe(true);
    expect(zones!.good.from).toBeGreaterThan(1e-3);
    expect(zones!.good.from).toBeLessThan(1e-2);
    expect(zones!.good.to).toBeGreaterThan(1e-2);
    expect(zones!.good.to).toBeLessThan(0.2);
    expect(zones!.too_high).toEqual({ from: zones!.good.to, to: lrs.at(-1) });
    expect(recommended!.lr).toBeLessThan(0.1);
  });

  test("do not depend on where the loss' zero is, nor on what comes after the explosion", () => {
    const plain = analyseSweep({ lrs, losses: curve(), numIt: 200 }).zones;
    expect(analyseSweep({ lrs, losses: curve(-4), numIt: 200 }).zones).toEqual(plain);
    const cut = curve().map((loss, i) => (i > 190 ? NaN : loss));
    expect(analyseSweep({ lrs, losses: cut, numIt: 200 }).zones?.good).toEqual(plain?.good);
  });

  test("a fall within the noise is none", () => {
    let state = 7;
    const noise = () => ((state = (state * 16807) % 2147483647) / 2147483647 - 0.5) * 2;
    const losses = lrs.map(() => 2.3 + 0.2 * noise());
    const { usable, message } = analyseSweep({ lrs, losses, numIt: 200 });
    expect(usable).toBe(false);
    expect(message).toContain("hardly moves");
  });

  test("a loss that is infinite at once, or too short, says so", () => {
    expect(analyseSweep({ lrs, losses: lrs.map(() => NaN), numIt: 200 }).message).toContain("fewer than 20");
    const losses = curve().map((_, i) => 2 + i * 0.05);
    expect(analyseSweep({ lrs, losses, numIt: 200 }).message).toContain("only rises");
  });
});
