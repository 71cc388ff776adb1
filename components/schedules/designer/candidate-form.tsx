"use client";

import { Select } from "@/components/ui/select";
import { scheduleLength } from "@/lib/domain/schedules/schedule-length";
import type { FamilySpec } from "@/lib/domain/schedules/spec";
import {
  COOLDOWN_FIELDS,
  FAMILY_FIELDS,
  fieldText,
  RESTART_FIELDS,
  WARMUP_FIELDS,
} from "@/lib/presenters/schedules/fields";
import type { Layers } from "@/lib/presenters/schedules/layers";
import { countedIn } from "@/lib/presenters/schedules/lengths";
import { FAMILY_OPTIONS, newFamily, newLayer, peakOf } from "@/lib/presenters/schedules/new-family";
import { typedPerEpoch } from "@/lib/presenters/schedules/typed-length";
import { DraftField, FieldRow } from "../field-row";
import { LayerForm } from "./layer-form";
import { Section } from "./section";

interface Props {
  layers: Layers;
  totalSteps: number;
  stepsPerEpoch: number | null;
  onEdit: (layers: Layers, field: string) => void;
  onLeave: () => void;
}

const USUAL_EPOCHS = 10;

/** A schedule as warmup, main part and cooldown, each parameter under its standard name. */
export function CandidateForm({ layers, totalSteps, stepsPerEpoch, onEdit, onLeave }: Props) {
  const { main, warmup, restarts, cooldown, scale } = layers;
  const form = { layers, onEdit, onLeave };
  const perEpoch = stepsPerEpoch ?? Math.max(1, Math.round(totalSteps / USUAL_EPOCHS));
  const total = totalSteps / (layers.stepsPerEpoch ?? 1);
  const choose = (kind: FamilySpec["kind"]) => {
    const length = scheduleLength(main) ?? Math.max(1, Math.round(total - (warmup?.steps ?? 0)));
    onEdit({ ...layers, main: newFamily(kind, peakOf(main), length) }, "kind");
  };
  const toggle = (layer: "warmup" | "restarts" | "cooldown") => (on: boolean) =>
    onEdit({ ...layers, [layer]: on ? newLayer(layer, layers, total) : null }, layer);
  return (
    <div>
      <Section title="Warmup" hint="rises to the full LR" on={warmup !== null} onToggle={toggle("warmup")}>
        <LayerForm {...form} layer="warmup" fields={WARMUP_FIELDS} />
      </Section>
      <section aria-label="Schedule" className="flex flex-col gap-1.5 border-t border-line py-2.5">
        <FieldRow label="Family" hint="The rule of the schedule itself." words named>
          {() => (
            <Select
              label="Family"
              hideLabel
              value={main.kind}
              options={FAMILY_OPTIONS}
              onChange={choose}
              className="w-full justify-between font-medium"
            />
          )}
        </FieldRow>
        <LayerForm key={main.kind} {...form} layer="main" fields={FAMILY_FIELDS[main.kind]} />
      </section>
      <Section
        title="Restarts"
        hint="run the schedule several times in a row"
        on={restarts !== null}
        onToggle={toggle("restarts")}
      >
        <LayerForm {...form} layer="restarts" fields={RESTART_FIELDS} />
      </Section>
      <Section title="Cooldown" hint="falls to the end" on={cooldown !== null} onToggle={toggle("cooldown")}>
        <LayerForm
          {...form}
          layer="cooldown"
          fields={restarts ? COOLDOWN_FIELDS.filter(({ name }) => name !== "after") : COOLDOWN_FIELDS}
        />
      </Section>
      <section aria-label="Scaling and unit" className="flex flex-col gap-1.5 border-t border-line py-2.5">
        <DraftField
          label="scale"
          hint="A factor on every LR, as for another batch size."
          value={fieldText(scale)}
          onLeave={onLeave}
          onType={(text) => {
            const value = Number(text);
            if (text.trim() === "" || !(value > 0) || !Number.isFinite(value)) return "must be more than 0";
            onEdit({ ...layers, scale: value }, "scale");
            return null;
          }}
        />
        <FieldRow label="counted in" hint="What every length above stands for." words named>
          {() => (
            <Select
              label="counted in"
              hideLabel
              value={layers.stepsPerEpoch === null ? "steps" : "epochs"}
              options={UNITS}
              onChange={(unit) => onEdit(countedIn(layers, unit === "steps" ? null : perEpoch), "unit")}
              className="w-full justify-between"
            />
          )}
        </FieldRow>
        {layers.stepsPerEpoch === null ? null : (
          <DraftField
            label="steps_per_epoch"
            hint="Optimizer updates of an epoch; the LR holds within one."
            value={fieldText(layers.stepsPerEpoch)}
            onLeave={onLeave}
            onType={(text) => {
              const typed = typedPerEpoch(text);
              if ("error" in typed) return typed.error;
              onEdit({ ...layers, stepsPerEpoch: typed.value }, "stepsPerEpoch");
              return null;
            }}
          />
        )}
      </section>
    </div>
  );
}

const UNITS = [
  { value: "steps", label: "steps" },
  { value: "epochs", label: "epochs" },
] as const;
