import { getWaitingOn } from "@peering-desk/peering-rules"
import {
  listRequestNames,
  readAtlasPeer,
  readStatus,
  type ApprovalTarget,
  type ProviderName,
  type RawAnswer,
} from "@peering-desk/shared-schemas"

/**
 * Returns what must stay the same of a connection between request and approval: the two networks, whether traffic can flow, and that nobody
 * deletes it. It passes through other states by itself.
 */
export function toTarget(raw: RawAnswer, providerName: ProviderName): ApprovalTarget {
  const peer = readAtlasPeer(raw, providerName)
  const fields = (peer ?? {}) as Record<string, unknown>
  const values = listRequestNames(providerName).map((name) => {
    const value = fields[name]
    return [name, typeof value === "string" ? value : null] as const
  })
  return {
    ...Object.fromEntries(values),
    isAvailable: peer !== null && readStatus(peer) === "AVAILABLE",
    isClosing: peer !== null && getWaitingOn(peer) === "closing",
  }
}

/** Returns the same of a connection that is replaced, which is done to a failed one only. */
export function toReplacedTarget(raw: RawAnswer, providerName: ProviderName): ApprovalTarget {
  const peer = readAtlasPeer(raw, providerName)
  return { ...toTarget(raw, providerName), isFailed: peer !== null && getWaitingOn(peer) === "failed" }
}
