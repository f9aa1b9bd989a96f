import type { AtlasPeer, Container, Watch } from "@peering-desk/shared-schemas"

/**
 * Whether nothing lives in a container, so that it only takes up addresses. Only what is known counts: the connections of its
 * cloud were read without a problem, and Atlas says itself that nothing is provisioned in it.
 * @param peers of its project; those of other clouds may be among them
 * @param watch of its cloud; undefined while there is none
 */
export function isUnusedContainer(
  container: Pick<Container, "providerName" | "id" | "provisioned">,
  peers: readonly Pick<AtlasPeer, "providerName" | "containerId">[],
  watch: Pick<Watch, "checkedAt" | "problem"> | undefined,
): boolean {
  if (watch === undefined || watch.checkedAt === null || watch.problem !== null) return false
  // An id alone does not name a container: Atlas's documentation has one of each cloud under the same id.
  const isIn = (peer: Pick<AtlasPeer, "providerName" | "containerId">) =>
    peer.providerName === container.providerName && peer.containerId === container.id
  return container.provisioned === false && !peers.some(isIn)
}
