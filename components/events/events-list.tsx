import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Status, type Shape, type Tone } from "@/components/ui/badge";
import type { OverlayEvent } from "@/lib/contracts/overlay";
import { formatInteger } from "@/lib/presenters/format/number";
import { statusWord } from "@/lib/presenters/charts/inks";

interface Props {
  events: readonly OverlayEvent[];
  onStep: (from: number, to: number) => void;
}

interface Item {
  key: string;
  from: number;
  to: number;
  tone: Tone;
  shape: Shape;
  word: string;
  text: string;
}

/** Everything that happened to the run, in order of steps. */
export function EventsList({ events, onStep }: Props) {
  if (events.length === 0) {
    return (
      <EmptyState title="No event yet">
        Plateaus, control requests and jumps of the LR are listed here.
      </EmptyState>
    );
  }
  const items = events.map(itemOf).sort((a, b) => a.from - b.from);
  return (
    <ol className="divide-y divide-line border-y border-line text-sm">
      {items.map((item) => (
        <li key={item.key} className="flex min-h-9 flex-wrap items-center gap-x-4 py-1">
          <span className="w-28 shrink-0 text-muted tabular-nums">
            {item.from === item.to
              ? formatInteger(item.from)
              : `${formatInteger(item.from)}–${formatInteger(item.to)}`}
          </span>
          <Status tone={item.tone} shape={item.shape} className="w-32 shrink-0">
            {item.word}
          </Status>
          <span className="min-w-0 flex-1 text-pretty">{item.text}</span>
          <Button size="small" variant="ghost" onClick={() => onStep(item.from, item.to)}>
            Show on chart
          </Button>
        </li>
      ))}
    </ol>
  );
}

function itemOf(event: OverlayEvent): Item {
  switch (event.kind) {
    case "plateau": {
      const { from_step: from, to_step: to, metric, message } = event;
      const look = { tone: "recommended", shape: "triangle", word: "plateau" } as const;
      return { key: `plateau ${metric} ${from} ${to}`, from, to, ...look, text: message };
    }
    case "control": {
      const look = { tone: "inflight", shape: "dot", word: statusWord(event.status) } as const;
      return {
        key: event.control_id,
        from: event.step,
        to: event.step,
        ...look,
        text: `${event.label}: ${event.message}`,
      };
    }
    case "lr_change": {
      const look = { tone: "neutral", shape: "ring", word: "LR change" } as const;
      return { key: `lr ${event.step}`, from: event.step, to: event.step, ...look, text: event.label };
    }
  }
}
