const marks = {
  AWS: {
    name: "AWS",
    path: "M3.500 2.500h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM5.500 9.500 8 6l2.500 3.500",
  },
  GCP: {
    name: "Google Cloud",
    path: "M8 1.800 13.400 4.900v6.200L8 14.200 2.600 11.100V4.900zM6 8a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
  },
  AZURE: { name: "Azure", path: "M8 2.200 14 13.300H2zM8 2.200v6.800M8 9l-3.500 4.300M8 9l3.500 4.300" },
} as const

export type Cloud = keyof typeof marks

/**
 * The mark of a cloud, our own drawing.
 * @param decorative the cloud's name is beside it
 */
export function CloudMark({ cloud, decorative = false }: { cloud: Cloud; decorative?: boolean }) {
  const { name, path } = marks[cloud]
  return (
    <svg
      {...(decorative ? { "aria-hidden": true } : { role: "img", "aria-label": name })}
      className="still faint"
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={path} />
    </svg>
  )
}
