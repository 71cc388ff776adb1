"use client";

import { useEffect, useReducer, useRef, type Dispatch } from "react";

interface Options<State, Action> {
  readonly reducer: (state: State, action: Action) => State;
  readonly initial: State;
  /** What the link holds of a state; null when it is too much for a link. */
  readonly encode: (state: State) => string | null;
  /** The action that shows another link's state; null for a text that is none. May have to fetch what reads it. */
  readonly load: (text: string) => Promise<Action | null>;
  /** Whether the browser's back button undoes the step between two states. */
  readonly isStep: (before: State, after: State) => boolean;
}

const PARAMETER = "d";

function linkWith(text: string | null): string {
  const search = new URLSearchParams(window.location.search);
  if (text === null) search.delete(PARAMETER);
  else search.set(PARAMETER, text);
  const query = search.toString();
  return query === "" ? window.location.pathname : `${window.location.pathname}?${query}`;
}

/**
 * State that the address bar follows: it can be shared and survives a reload, and the browser's back button goes one
 * step back. The state leads while the page is open, since the router tells of a new URL later than a field needs it.
 */
export function useLinkedState<State, Action>(options: Options<State, Action>): [State, Dispatch<Action>] {
  const { reducer, initial, encode, load, isStep } = options;
  const [state, dispatch] = useReducer(reducer, initial);
  const written = useRef(state);
  const fromUrl = useRef(false);
  useEffect(() => {
    const before = written.current;
    if (before === state) return;
    written.current = state;
    if (fromUrl.current) {
      fromUrl.current = false;
      return;
    }
    const text = encode(state);
    if (text === new URLSearchParams(window.location.search).get(PARAMETER)) return;
    const method = isStep(before, state) ? "pushState" : "replaceState";
    window.history[method](null, "", linkWith(text));
  }, [state, encode, isStep]);
  useEffect(() => {
    const asked = () => new URLSearchParams(window.location.search).get(PARAMETER) ?? "";
    const onPop = async () => {
      const text = asked();
      const action = await load(text);
      // Somebody may have gone further back meanwhile.
      if (!action || text !== asked()) return;
      fromUrl.current = true;
      dispatch(action);
    };
    const listener = () => void onPop();
    window.addEventListener("popstate", listener);
    return () => window.removeEventListener("popstate", listener);
  }, [load]);
  return [state, dispatch];
}
