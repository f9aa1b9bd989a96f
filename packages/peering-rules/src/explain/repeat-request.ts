import { readVpcRegionId, toAwsRegionId, type AtlasPeer, type Container } from "@peering-desk/shared-schemas"
import { toFailure, type Failure } from "#lifecycle/failure.ts"

/** The cloud or Atlas refused the values themselves. */
const refusedValues: ReadonlySet<Failure["cause"]> = new Set(["ids-do-not-match", "overlapping-cidr"])

/** Returns whether a failed peering may be requested again as it is: its values had no part in the failure, or it is not known. */
export function mayRepeatRequest(peer: AtlasPeer): boolean {
  const { cause } = toFailure(peer)
  return !refusedValues.has(cause) && cause !== "network-deleted" && cause !== "removal-failed"
}

/** Returns whether a request has only values that a failed peering was refused for, so it would fail again. */
export function repeatsRefusedValues(
  peer: AtlasPeer,
  container: Container | null,
  request: Readonly<Record<string, string>>,
): boolean {
  if (!refusedValues.has(toFailure(peer).cause)) return false
  const fields: Readonly<Record<string, unknown>> = peer
  return Object.entries(request).every(([name, value]) =>
    peer.providerName === "AWS" && name === "accepterRegionName"
      ? toAwsRegionId(value.trim()) === (readVpcRegionId(peer, container) ?? toAwsRegionId(value.trim()))
      : fields[name] === value.trim(),
  )
}
