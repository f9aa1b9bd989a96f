const paths = {
  previous: "M4.500 4v8M12 4 6 8l6 4z",
  play: "M5.500 3.500 12 8l-6.500 4.500z",
  pause: "M6 4v8M10 4v8",
  next: "M11.500 4v8M4 4l6 4-6 4z",
  again: "M3.500 8a4.500 4.500 0 1 0 1.600-3.450M3.500 2.750v2.750h2.750",
  close: "M4.250 4.250l7.500 7.500M11.750 4.250l-7.500 7.500",
  check: "M3.500 8.500 6.500 11.500 12.500 4.750",
} as const
export type IconName = keyof typeof paths

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      aria-hidden="true"
      width={16}
      height={16}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  )
}
