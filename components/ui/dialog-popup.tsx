import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

export interface DialogContent {
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  actions?: ReactNode;
  className?: string;
}

interface Props extends DialogContent {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export const DialogClose = BaseDialog.Close;

/** What a `Dialog` shows. */
export function DialogPopup({ open, onOpenChange, title, description, children, actions, className }: Props) {
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-black/30 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Popup
          className={cn(
            "fixed top-1/2 left-1/2 z-50 flex max-h-[85dvh] weak:w-[28rem] max-w-[calc(100vw-2rem)] -translate-1/2 flex-col gap-4",
            "overflow-y-auto rounded-lg bg-overlay p-5 text-ink shadow-overlay transition-opacity",
            "data-ending-style:opacity-0 data-starting-style:opacity-0",
            className,
          )}
        >
          <div className="flex flex-col gap-1 pr-8">
            <BaseDialog.Title className="text-lg font-semibold">{title}</BaseDialog.Title>
            {description ? (
              <BaseDialog.Description className="text-base text-muted">{description}</BaseDialog.Description>
            ) : null}
          </div>
          {children}
          {actions ? <div className="flex flex-wrap justify-end gap-2">{actions}</div> : null}
          {/* Last, so that a dialog opens with the focus on what it asks for. */}
          <BaseDialog.Close
            aria-label="Close"
            className="absolute top-4 right-4 inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-active hover:text-ink"
          >
            <X size={16} aria-hidden />
          </BaseDialog.Close>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
