import { describe, expect, test } from "vitest";
import { CATALOGUE } from "@/lib/domain/advise/catalogue";
import { PRESETS } from "@/lib/domain/advise/presets";
import { SavedSchedule } from "@/lib/contracts/saved-schedules";
import { adviseBody, readAdvisorForm, urlValue } from "@/lib/presenters/schedules/advisor-form";
import { rulePath } from "@/lib/presenters/charts/sparkline";
import { curvePath, declaredPath } from "@/lib/presenters/schedules/curve";
import { CURVE_BOX } from "@/lib/presenters/schedules/curve-box";
import { presentGallery } from "@/lib/presenters/schedules/gallery";
import { readDesign } from "@/lib/presenters/schedules/read-design";
import { foundSaved, savedProjects, savedTags } from "@/lib/presenters/schedules/saved-list";
import { tagsOf } from "@/lib/presenters/schedules/tags";

const gallery = presentGallery({
  presets: [...PRESETS],
  families: CATALOGUE.map((entry) => ({ ...entry, typical: [...entry.typical] })),
});
const designOf = (href: string) => readDesign(new URL(href, "http://x").searchParams.get("d") ?? "");

describe("the gallery", () => {
  test.each(gallery.families)("$title has a curve, its names in libraries, and opens as it is", (family) => {
    expect(family.path).toMatch(/^M0\.0 [\d.]+L/);
    expect(family.libraries.length).toBeGreaterThanOrEqual(2);
    const example = CATALOGUE.find(({ kind }) => kind === family.id)?.example;
    expect(designOf(family.href)?.candidates).toMatchObject([{ name: family.title, schedule: example }]);
  });

  test.each(gallery.presets)("$title is drawn over its whole training", (preset) => {
    const design = designOf(preset.href);
    expect(design?.candidates).toMatchObject([{ name: preset.title }]);
    expect(design?.totalSteps).toBeGreaterThan(1000);
    expect(preset.path.length).toBeGreaterThan(500);
  });

  test("SGDR's preset is drawn for its three cycles", () => {
    const sgdr = gallery.presets.find(({ id }) => id === "sgdr-10-20-40");
    expect(designOf(sgdr?.href ?? "")?.totalSteps).toBe(70 * 391);
  });
});

test("a rule that follows a metric is drawn as its sign, not as the constant that it begins with", () => {
  const rule = { kind: "reduce_on_plateau", peak: 0.1, monitor: "loss" } as const;
  const warm = { kind: "warmup", steps: 10, shape: "linear", start_factor: 0, then: rule } as const;
  const { width, height } = CURVE_BOX;
  for (const schedule of [rule, warm]) expect(declaredPath(schedule)).toBe(rulePath(width, height));
});

test("a small curve stands on zero and fills its box", () => {
  const path = curvePath({ kind: "linear", from: 1, to: 0.5, steps: 2 });
  expect(path).toBe(`M0.0 0.0L${CURVE_BOX.width}.0 ${(CURVE_BOX.height * 0.25).toFixed(1)}`);
  expect(declaredPath({ constructor: "NoSuchLR", kwargs: {} })).toBe("");
});

describe("the saved list", () => {
  const saved = (name: string, tags: string[], project: string | null = null) =>
    SavedSchedule.parse({
      id: name,
      name,
      description: "",
      tags,
      project: project && { id: project, name: `project ${project}` },
      schedule: { kind: "constant", value: 1 },
      family: "constant",
      created_at: "2026-01-01T00:00:00Z",
      updated_at: "2026-01-01T00:00:00Z",
    });
  const all = [saved("bert", ["nlp"], "p1"), saved("resnet", ["cnn", "sgd"], "p2"), saved("other", ["nlp"])];
  const names = (filter: Partial<Parameters<typeof foundSaved>[1]>) =>
    foundSaved(all, { text: "", tag: null, project: null, ...filter }).map(({ name }) => name);

  test.each([
    [{ text: "NLP constant" }, ["bert", "other"]],
    [{ text: "res sgd" }, ["resnet"]],
    [{ tag: "nlp", project: "p1" }, ["bert"]],
    [{ text: "nothing" }, []],
    [{}, ["bert", "resnet", "other"]],
  ])("%j finds %j", (filter, found) => expect(names(filter)).toEqual(found));

  test("tags and projects are offered once, in order", () => {
    expect(savedTags(all).map(({ value }) => value)).toEqual(["cnn", "nlp", "sgd"]);
    expect(savedProjects(all).map(({ label }) => label)).toEqual(["project p1", "project p2"]);
    expect(tagsOf(" a, b ,, a")).toEqual(["a", "b"]);
  });
});

describe("the advisor's form", () => {
  const form = (given: Record<string, string> = {}) => readAdvisorForm((field) => given[field] ?? null);

  test("asks with the defaults, and leaves them out of the URL", () => {
    expect(adviseBody(form())).toEqual({
      body: {
        architecture: "cnn",
        optimizer: "sgd",
        start: "scratch",
        batch_size: 128,
        data_size: 50000,
        budget: { epochs: 90 },
      },
    });
    expect(urlValue("batch", "128")).toBeNull();
    expect(urlValue("batch", "64")).toBe("64");
  });

  test.each([
    [{ unit: "steps", budget: "1000" }, { budget: { steps: 1000 } }],
    [
      { ref_lr: "3e-4", ref_batch: "256" },
      { reference_lr: 3e-4, reference_batch_size: 256 },
    ],
    [{ optimizer: "adamw", beta2: "0.95" }, { beta2: 0.95 }],
  ])("%j is told", (given, told) => expect(adviseBody(form(given))).toMatchObject({ body: told }));

  test("an open length has no budget", () => {
    expect(adviseBody(form({ unit: "open" }))).not.toHaveProperty("body.budget");
  });

  test.each([
    [{ batch: "0" }, { batch: "must be at least 1" }],
    [{ batch: "1.5" }, { batch: "must be a whole number" }],
    [{ budget: "-1" }, { budget: "must be a positive number" }],
    [{ beta2: "1" }, { beta2: "must be less than 1" }],
    [{ data: "many" }, { data: "must be a number" }],
  ])("%j is refused at its field", (given, errors) => expect(adviseBody(form(given))).toEqual({ errors }));
});
