import { cloneElement, useCallback, type HTMLAttributes, type ReactElement, type Ref } from "react";

/** What an element that opens something must take and pass on. */
export interface TriggerProps extends HTMLAttributes<HTMLElement> {
  ref?: Ref<HTMLElement>;
}

type Handler<E> = ((event: E) => void) | undefined;

const inTurn =
  <E,>(own: Handler<E>, added: Handler<E>) =>
  (event: E) => {
    own?.(event);
    added?.(event);
  };

function fill(ref: Ref<HTMLElement> | undefined, element: HTMLElement | null) {
  if (typeof ref === "function") ref(element);
  else if (ref) ref.current = element;
}

interface Props extends Omit<HTMLAttributes<HTMLElement>, "children"> {
  /** Gets the element. */
  anchor?: Ref<HTMLElement>;
  children: ReactElement<TriggerProps>;
}

/** The element with what opening needs besides; its own attributes win, its own handlers run first. */
export function Trigger({ anchor, children, ...added }: Props) {
  const own = children.props;
  const ownRef = own.ref;
  const ref = useCallback(
    (element: HTMLElement | null) => {
      fill(ownRef, element);
      fill(anchor, element);
    },
    [ownRef, anchor],
  );
  return cloneElement(children, {
    ...added,
    ...own,
    ref,
    onClick: inTurn(own.onClick, added.onClick),
    onKeyDown: inTurn(own.onKeyDown, added.onKeyDown),
    onFocus: inTurn(own.onFocus, added.onFocus),
    onBlur: inTurn(own.onBlur, added.onBlur),
    onPointerDown: inTurn(own.onPointerDown, added.onPointerDown),
    onPointerEnter: inTurn(own.onPointerEnter, added.onPointerEnter),
    onPointerLeave: inTurn(own.onPointerLeave, added.onPointerLeave),
  });
}
