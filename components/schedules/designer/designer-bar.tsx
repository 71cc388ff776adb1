"use client";

import { Redo2, Undo2 } from "lucide-react";
import type { Dispatch } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { DesignAction, DesignHistory } from "@/lib/presenters/schedules/design";
import { fieldText } from "@/lib/presenters/schedules/fields";
import { typedPerEpoch, typedSteps } from "@/lib/presenters/schedules/typed-length";
import { DraftField } from "../field-row";

export type Asked = "save" | "open" | "paste" | "attach" | null;

interface Props {
  history: DesignHistory;
  dispatch: Dispatch<DesignAction>;
  onAsk: (asked: Asked) => void;
}

/** The training's length, undo and redo, and what can be done with the selected schedule. */
export function DesignerBar({ history, dispatch, onAsk }: Props) {
  const { totalSteps, stepsPerEpoch } = history.present;
  const settle = () => dispatch({ type: "settle" });
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <div className="w-60">
        <DraftField
          label="total_steps"
          hint="Optimizer updates in the training: how far the curves are drawn and summed."
          value={fieldText(totalSteps)}
          onLeave={settle}
          onType={(text) => {
            const typed = typedSteps(text);
            if ("error" in typed) return typed.error;
            dispatch({ type: "length", totalSteps: typed.value, stepsPerEpoch });
            return null;
          }}
        />
      </div>
      <div className="w-60">
        <DraftField
          label="steps_per_epoch"
          hint="Needed by library schedules that count epochs."
          placeholder="not needed"
          value={fieldText(stepsPerEpoch)}
          onLeave={settle}
          onType={(text) => {
            const typed = text.trim() === "" ? { value: null } : typedPerEpoch(text);
            if ("error" in typed) return typed.error;
            dispatch({ type: "length", totalSteps, stepsPerEpoch: typed.value });
            return null;
          }}
        />
      </div>
      <div className="ml-auto flex flex-wrap items-center gap-1.5">
        <IconButton
          label="Undo"
          shortcut="⌘Z"
          disabled={history.past.length === 0}
          onClick={() => dispatch({ type: "undo" })}
        >
          <Undo2 size={16} aria-hidden />
        </IconButton>
        <IconButton
          label="Redo"
          shortcut="⇧⌘Z"
          disabled={history.future.length === 0}
          onClick={() => dispatch({ type: "redo" })}
        >
          <Redo2 size={16} aria-hidden />
        </IconButton>
        <Button onClick={() => onAsk("attach")}>Attach to a run…</Button>
        <Button variant="primary" onClick={() => onAsk("save")}>
          Save…
        </Button>
      </div>
    </div>
  );
}
