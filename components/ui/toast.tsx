"use client";

import { createContext, lazy, Suspense, use, useCallback, useRef, useState, type ReactNode } from "react";
import type { Notice } from "./notices";

/** Fetched with the first notice. */
const Notices = lazy(() => import("./notices").then((file) => ({ default: file.Notices })));

const NotifyContext = createContext<(notice: Notice) => void>(() => {
  throw new Error("a notice needs a ToastProvider around");
});

/** Shows a notice in the corner; it leaves by itself after some seconds, or stays when it reports a failure. */
export const useNotify = (): ((notice: Notice) => void) => use(NotifyContext);

export function ToastProvider({ children }: { children: ReactNode }) {
  const waiting = useRef<Notice[]>([]);
  const [count, setCount] = useState(0);
  const notify = useCallback((notice: Notice) => {
    waiting.current.push(notice);
    setCount((before) => before + 1);
  }, []);
  return (
    <NotifyContext value={notify}>
      {children}
      {count > 0 ? (
        <Suspense fallback={null}>
          <Notices waiting={waiting} count={count} />
        </Suspense>
      ) : null}
    </NotifyContext>
  );
}
