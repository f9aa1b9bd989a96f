import { isInContainer, type AtlasPeer, type Container, type Watch } from "@peering-desk/shared-schemas"

/**
 * Tells if a container is unused and only reserves its CIDR. True only on certain knowledge: the peerings of its cloud were read without
 * a problem, and Atlas says that nothing is provisioned in the container.
 * @param peers of its project, of any cloud
 * @param watch of its cloud; undefined when nobody polls it
 */
export function isUnusedContainer(
  container: Pick<Container, "providerName" | "id" | "provisioned">,
  peers: readonly Pick<AtlasPeer, "providerName" | "containerId">[],
  watch: Pick<Watch, "checkedAt" | "problem"> | undefined,
): boolean {
  if (watch === undefined || watch.checkedAt === null || watch.problem !== null) return false
  return container.provisioned === false && !peers.some((peer) => isInContainer(container, peer))
}
