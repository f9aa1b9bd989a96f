import { isInContainer, isUnusedContainer } from "@peering-desk/peering-rules"
import type { Container, Peering, PeeringList } from "@peering-desk/shared-schemas"

/** The use of a container, as far as is known. */
export interface ContainerUse {
  peerings: readonly Peering[]
  /** False while the peerings of its cloud were never read, so there may be others. */
  isKnown: boolean
  /** It is empty and only reserves its CIDR. */
  isOrphan: boolean
}

/** Finds the peerings in a container. @param list undefined while it is loading */
export function toUse(container: Container, list: PeeringList | undefined): ContainerUse {
  const peerings = (list?.peerings ?? []).filter(({ peer }) => isInContainer(container, peer))
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

/** Says why Atlas would not delete a container (CONTAINERS_IN_USE); null when no reason is known. */
export function findObstacle({ provisioned }: Container, { peerings, isKnown }: ContainerUse): string | null {
  if (peerings.length === 1) return "Its connection has to go first"
  if (peerings.length > 1) return `Its ${peerings.length} connections have to go first`
  if (provisioned !== true) return null
  return isKnown
    ? "A cluster lives in it, or its last connection is gone and Atlas has not let go yet, which takes some minutes"
    : "Something lives in it"
}
