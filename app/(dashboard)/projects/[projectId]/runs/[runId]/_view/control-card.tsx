import { RequestCard } from "@/components/control/request-card";
import { Button } from "@/components/ui/button";
import { FigureRow } from "@/components/ui/figure-row";
import type { ControlRequest, ControlStatus } from "@/lib/contracts/control";
import type { Run } from "@/lib/contracts/runs";

interface Props {
  requests: readonly ControlRequest[];
  run: Pick<Run, "name" | "status">;
  onOpen: () => void;
}

const OPEN: readonly ControlStatus[] = ["recommended", "approved", "delivered", "applied"];

/** The newest request that waits for someone, which A and R answer; nothing when none was made and none can be. */
export function ControlCard({ requests, run, onOpen }: Props) {
  const request =
    requests.find(({ status }) => status === "recommended") ??
    requests.find(({ status }) => OPEN.includes(status));
  if (request) {
    return (
      <section aria-label="Control" className="min-w-0 bg-ground max-xl:basis-full!">
        <RequestCard request={request} runName={run.name} shortcuts={request.status === "recommended"} />
      </section>
    );
  }
  if (requests.length === 0 && run.status !== "running") return null;
  return (
    <FigureRow
      title="Control"
      aside={
        <Button size="small" onClick={onOpen}>
          {requests.length === 0 ? "Change the LR" : "Show the history"}
        </Button>
      }
    >
      <p className="text-sm text-muted">
        {requests.length === 0 ? "Nothing has been requested of this job." : "Nothing waits for an answer."}
      </p>
    </FigureRow>
  );
}
