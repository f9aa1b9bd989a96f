/** What support asks for, folded: the code of a failed call and the id of its request. */
export function ProblemDetails({ code, requestId }: { code: string | null; requestId: string | null }) {
  if (code === null && requestId === null) return null
  return (
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
  )
}
