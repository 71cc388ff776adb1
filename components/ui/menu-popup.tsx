import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { cn } from "./class-names";

const ITEM =
  "flex h-8 cursor-default items-center gap-2 rounded px-2 text-sm outline-none select-none data-highlighted:bg-active data-disabled:opacity-50";

interface Props {
  anchor: RefObject<HTMLElement | null>;
  /** The landmark that it belongs to; absent inside a dialog, which keeps its popups itself. */
  home: HTMLElement | undefined;
  /** The id of the button that opened it. */
  labelledBy: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  align: "start" | "center" | "end";
  children: ReactNode;
}

/** What a `Menu` shows. */
export function MenuPopup({ anchor, home, labelledBy, open, onOpenChange, align, children }: Props) {
  return (
    <Menu.Root open={open} onOpenChange={onOpenChange}>
      <Menu.Portal container={home} className="contents">
        <Menu.Positioner anchor={anchor} align={align} sideOffset={4} className="z-50 outline-none">
          <Menu.Popup
            aria-labelledby={labelledBy}
            finalFocus={anchor}
            className="max-h-(--available-height) min-w-44 overflow-y-auto rounded-md bg-overlay p-1 text-ink shadow-overlay transition-opacity outline-none data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

interface ItemProps {
  children: ReactNode;
  onClick?: () => void;
  disabled?: boolean;
  danger?: boolean;
}

export function MenuItem({ children, onClick, disabled, danger }: ItemProps) {
  return (
    <Menu.Item className={cn(ITEM, danger && "text-failed")} onClick={onClick} disabled={disabled}>
      {children}
    </Menu.Item>
  );
}

interface CheckProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

export function MenuCheck({ checked, onChange, children }: CheckProps) {
  return (
    <Menu.CheckboxItem className={ITEM} checked={checked} onCheckedChange={onChange} closeOnClick={false}>
      <span className="flex size-4 items-center justify-center">
        <Menu.CheckboxItemIndicator>
          <Check size={14} aria-hidden />
        </Menu.CheckboxItemIndicator>
      </span>
      {children}
    </Menu.CheckboxItem>
  );
}
