const form = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/

/** The trace that a caller's request belongs to (https://www.w3.org/TR/trace-context/). */
export interface Trace {
  traceId: string
  /** The header to send on. We record no spans, so the caller's own stays the parent. */
  traceparent: string
}

/** Parses `traceparent` as strictly as the recommendation asks; anything else counts as absent. */
export function parseTraceparent(header: string | undefined): Trace | null {
  const [, version = "", traceId = "", parentId = "", flags = "", rest] = form.exec(header ?? "") ?? []
  const isKnown = version === "00" ? rest === undefined : version !== "" && version !== "ff"
  if (!isKnown || /^0+$/.test(traceId) || /^0+$/.test(parentId)) return null
  // Of a later version only the fields of this one are understood.
  return { traceId, traceparent: `00-${traceId}-${parentId}-${flags}` }
}

/** Begins a trace at this server. Its id is the request's, for who looks for it in both places. */
export function beginTrace(requestId: string): Trace {
  const traceId = requestId.replaceAll("-", "")
  // Not sampled: nobody records this trace.
  return { traceId, traceparent: `00-${traceId}-${traceId.slice(16)}-00` }
}
