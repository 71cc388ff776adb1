"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useNotify } from "@/components/ui/toast";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { queryKeys } from "@/lib/client/query-keys";
import { declareSchedule } from "@/lib/client/runs/pick";
import type { RunAudit } from "@/lib/contracts/audit";
import type { Run } from "@/lib/contracts/runs";

type Schedule = NonNullable<RunAudit["inferred"]>["schedule"];

/** Declares an inferred schedule as the run's own; the notice takes it back. */
export function useAdopt(run: Run): { adopt: (schedule: Schedule) => void; pending: boolean } {
  const notify = useNotify();
  const router = useRouter();
  const client = useQueryClient();
  const [pending, setPending] = useState(false);
  const declare = async (schedule: Schedule | null, failure: string): Promise<boolean> => {
    setPending(true);
    try {
      await declareSchedule(run.id, { schedule });
      await client.invalidateQueries({ queryKey: queryKeys.run(run.id) });
      // The page's own words about the schedule come with the document.
      router.refresh();
      return true;
    } catch (error) {
      notify({ title: failure, detail: sentenceOf(error), tone: "failed" });
      return false;
    } finally {
      setPending(false);
    }
  };
  const adopt = async (schedule: Schedule) => {
    if (!(await declare(schedule, `Could not declare the schedule of ${run.name}`))) return;
    notify({
      title: "The inferred schedule is now the declared one",
      detail: "The LR is now compared with it.",
      action: { label: "Undo", onClick: () => void declare(null, "Could not undo it") },
    });
  };
  return { adopt: (schedule) => void adopt(schedule), pending };
}
