"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { mlflowTarget } from "@/lib/presenters/projects/project-card";

/** MLflow clients print links with everything behind `#`, which only the browser sees: go where they mean. */
export function MlflowRedirect() {
  const router = useRouter();
  useEffect(() => {
    const target = mlflowTarget(window.location.hash);
    if (target !== null) router.replace(target);
  }, [router]);
  return null;
}
