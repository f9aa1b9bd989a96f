/** A sign beside each colour, since colour alone says nothing to some people. */
export type GlyphName = "atlas" | "you" | "works" | "failed" | "closing" | "unknown" | "info"

const paths: Record<GlyphName, string> = {
  atlas: "M11.5 5.2A4.3 4.3 0 1 1 6.3 2.8",
  you: "M7 2.500v5.500M7 11.200v.1",
  works: "M2.5 7.5 5.5 10.5 11.5 4",
  failed: "M3.5 3.5 10.5 10.500M10.5 3.5 3.5 10.5",
  closing: "M2.5 7h9",
  unknown: "M4.8 5.200a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.500M7 11.300v.1",
  info: "M7 6.500v4.500M7 3.200v.1",
}

/** A small sign in the colour of its text, which says what it means. */
export function Icon({ name }: { name: GlyphName }) {
  return (
    <svg
      aria-hidden="true"
      width="14"
      height="14"
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  )
}
