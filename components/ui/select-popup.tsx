import { Select } from "@base-ui/react/select";
import { Check } from "lucide-react";
import type { RefObject } from "react";

interface Props {
  anchor: RefObject<HTMLElement | null>;
  /** The landmark that it belongs to; absent inside a dialog, which keeps its popups itself. */
  home: HTMLElement | undefined;
  listId: string;
  label: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** The options of a `Select`. */
export function SelectPopup({
  anchor,
  home,
  listId,
  label,
  open,
  onOpenChange,
  value,
  options,
  onChange,
}: Props) {
  return (
    <Select.Root
      open={open}
      onOpenChange={onOpenChange}
      items={[...options]}
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
    >
      <Select.Portal
        container={home}
        className="contents"
        // Beside its dialog, where nothing else says what it belongs to.
        {...(home ? undefined : { role: "region", "aria-label": `Choices of ${label}` })}
      >
        <Select.Positioner
          anchor={anchor}
          sideOffset={4}
          alignItemWithTrigger={false}
          className="z-50 outline-none select-none"
        >
          <Select.Popup
            finalFocus={anchor}
            className="max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto rounded-md bg-overlay p-1 text-ink shadow-overlay outline-none"
          >
            <Select.List id={listId} aria-label={label}>
              {options.map((option) => (
                <Select.Item
                  key={option.value}
                  value={option.value}
                  className="flex h-8 cursor-default items-center gap-2 rounded px-2 text-sm outline-none data-highlighted:bg-active"
                >
                  <span className="flex size-4 items-center justify-center">
                    <Select.ItemIndicator>
                      <Check size={14} aria-hidden />
                    </Select.ItemIndicator>
                  </span>
                  <Select.ItemText>{option.label}</Select.ItemText>
                </Select.Item>
              ))}
            </Select.List>
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
