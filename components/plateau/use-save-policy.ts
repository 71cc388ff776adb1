import { useMutation } from "@tanstack/react-query";
import { useNotify } from "@/components/ui/toast";
import { sentenceOf } from "@/lib/client/http/problem-error";
import type { JsonObject } from "@/lib/contracts/common";
import type { PlateauPolicyState } from "@/lib/contracts/plateau";
import { useSetPolicies } from "./queries";

/** Adds a policy to the run's own; the notice takes it back. */
export function useSavePolicy(runId: string, policies: readonly PlateauPolicyState[]) {
  const notify = useNotify();
  const { mutateAsync } = useSetPolicies(runId, null);
  const before = policies.map(({ policy }) => policy);
  const restore = async () => {
    try {
      await mutateAsync(before);
    } catch (error) {
      notify({ title: "Could not take the policy back", detail: sentenceOf(error), tone: "failed" });
    }
  };
  return useMutation({
    mutationFn: (policy: JsonObject) => mutateAsync([...before, policy]),
    onSuccess: (_, policy) =>
      notify({
        title:
          policy.action === "apply"
            ? "The policy now applies its cuts"
            : "The policy now recommends its cuts",
        detail: "It asks for nothing that lies before now.",
        action: { label: "Undo", onClick: () => void restore() },
      }),
    onError: (error) =>
      notify({ title: "Could not save the policy", detail: sentenceOf(error), tone: "failed" }),
  });
}
