import { isUnusedContainer } from "@peering-desk/peering-rules"
import { isInContainer, type Container, type Peering, type PeeringList } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { containersQuery } from "#api/projects/containers.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"

/** The use of a container, as far as is known. */
export interface ContainerUse {
  peerings: readonly Peering[]
  /** False while the peerings of its cloud were never read, so there may be others. */
  isKnown: boolean
  /** It is empty and only reserves its CIDR. */
  isOrphan: boolean
}

/** Finds the peerings in a container. @param list undefined while it is loading */
function toUse(container: Container, list: PeeringList | undefined): ContainerUse {
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

/** Interval of reading the containers again, in milliseconds: their use is not streamed. */
const readEveryMs = 30_000

export interface ContainerWithUse {
  container: Container
  use: ContainerUse
}

/** Reads the containers of a project with their use; `rows` is undefined until they were read. */
export function useContainers(projectId: string) {
  const query = useQuery({ ...containersQuery(projectId), refetchInterval: readEveryMs })
  const { data: list, error: listError } = useQuery(peeringsQuery(projectId))
  const rows = query.data?.map((container): ContainerWithUse => ({ container, use: toUse(container, list) }))
  return { query, rows, list, listError }
}

/** Says why Atlas would not delete a container (CONTAINERS_IN_USE); null when no reason is known. */
export function findObstacle({ provisioned }: Container, { peerings, isKnown }: ContainerUse): string | null {
  if (peerings.length === 1) return "Delete its connection first"
  if (peerings.length > 1) return `Delete its ${peerings.length} connections first`
  if (provisioned !== true) return null
  return isKnown
    ? "Delete its clusters first. After the last connection, Atlas needs some minutes."
    : "Delete its clusters and connections first"
}

/** Tells if Atlas allows another CIDR: not with a connection or cluster, and never for chosen regions of Google Cloud. */
export function toCidrState(container: Container, { peerings, isOrphan }: ContainerUse): string {
  const isRestricted = container.providerName === "GCP" && (container.regions ?? []).length > 0
  if (peerings.length > 0 || container.provisioned === true || isRestricted) return "Locked"
  return isOrphan ? "Can change" : "Unknown"
}
