import type { PresetsResponse, Source } from "@/lib/contracts/advise";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { describeSchedule } from "@/lib/domain/schedules/describe-schedule";
import { scheduleLength } from "@/lib/domain/schedules/schedule-length";
import type { z } from "zod";
import { curvePath } from "./curve";
import { ASSUMED_STEPS, designHref } from "./design-link";
import { LIBRARY_NAMES, type LibraryName } from "./library-names";

type Presets = z.infer<typeof PresetsResponse>;

interface Card {
  readonly id: string;
  readonly title: string;
  /** An SVG path in `CURVE_BOX`. */
  readonly path: string;
  readonly source: z.infer<typeof Source> | null;
  /** Where it opens in the designer. */
  readonly href: string;
}

export interface FamilyCard extends Card {
  readonly summary: string;
  readonly use: string;
  readonly typical: readonly { readonly parameter: string; readonly value: string }[];
  readonly libraries: readonly LibraryName[];
  /** What a reader must know about the picture; null when it is the schedule itself. */
  readonly pictured: string | null;
}

export interface PresetCard extends Card {
  readonly source: z.infer<typeof Source>;
  readonly description: string;
  readonly words: string;
}

export interface Gallery {
  readonly families: readonly FamilyCard[];
  readonly presets: readonly PresetCard[];
}

export function presentGallery({ families, presets }: Presets): Gallery {
  return {
    families: families.map((family) => ({
      id: family.kind,
      title: family.title,
      summary: family.summary,
      use: family.use,
      typical: family.typical,
      source: family.source,
      libraries: LIBRARY_NAMES[family.example.kind] ?? [],
      path: curvePath(pictured(family.example), ASSUMED_STEPS),
      pictured:
        family.example.kind === "reduce_on_plateau"
          ? "Drawn for a metric that stops improving at steps 350 and 700."
          : null,
      href: designHref([{ name: family.title, schedule: family.example, totalSteps: ASSUMED_STEPS }]),
    })),
    presets: presets.map((preset) => {
      const totalSteps = presetLength(preset.schedule);
      return {
        id: preset.id,
        title: preset.title,
        description: preset.description,
        words: describeSchedule(preset.schedule),
        source: preset.source,
        path: curvePath(preset.schedule, totalSteps),
        href: designHref([{ name: preset.title, schedule: preset.schedule, totalSteps }]),
      };
    }),
  };
}

/** A plateau's LR depends on a metric; two cuts stand for it. */
function pictured(spec: ScheduleSpec): ScheduleSpec {
  if (spec.kind !== "reduce_on_plateau") return spec;
  const factor = spec.factor ?? 0.1;
  const values = [0, 1, 2].map((cuts) => spec.peak * factor ** cuts);
  return { kind: "piecewise", values, boundaries: [350, 700] };
}

/** The published length; where the rule itself has no end, what its paper trained for. */
function presetLength(spec: ScheduleSpec): number {
  const own = scheduleLength(spec);
  if (own !== null) return own;
  switch (spec.kind) {
    case "per_epoch":
      return 90 * spec.steps_per_epoch;
    case "warmup":
      return spec.then.kind === "per_epoch" ? 90 * spec.then.steps_per_epoch : ASSUMED_STEPS;
    case "cosine_restarts":
      return Math.round(spec.T_0 * (1 + spec.T_mult + spec.T_mult ** 2));
    case "inverse_sqrt":
      return 25 * (spec.warmup ?? ASSUMED_STEPS);
    default:
      return ASSUMED_STEPS;
  }
}
