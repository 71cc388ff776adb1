"use client";

import { Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useShortcuts } from "@/lib/client/keyboard/use-shortcuts";
import type { ControlRequest } from "@/lib/contracts/control";
import { type Answers, useAnswer } from "./use-answer";

interface Props {
  request: ControlRequest;
  runName: string;
  /** A, R and S answer this one. */
  shortcuts: boolean;
  /** The job may be asked to take it back. */
  mayRollBack: boolean;
}

const HOUR = 3600;
const SNOOZES = [
  { label: "for an hour", seconds: HOUR },
  { label: "for four hours", seconds: 4 * HOUR },
  { label: "for a day", seconds: 24 * HOUR },
] as const;

/** Approve, reject or put off while it waits; withdraw while the job has not got it; roll back once it is applied. */
export function AnswerButtons({ request, runName, shortcuts, mayRollBack }: Props) {
  const answers = useAnswer(request, runName);
  const { answer, rollBack, isPending } = answers;
  if (request.status === "recommended") return <Choices answers={answers} shortcuts={shortcuts} />;
  if (request.status === "approved") {
    return (
      <Button size="small" disabled={isPending} onClick={() => answer("reject")}>
        Withdraw
      </Button>
    );
  }
  return mayRollBack ? (
    <Button size="small" disabled={isPending} onClick={rollBack}>
      <Undo2 size={14} aria-hidden /> Roll back
    </Button>
  ) : null;
}

function Choices({ answers, shortcuts }: { answers: Answers; shortcuts: boolean }) {
  const { answer, snooze, isPending } = answers;
  return (
    <span className="flex flex-wrap items-center gap-2">
      {shortcuts && !isPending ? <AnswerKeys answers={answers} /> : null}
      <Button variant="primary" size="small" disabled={isPending} onClick={() => answer("approve")}>
        Approve {shortcuts ? <Key main>A</Key> : null}
      </Button>
      <Button size="small" disabled={isPending} onClick={() => answer("reject")}>
        Reject {shortcuts ? <Key>R</Key> : null}
      </Button>
      <Menu
        align="start"
        trigger={
          <Button size="small" variant="ghost" disabled={isPending}>
            Snooze {shortcuts ? <Key>S</Key> : null}
          </Button>
        }
      >
        {SNOOZES.map(({ label, seconds }) => (
          <MenuItem key={label} onClick={() => snooze(seconds)}>
            {label}
          </MenuItem>
        ))}
      </Menu>
    </span>
  );
}

/** A key, where there is a keyboard; on the main button, whose ground is the accent, in its colours. */
function Key({ main = false, children }: { main?: boolean; children: ReactNode }) {
  if (!main) {
    return (
      <span className="max-sm:hidden">
        <Kbd>{children}</Kbd>
      </span>
    );
  }
  return (
    <kbd className="rounded border border-on-accent/40 px-1 font-mono text-xs leading-4 max-sm:hidden">
      {children}
    </kbd>
  );
}

function AnswerKeys({ answers: { answer, snooze } }: { answers: Answers }) {
  useShortcuts({ a: () => answer("approve"), r: () => answer("reject"), s: () => snooze(HOUR) });
  return null;
}
