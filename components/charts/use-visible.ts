"use client";

import { useCallback, useState } from "react";

/** Whether an element has come near the screen; stays true, since what was drawn once may stay. Attach `ref`. */
export function useVisible(): { visible: boolean; ref: (element: HTMLElement | null) => void } {
  const [visible, setVisible] = useState(false);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        setVisible(true);
        observer.disconnect();
      },
      { rootMargin: "200px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { visible, ref };
}
