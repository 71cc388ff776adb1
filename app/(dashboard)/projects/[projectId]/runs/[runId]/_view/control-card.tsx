import { RequestCard } from "@/components/control/request-card";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { ControlRequest, ControlStatus } from "@/lib/contracts/control";
import type { Run } from "@/lib/contracts/runs";

interface Props {
  requests: readonly ControlRequest[];
  run: Pick<Run, "name" | "status">;
  onOpen: () => void;
}

const OPEN: readonly ControlStatus[] = ["recommended", "approved", "delivered", "applied"];

/** The newest request that waits for someone; A and R answer it. */
export function ControlCard({ requests, run, onOpen }: Props) {
  const request =
    requests.find(({ status }) => status === "recommended") ??
    requests.find(({ status }) => OPEN.includes(status));
  if (request) {
    return (
      <section aria-label="Control" className="rounded-lg border border-line">
        <RequestCard request={request} runName={run.name} shortcuts={request.status === "recommended"} />
      </section>
    );
  }
  return (
    <Card title="Control">
      <p className="mb-2 text-sm text-muted">
        {requests.length === 0 ? "Nothing has been requested of this job." : "Nothing waits for an answer."}
      </p>
      {requests.length > 0 || run.status === "running" ? (
        <Button size="small" onClick={onOpen}>
          {requests.length === 0 ? "Change the LR" : "Show the history"}
        </Button>
      ) : null}
    </Card>
  );
}
