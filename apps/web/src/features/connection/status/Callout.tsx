import type { ReactNode } from "react"

/** A strong sentence and the one that adds to it. */
export function Callout({ strong, children }: { strong: ReactNode; children: ReactNode }) {
  return (
    <>
      <p>
        <strong>{strong}</strong>
      </p>
      <p>{children}</p>
    </>
  )
}
