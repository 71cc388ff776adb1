"use client";

import NextLink from "next/link";
import { useState, type ComponentProps } from "react";

/**
 * Next's link, which fetches ahead when a pointer or the focus comes near, not when it comes into view: a page full of
 * links would else load the scripts of all that they lead to, which is more than its own.
 */
export function Link({ prefetch, onPointerEnter, onFocus, ...rest }: ComponentProps<typeof NextLink>) {
  const [near, setNear] = useState(false);
  return (
    <NextLink
      {...rest}
      prefetch={prefetch ?? (near ? null : false)}
      onPointerEnter={(event) => {
        setNear(true);
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        setNear(true);
        onFocus?.(event);
      }}
    />
  );
}
