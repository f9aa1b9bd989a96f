import { Age } from "./Timestamp.tsx"

/** How long ago something was pasted or read. */
export function TimeAgo({ at }: { at: string }) {
  return (
    <>
      <Age since={at} /> ago
    </>
  )
}
