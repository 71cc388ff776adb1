"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { useLinkedState } from "@/lib/client/url/use-linked-state";
import { isNative } from "@/lib/domain/schedules/declared";
import {
  designReducer,
  selectedOf,
  startHistory,
  type Design,
  type DesignAction,
  type DesignHistory,
} from "@/lib/presenters/schedules/design";
import { encodeDesign } from "@/lib/presenters/schedules/design-link";
import { compose, decompose } from "@/lib/presenters/schedules/layers";
import { fitTo } from "@/lib/presenters/schedules/lengths";
import { previewOf } from "@/lib/presenters/schedules/preview";
import { FIRST_DESIGN } from "@/lib/presenters/schedules/first-design";
import { CandidateEditor } from "./candidate-editor";
import { CandidateList } from "./candidate-list";
import { DesignerBar, type Asked } from "./designer-bar";
import { DesignerDialog } from "./designer-dialog";
import { ExportPanel } from "./export-panel";
import { FiguresTable } from "./figures-table";
import { PreviewPanel } from "./preview-panel";
import { useDesignerKeys } from "./use-designer-keys";

const encode = ({ present }: DesignHistory) => encodeDesign(present);
const load = async (text: string): Promise<DesignAction | null> => {
  if (text === "") return { type: "load", design: FIRST_DESIGN };
  const { readDesign } = await import("@/lib/presenters/schedules/read-design");
  const design = readDesign(text);
  return design && { type: "load", design };
};
/** A new step, but not one that redo brings back: the browser's history would hold it twice. */
const isStep = (before: DesignHistory, after: DesignHistory) =>
  after.past.length > before.past.length && after.future.length === 0 && before.future.length === 0;

interface Props {
  /** What the link that opened the page holds: null without one, `unreadable` for one that holds no design. */
  opened: Design | "unreadable" | null;
}

/** Schedules side by side: composed in a form, drawn as they are typed, exported as code. */
export function Designer({ opened }: Props) {
  const [isUnreadable] = useState(opened === "unreadable");
  const [history, dispatch] = useLinkedState({
    reducer: designReducer,
    initial: startHistory(opened === null || opened === "unreadable" ? FIRST_DESIGN : opened),
    encode,
    load,
    isStep,
  });
  const design = history.present;
  const [asked, setAsked] = useState<Asked>(null);
  const drawn = useDeferredValue(design);
  const previews = useMemo(() => drawn.candidates.map((one) => previewOf(one, drawn)), [drawn]);
  const selected = selectedOf(design);
  const add = () => dispatch({ type: "add", name: "cosine", schedule: newSchedule(design) });
  useDesignerKeys(design, dispatch, { n: add, s: () => setAsked("save") });
  if (!selected) return null;
  const fit = (id: number) => fitted(design, id);
  return (
    <div className="flex flex-col">
      <DesignerBar history={history} dispatch={dispatch} onAsk={setAsked} />
      {isUnreadable ? (
        <p role="status" className="mx-4 mb-2 rounded-md bg-recommended-soft px-3 py-1.5 text-sm">
          The link holds no schedule that can be read, so this is a new design.
        </p>
      ) : null}
      {encodeDesign(design) === null ? (
        <p role="status" className="mx-4 mb-2 rounded-md bg-recommended-soft px-3 py-1.5 text-sm">
          This design is too long for a link; save its schedules to keep them.
        </p>
      ) : null}
      <div className="grid gap-x-6 gap-y-4 px-4 pb-8 lg:grid-cols-[21rem_minmax(0,1fr)]">
        <div className="flex flex-col gap-3 max-lg:order-2">
          <CandidateList
            candidates={design.candidates}
            previews={previews}
            selected={selected.id}
            dispatch={dispatch}
            onAdd={add}
            onPaste={() => setAsked("paste")}
            onOpen={() => setAsked("open")}
          />
          <CandidateEditor key={selected.id} candidate={selected} design={design} dispatch={dispatch} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 max-lg:contents">
          <div className="flex min-w-0 flex-col gap-4 max-lg:order-1">
            <PreviewPanel design={drawn} previews={previews} />
            <FiguresTable
              previews={previews}
              totalSteps={design.totalSteps}
              canFit={(id) => fit(id) !== null}
              onFit={(id) => {
                const action = fit(id);
                if (action) dispatch(action);
              }}
            />
          </div>
          <div className="min-w-0 max-lg:order-3">
            <ExportPanel
              name={selected.name}
              schedule={selected.schedule}
              totalSteps={design.totalSteps}
              stepsPerEpoch={design.stepsPerEpoch}
            />
          </div>
        </div>
      </div>
      <DesignerDialog asked={asked} candidate={selected} dispatch={dispatch} onClose={() => setAsked(null)} />
    </div>
  );
}

const newSchedule = ({ totalSteps }: Design) => ({
  kind: "cosine" as const,
  peak: 0.001,
  floor: 0,
  steps: totalSteps,
});

/** The edit that ends a candidate with the training; null where there is nothing to move. */
function fitted(design: Design, id: number): DesignAction | null {
  const candidate = design.candidates.find((one) => one.id === id);
  if (!candidate || !isNative(candidate.schedule)) return null;
  const layers = decompose(candidate.schedule);
  const next = layers && fitTo(layers, design.totalSteps);
  return next && { type: "edit", id, schedule: compose(next), field: "fit" };
}
