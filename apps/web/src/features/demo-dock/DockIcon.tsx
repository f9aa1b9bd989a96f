const paths = {
  previous: "M4 3v10M12.500 3.500 6.500 8l6 4.500z",
  play: "M5 3.500 12.500 8 5 12.500z",
  pause: "M5.500 3.500v9M10.500 3.500v9",
  next: "M12 3v10M3.500 3.500 9.500 8l-6 4.500z",
  close: "M4 4l8 8M12 4l-8 8",
  check: "M3 8.500 6.500 12 13 4.500",
  restart: "M3 8a5 5 0 1 0 1.700-3.750M3 2.500v3h3",
  clock: "M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11M8 5v3.200l2 1.300",
} as const
export type DockIconName = keyof typeof paths

/** A sign of the dock. They load with it, not with the first page. */
export function DockIcon({ name }: { name: DockIconName }) {
  return (
    <svg
      aria-hidden="true"
      width={16}
      height={16}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  )
}
