import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { useEffect, type RefObject } from "react";
import { cn } from "./class-names";

export interface Notice {
  /** Takes the place of the one that still says so. */
  id?: string;
  /** What happened, in a sentence. */
  title: string;
  detail?: string;
  tone?: "neutral" | "failed";
  /** A button on the notice; `Undo` takes the thing back. */
  action?: { label: string; onClick: () => void };
}

interface Props {
  /** Notices that nobody has shown yet. */
  waiting: RefObject<Notice[]>;
  /** How many there ever were: grows when there is something to take. */
  count: number;
}

/** The corner where notices appear. */
export function Notices(props: Props) {
  return (
    <Toast.Provider>
      <Take {...props} />
      <Toast.Portal>
        <Toast.Viewport
          aria-label="Notices"
          className="fixed right-4 bottom-20 z-50 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-2 md:bottom-4"
        >
          <Shown />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Take({ waiting, count }: Props) {
  const { add, close } = Toast.useToastManager();
  useEffect(() => {
    for (const { id: given, title, detail, tone = "neutral", action } of waiting.current.splice(0)) {
      const id = add({
        id: given,
        title,
        description: detail,
        type: tone,
        priority: tone === "failed" ? "high" : "low",
        timeout: tone === "failed" ? 0 : 6000,
        // What was taken back is not there to be taken back again.
        actionProps: action && {
          children: action.label,
          onClick: () => {
            close(id);
            action.onClick();
          },
        },
      });
    }
  }, [add, close, waiting, count]);
  return null;
}

function Shown() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className={cn(
        "rounded-md bg-overlay text-ink shadow-overlay transition-opacity data-ending-style:opacity-0",
        "data-limited:hidden data-starting-style:opacity-0",
      )}
    >
      <Toast.Content className="flex items-start gap-2 p-3">
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          <Toast.Title className={cn("text-sm font-medium", toast.type === "failed" && "text-failed")} />
          <Toast.Description className="text-sm text-muted" />
        </div>
        {toast.actionProps ? (
          <Toast.Action className="h-6 rounded px-1.5 text-sm font-medium text-accent hover:bg-active" />
        ) : null}
        <Toast.Close aria-label="Dismiss" className="rounded p-1 text-muted hover:bg-active hover:text-ink">
          <X size={14} aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
