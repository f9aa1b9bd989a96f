import { isUnusedContainer } from "@peering-desk/peering-rules"
import type { Container, Peering, PeeringList } from "@peering-desk/shared-schemas"

/** What lives in a container, as far as is known. */
export interface ContainerUse {
  peerings: readonly Peering[]
  /** False while the connections of its cloud were never read, so that there may be others. */
  isKnown: boolean
  /** Nothing lives in it, so that it only takes up addresses. */
  isOrphan: boolean
}

/** The connections in a container. @param list undefined while it is not there */
export function toUse(container: Container, list: PeeringList | undefined): ContainerUse {
  // An id alone does not name a container: Atlas's documentation has one of each cloud under the same id.
  const peerings = (list?.peerings ?? []).filter(
    ({ peer }) => peer.providerName === container.providerName && peer.containerId === container.id,
  )
  const watch = list?.watches.find(({ providerName }) => providerName === container.providerName)
  return {
    peerings,
    isKnown: watch !== undefined && watch.checkedAt !== null,
    isOrphan: isUnusedContainer(
      container,
      peerings.map(({ peer }) => peer),
      watch,
    ),
  }
}

/** Why Atlas would not take a container away (CONTAINERS_IN_USE); null when nothing is known to stand in the way. */
export function findObstacle({ provisioned }: Container, { peerings, isKnown }: ContainerUse): string | null {
  if (peerings.length === 1) return "Its connection has to go first"
  if (peerings.length > 1) return `Its ${peerings.length} connections have to go first`
  if (provisioned !== true) return null
  return isKnown
    ? "A cluster lives in it, or its last connection is gone and Atlas has not let go yet, which takes some minutes"
    : "Something lives in it"
}
