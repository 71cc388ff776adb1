"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Status, type Shape, type Tone } from "@/components/ui/badge";
import { TimeText } from "@/components/ui/time-text";
import { useNow } from "@/lib/client/time/use-now";
import type { ControlRequest } from "@/lib/contracts/control";
import type { OverlayEvent } from "@/lib/contracts/overlay";
import type { PolicyEdit } from "@/lib/contracts/plateau";
import { presentControlStatus } from "@/lib/presenters/control/control-card";
import { formatAgo, formatInstant } from "@/lib/presenters/format/relative-time";
import { formatInteger } from "@/lib/presenters/format/number";

interface Props {
  events: readonly OverlayEvent[];
  /** Changes of the policies. */
  edits: readonly PolicyEdit[];
  /** The requests behind the events of control, for who did what last. */
  requests: readonly ControlRequest[];
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
  /** Who or what did it last, and when; absent for what the job's numbers show. */
  last?: { by: string; at: string };
}

/** Everything that happened to the run, in order of steps. */
export function EventsList({ events, edits, requests, onStep }: Props) {
  const now = useNow();
  if (events.length + edits.length === 0) {
    return (
      <EmptyState title="No event yet">
        Plateaus, control requests, changes of policies and jumps of the LR are listed here.
      </EmptyState>
    );
  }
  const items = [...events.map((event) => itemOf(event, requests)), ...edits.map(editItem)];
  items.sort((a, b) => a.from - b.from);
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
          <span className="min-w-48 flex-1 text-pretty">{item.text}</span>
          {item.last ? (
            <TimeText
              iso={item.last.at}
              exact={formatInstant(item.last.at)}
              className="text-xs whitespace-nowrap text-muted tabular-nums"
            >
              by {item.last.by}, {formatAgo(item.last.at, now)}
            </TimeText>
          ) : null}
          <Button size="small" variant="ghost" onClick={() => onStep(item.from, item.to)}>
            Show on chart
          </Button>
        </li>
      ))}
    </ol>
  );
}

function editItem({ at, by, step, what, policy_id: policy, message }: PolicyEdit): Item {
  const look = { tone: "neutral", shape: "square", word: `policy ${what}` } as const;
  const from = step ?? 0;
  return { key: `${policy} ${at} ${what}`, from, to: from, ...look, text: message, last: { by, at } };
}

function itemOf(event: OverlayEvent, requests: readonly ControlRequest[]): Item {
  switch (event.kind) {
    case "plateau": {
      const { from_step: from, to_step: to, metric, message } = event;
      const look = { tone: "recommended", shape: "triangle", word: "plateau" } as const;
      return { key: `plateau ${metric} ${from} ${to}`, from, to, ...look, text: message };
    }
    case "control": {
      const { tone, shape, word } = presentControlStatus(event.status);
      return {
        key: event.control_id,
        from: event.step,
        to: event.step,
        ...{ tone, shape, word },
        text: `${event.label}: ${event.message}`,
        last: requests.find(({ id }) => id === event.control_id)?.history.at(-1),
      };
    }
    case "lr_change": {
      const look = { tone: "drift", shape: "ring", word: "LR jump" } as const;
      return { key: `lr ${event.step}`, from: event.step, to: event.step, ...look, text: event.label };
    }
  }
}
