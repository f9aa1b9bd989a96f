import type { AtlasPeer, AwsPeer } from "./atlas-peer.ts"
import type { Container } from "./container.ts"
import { toAwsRegionId } from "#clouds/aws-region-id.ts"
import type { NewContainer } from "#fields/new-container.ts"

/** Tells if a peering is in a container. Containers of two clouds can have one id, so the cloud counts too. */
export function isInContainer(
  { providerName, id }: Pick<Container, "providerName" | "id">,
  peer: Pick<AtlasPeer, "providerName" | "containerId">,
): boolean {
  return peer.providerName === providerName && peer.containerId === id
}

/** Names a container among those of all clouds: `AWS 507f1f77bcf86cd799439011`. */
export function toContainerKey({ providerName, id }: Pick<Container, "providerName" | "id">): string {
  return `${providerName} ${id}`
}

/** Finds the container of a peering or a draft; null when it isn't among them. */
export function findContainerOf(
  of: Pick<AtlasPeer, "providerName" | "containerId">,
  containers: readonly Container[] = [],
): Container | null {
  return containers.find((one) => isInContainer(one, of)) ?? null
}

/** Where a container lies, or is to lie, in Atlas's words; null when Atlas does not say (a GCP container serves every region). */
export function readContainerRegion(container: Container | NewContainer): string | null {
  switch (container.providerName) {
    case "AWS":
      return container.regionName ?? null
    case "AZURE":
      return container.region ?? null
    case "GCP":
      return container.regions?.join(", ") ?? null
  }
}

/**
 * Where the VPC of a connection lies, in AWS's spelling (`us-east-1`). Atlas leaves the region out when it is the container's own;
 * null when neither is known.
 */
export function readVpcRegionId(
  peer: Pick<AwsPeer, "accepterRegionName">,
  container: Container | null,
): string | null {
  const own = peer.accepterRegionName ?? (container?.providerName === "AWS" ? container.regionName : null)
  return own == null ? null : toAwsRegionId(own)
}
