/** A loss that falls over a schedule that steps down. */
export function Logo() {
  return (
    <svg
      viewBox="0 0 24 24"
      className="size-6"
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      <path d="M3 6h7v6h6v6h5" stroke="var(--accent)" strokeWidth="1.75" strokeDasharray="3.5 2.75" />
      <path d="M3 3c1.5 9 4 13 8 14.5S18 19 21 20" stroke="var(--ink)" strokeWidth="2" />
    </svg>
  );
}
