import { describe, expect, test } from "vitest";
import { NativeScheduleSchema } from "@/lib/contracts/native-schedules";
import { CATALOGUE } from "@/lib/domain/advise/catalogue";
import { PRESETS } from "@/lib/domain/advise/presets";
import { SOURCES } from "@/lib/domain/advise/sources";
import { lrAt } from "@/lib/domain/schedules/lr-at";

const preset = (id: string) => PRESETS.find((entry) => entry.id === id)!.schedule;

describe("presets", () => {
  test.each(PRESETS.map((entry) => [entry.id, entry] as const))(
    "%s is valid and has a source",
    (_, entry) => {
      expect(NativeScheduleSchema.safeParse(entry.schedule).error).toBeUndefined();
      expect(entry.source.url).toMatch(/^https:\/\//);
      expect(entry.description.length).toBeGreaterThan(20);
    },
  );

  test("ResNet's LR is cut tenfold after 30 and 60 epochs", () => {
    const at = (epoch: number) => lrAt(preset("resnet-imagenet"), epoch * 5005);
    expect([at(0), at(29.9), at(30), at(60)]).toEqual([0.1, 0.1, 0.1 * 0.1, 0.1 * 0.1 ** 2]);
  });

  test("the large batch starts from the small one's LR and reaches 3.2", () => {
    const schedule = preset("imagenet-large-batch");
    expect([lrAt(schedule, 0), lrAt(schedule, 785)]).toEqual([0.1, 3.2]);
  });

  test("SGDR restarts after 10, 30 and 70 epochs of 391 steps", () => {
    const at = (epoch: number) => lrAt(preset("sgdr-10-20-40"), epoch * 391);
    for (const epoch of [0, 10, 30, 70]) expect(at(epoch)).toBe(0.05);
    expect(at(69.99)).toBeLessThan(1e-6);
  });

  test("GPT-3's cosine ends at a tenth, BERT's line at zero, the Transformer peaks at step 4000", () => {
    expect(lrAt(preset("gpt-3-small"), 520_000)).toBe(6e-5);
    expect(lrAt(preset("bert-pretraining"), 10_000)).toBe(1e-4);
    expect(lrAt(preset("bert-pretraining"), 1_000_000)).toBe(0);
    expect(lrAt(preset("transformer-base"), 4000)).toBeCloseTo(6.9877e-4, 8);
  });

  test("WSD cools down over the last fifth as 1 − √t", () => {
    const schedule = preset("wsd-1-sqrt");
    expect([lrAt(schedule, 16_000), lrAt(schedule, 17_000), lrAt(schedule, 20_000)]).toEqual([1e-3, 5e-4, 0]);
  });
});

test("the catalogue shows every family once, each with an example of its own kind", () => {
  expect(new Set(CATALOGUE.map(({ kind }) => kind)).size).toBe(CATALOGUE.length);
  expect(CATALOGUE).toHaveLength(16);
  for (const { kind, example, use, typical } of CATALOGUE) {
    expect(example.kind).toBe(kind);
    expect(NativeScheduleSchema.safeParse(example).error).toBeUndefined();
    expect(use.length).toBeGreaterThan(10);
    expect(typical.length).toBeGreaterThan(0);
  }
});

test("no source is cited twice under different names", () => {
  const urls = Object.values(SOURCES).map(({ url }) => url);
  expect(new Set(urls).size).toBe(urls.length);
});
