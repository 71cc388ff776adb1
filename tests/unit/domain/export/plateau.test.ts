import { describe, expect, test } from "vitest";
import { exportSchedule } from "@/lib/domain/export/export-schedule";
import type { ReduceOnPlateauSpec } from "@/lib/domain/schedules/reduce-on-plateau";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

const spec: ReduceOnPlateauSpec = {
  kind: "reduce_on_plateau",
  peak: 0.1,
  monitor: "val/loss",
  factor: 0.5,
  patience: 4,
  cooldown: 2,
  threshold: 0.01,
  threshold_mode: "abs",
};

describe("reduce on plateau", () => {
  test("torch and Transformers have our rule", () => {
    for (const target of ["torch", "transformers"] as const) {
      const { code, exact, notes } = exportSchedule(spec, target);
      expect(code).toContain("ReduceLROnPlateau(");
      expect(code).toContain("patience=4");
      expect(code).toContain("scheduler.step(value)");
      expect({ exact, notes }).toEqual({ exact: true, notes: [] });
    }
  });

  test("Keras and optax count one further, Keras' cooldown as well", () => {
    const keras = exportSchedule(spec, "keras");
    expect(keras.code).toMatch(/patience=5,\n\s+min_delta=0\.01,\n\s+cooldown=3/);
    expect(keras).toMatchObject({ exact: false });
    const optax = exportSchedule(spec, "optax");
    expect(optax.code).toMatch(/patience=5,\n\s+rtol=0,\n\s+atol=0\.01,\n\s+cooldown=2/);
    expect(optax.notes[0]).toContain("scales the updates");
  });

  test("a threshold of a kind that the target lacks is named", () => {
    expect(exportSchedule(spec, "timm").notes).toEqual([
      "timm's threshold is relative; this one is absolute.",
    ]);
    const relative = { ...spec, threshold_mode: "rel" } as const;
    expect(exportSchedule(relative, "timm").exact).toBe(true);
    expect(exportSchedule({ ...relative, eps: 1e-4 }, "timm")).toMatchObject({
      exact: false,
      notes: [expect.stringContaining("timm has no eps")],
    });
    expect(exportSchedule(relative, "keras").notes.join(" ")).toContain("no relative threshold");
    expect(exportSchedule({ ...relative, mode: "max" }, "optax").notes.join(" ")).toContain("only minimises");
  });

  test("behind a warmup it holds its peak, and the export is not exact", () => {
    const warmed: ScheduleSpec = { kind: "warmup", shape: "linear", steps: 5, start_factor: 0, then: spec };
    const { exact, notes } = exportSchedule(warmed, "torch");
    expect(exact).toBe(false);
    expect(notes[0]).toContain("stays at its peak");
  });

  test("a library's own class keeps its own words", () => {
    const keras = exportSchedule(
      {
        library: "keras",
        constructor: "ReduceLROnPlateau",
        kwargs: { patience: 3 },
        base_lrs: [0.1],
        monitor: "val_loss",
      },
      "keras",
    );
    expect(keras.code).toContain('keras.callbacks.ReduceLROnPlateau(monitor="val_loss", patience=3)');
    expect(keras.exact).toBe(true);
  });
});
