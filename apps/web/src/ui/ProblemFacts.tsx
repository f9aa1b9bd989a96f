import type { ComponentProps } from "react"
import { AtlasSays } from "./AtlasSays.tsx"

/** Shows Atlas's own words about a failed call and, folded, what support asks for: its code and the id of its request. */
export function ProblemFacts({
  atlas,
  code,
  requestId,
}: {
  atlas: ComponentProps<typeof AtlasSays> | null
  code: string | null
  requestId: string | null
}) {
  return (
    <>
      {atlas !== null && <AtlasSays {...atlas} />}
      {(code !== null || requestId !== null) && (
        <details className="quiet small">
          <summary className="lines-24 tap-line">Details</summary>
          {code !== null && (
            <p>
              Code <code>{code}</code>
            </p>
          )}
          {requestId !== null && (
            <p>
              Request ID <code>{requestId}</code>
            </p>
          )}
        </details>
      )}
    </>
  )
}
