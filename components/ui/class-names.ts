import { clsx, type ClassValue } from "clsx";

/** Joins class names. They must not set the same thing twice; what gives way to others begins with `weak:`. */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes);
}
