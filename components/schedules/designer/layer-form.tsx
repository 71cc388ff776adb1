"use client";

import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { fieldText, type ParamField } from "@/lib/presenters/schedules/fields";
import type { FieldErrors, LayerName } from "@/lib/presenters/schedules/edit-layer";
import type { Layers } from "@/lib/presenters/schedules/layers";
import { FieldRow } from "../field-row";

interface Props {
  layers: Layers;
  layer: LayerName;
  fields: readonly ParamField[];
  /** `field` names what was edited. */
  onEdit: (layers: Layers, field: string) => void;
  onLeave: () => void;
}

interface Drafts {
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: FieldErrors;
  /** The layer that they were typed into, as JSON. */
  readonly onto: string;
}

/** The checks of what is typed, by the wire's own schemas: fetched when a field gets the focus. */
const loadChecks = () => import("@/lib/presenters/schedules/edit-layer");

const NOTHING: Omit<Drafts, "onto"> = { typed: {}, errors: {} };

/** The parameters of one layer. What is wrong stays in its field, with the reason; what is right is drawn at once. */
export function LayerForm({ layers, layer, fields, onEdit, onLeave }: Props) {
  const values = new Map<string, unknown>(Object.entries(layers[layer] ?? {}));
  const own = JSON.stringify(layers[layer]);
  const [drafts, setDrafts] = useState<Drafts>({ ...NOTHING, onto: own });
  // Another value came from elsewhere (undo, a fit): what was typed is past.
  const { typed, errors }: Omit<Drafts, "onto"> = drafts.onto === own ? drafts : NOTHING;

  const type = async (field: ParamField, text: string) => {
    const next = { ...typed, [field.name]: text };
    // At once, so that the field shows what was typed.
    setDrafts({ typed: next, errors, onto: own });
    const { editLayer } = await loadChecks();
    const edited = editLayer(layers, layer, fields, next);
    if ("errors" in edited) return setDrafts({ typed: next, errors: edited.errors, onto: own });
    setDrafts({ typed: next, errors: {}, onto: JSON.stringify(edited.layers[layer]) });
    onEdit(edited.layers, `${layer}.${field.name}`);
  };
  const leave = () => {
    if (Object.keys(errors).length === 0) setDrafts({ ...NOTHING, onto: own });
    onLeave();
  };
  return (
    <div className="flex flex-col gap-1.5" onFocus={loadChecks}>
      {fields.map((field) => (
        <FieldRow
          key={field.name}
          label={field.label}
          hint={field.hint}
          error={errors[field.name]}
          named={field.kind === "flag" || field.kind === "choice"}
        >
          {({ id, describedBy }) => {
            const text = typed[field.name] ?? fieldText(values.get(field.name));
            if (field.kind === "flag") {
              return (
                <Checkbox
                  label={field.label}
                  checked={values.get(field.name) === true}
                  onChange={(on) => void type(field, on ? "on" : "")}
                />
              );
            }
            if (field.kind === "choice") {
              return (
                <Select
                  label={field.label}
                  hideLabel
                  value={text === "" ? (field.fallback ?? "") : text}
                  options={(field.options ?? []).map((value) => ({ value, label: value }))}
                  onChange={(value) => void type(field, value)}
                  className="w-full justify-between font-mono"
                />
              );
            }
            return (
              <Input
                id={id}
                aria-describedby={describedBy}
                aria-invalid={errors[field.name] ? true : undefined}
                inputMode={field.kind === "number" ? "decimal" : undefined}
                autoComplete="off"
                spellCheck={false}
                title={field.hint}
                placeholder={field.fallback}
                value={text}
                onChange={(event) => void type(field, event.currentTarget.value)}
                onBlur={leave}
                className="font-mono tabular-nums aria-[invalid]:border-failed"
              />
            );
          }}
        </FieldRow>
      ))}
    </div>
  );
}
