/** The sign beside each colour of a state, on a 14 grid: colour alone says nothing to some people. */
const statePaths = {
  atlas: "M11.5 5.2A4.3 4.3 0 1 1 6.3 2.8",
  you: "M7 2.500v5.500M7 11.200v.1",
  works: "M2.5 7.5 5.5 10.5 11.5 4",
  failed: "M3.5 3.5 10.5 10.500M10.5 3.5 3.5 10.5",
  closing: "M2.5 7h9",
  unknown: "M4.8 5.200a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.500M7 11.300v.1",
  info: "M7 6.500v4.500M7 3.200v.1",
} as const

/** Outlines for navigation and actions, on a 16 grid. */
const outlinePaths = {
  home: "M2.5 7.5 8 3l5.500 4.500V13a.5.5 0 0 1-.5.500h-3V9.500H6v4H3a.5.5 0 0 1-.5-.5z",
  connections:
    "M5.500 4.500h5M5.500 11.500h5M2.500 4.500a1.500 1.500 0 1 0 3 0a1.500 1.500 0 1 0-3 0M10.500 4.500a1.500 1.500 0 1 0 3 0a1.500 1.500 0 1 0-3 0M2.500 11.500a1.500 1.500 0 1 0 3 0a1.500 1.500 0 1 0-3 0M10.500 11.500a1.500 1.500 0 1 0 3 0a1.500 1.500 0 1 0-3 0",
  address: "M2.500 3.500h5v3.500h-5zM9.500 3.500h4v3.500h-4zM2.500 9h3.500v3.500H2.500zM8 9h5.500v3.500H8z",
  audit: "M3 4h10M3 8h10M3 12h6",
  key: "M2.500 11a2.500 2.500 0 1 0 5 0a2.500 2.500 0 1 0-5 0M6.800 9.200 13 3M10.500 5.500l2 2",
  cloud: "M4.800 12.500a2.800 2.800 0 0 1-.4-5.600 3.800 3.800 0 0 1 7.300-.5 3.100 3.100 0 0 1-.2 6.100z",
  container: "M8 2.500 13 5.200v5.600L8 13.500 3 10.800V5.200zM3 5.200 8 8l5-2.800M8 8v5.500",
  approve: "M8 2 13 4v4c0 3-2.200 5-5 6-2.800-1-5-3-5-6V4zM5.800 8 7.400 9.600 10.400 6.400",
  bell: "M4 11V7.500a4 4 0 0 1 8 0V11l1 1.500H3zM6.800 14h2.400",
  settings:
    "M2.500 5h6M11.500 5h2M2.500 11h2M7.500 11h6M8.500 5a1.500 1.500 0 1 0 3 0a1.500 1.500 0 1 0-3 0M4.500 11a1.500 1.500 0 1 0 3 0a1.500 1.500 0 1 0-3 0",
  search: "M2.500 7a4.500 4.500 0 1 0 9 0a4.500 4.500 0 1 0-9 0M10.300 10.300 13.500 13.500",
  plus: "M8 3v10M3 8h10",
  share: "M8 9.500v-7M5.500 5 8 2.500 10.500 5M4.500 7.500h-1v6h9v-6h-1",
  download: "M8 2.500V10M5.500 7.500 8 10l2.500-2.500M3 12v1.500h10V12",
  refresh: "M13 8a5 5 0 1 1-1.500-3.500M13 2.500v2.700h-2.700",
  trash: "M3 4.500h10M6.500 4.500v-2h3v2M4.500 4.500l.5 9h6l.5-9M6.800 7v4M9.200 7v4",
  "chevron-right": "M6.500 4 10.500 8l-4 4",
  "chevron-down": "M4 6.500 8 10.500l4-4",
  "chevron-up-down": "M5 6.500 8 3.500l3 3M5 9.500l3 3 3-3",
  more: "M3.400 8h.1M8 8h.1M12.600 8h.1",
  copy: "M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3",
  edit: "M3 13l.6-2.800L10.800 3l2.200 2.200-7.200 7.200z",
  code: "M5.500 4.500 2 8l3.500 3.500M10.500 4.500 14 8l-3.500 3.500",
  clock: "M2.500 8a5.500 5.500 0 1 0 11 0a5.500 5.500 0 1 0-11 0M8 5v3l2 1.500",
  bookmark: "M4.500 2.500h7v11L8 10.500l-3.500 3z",
  paste: "M5.500 3.500h-2v10h9v-10h-2M5.500 2.500h5v2.500h-5z",
  menu: "M2.500 4.500h11M2.500 8h11M2.500 11.500h11",
  close: "M4 4l8 8M12 4l-8 8",
  external: "M9.500 2.500h4v4M13.500 2.500 7.500 8.500M11.500 9v4.500h-9v-9H7",
  check: "M3 8.500 6.500 12 13 4.500",
} as const

const paths = { ...statePaths, ...outlinePaths }

export type IconName = keyof typeof paths

/** A small sign in the colour of its text, which says what it means. */
export function Icon({ name }: { name: IconName }) {
  const isState = name in statePaths
  const size = isState ? 14 : 16
  return (
    <svg
      aria-hidden="true"
      className="icon"
      width={size}
      height={size}
      viewBox={`0 0 ${size} ${size}`}
      fill="none"
      stroke="currentColor"
      strokeWidth={isState || name === "more" ? 2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  )
}
