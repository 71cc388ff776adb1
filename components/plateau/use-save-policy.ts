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
  const restore = async (kept: typeof before) => {
    try {
      await mutateAsync(kept);
    } catch (error) {
      notify({ title: "Could not undo the policy change", detail: sentenceOf(error), tone: "failed" });
    }
  };
  return useMutation({
    // By the time that it has succeeded, the page may hold the new policy already: undo goes back to what it held now.
    mutationFn: async (policy: JsonObject) => {
      await mutateAsync([...before, policy]);
      return before;
    },
    onSuccess: (kept, policy) =>
      notify({
        title:
          policy.action === "apply"
            ? "The policy now applies its cuts"
            : "The policy now recommends its cuts",
        detail: "It makes no request about the past.",
        action: { label: "Undo", onClick: () => void restore(kept) },
      }),
    onError: (error) =>
      notify({ title: "Could not save the policy", detail: sentenceOf(error), tone: "failed" }),
  });
}
