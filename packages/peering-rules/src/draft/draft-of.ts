import {
  listRequestNames,
  readVpcRegionId,
  type AtlasPeer,
  type Container,
  type PeeringDraft,
} from "@peering-desk/shared-schemas"

/**
 * Builds the draft that would create the same peering again, without the fields that Atlas doesn't report.
 * @param container of the peering: Atlas omits the region of an AWS peering that is in its container's region
 */
export function toDraftOf(peer: AtlasPeer, container: Container | null = null): PeeringDraft {
  const { providerName } = peer
  const known = {
    ...peer,
    ...(providerName === "AWS" && { accepterRegionName: readVpcRegionId(peer, container) }),
  }
  const request = listRequestNames(providerName).flatMap((name): [string, string][] => {
    const value: unknown = Reflect.get(known, name)
    return typeof value === "string" ? [[name, value]] : []
  })
  return { providerName, request: Object.fromEntries(request) }
}
