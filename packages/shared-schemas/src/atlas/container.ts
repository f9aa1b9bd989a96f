import * as z from "zod/mini"
import { lenientFlag, lenientText, type RawAnswer } from "./atlas-answer.ts"
import type { AtlasPeer, AwsPeer } from "./atlas-peer.ts"
import { toAwsRegionId } from "#clouds/aws-region-id.ts"
import type { NewContainer } from "#fields/new-container.ts"
import type { ProviderName } from "#clouds/provider.ts"

const everyCloud = { id: z.string(), atlasCidrBlock: lenientText, provisioned: lenientFlag }

const AwsContainer = z.looseObject({
  providerName: z.literal("AWS"),
  ...everyCloud,
  /** `US_EAST_1` form. */
  regionName: lenientText,
  vpcId: lenientText,
})

const GcpContainer = z.looseObject({
  providerName: z.literal("GCP"),
  ...everyCloud,
  /** Atlas's own Google Cloud project, the one to peer back with; null until the container is provisioned. */
  gcpProjectId: lenientText,
  networkName: lenientText,
  /** Only when the container was restricted to some regions. */
  regions: z.catch(z.optional(z.nullable(z.array(z.string()))), null),
})

const AzureContainer = z.looseObject({
  providerName: z.literal("AZURE"),
  ...everyCloud,
  region: lenientText,
  azureSubscriptionId: lenientText,
  vnetName: lenientText,
})

/** The Atlas side of a peering: an address block in one region (AWS, Azure) or in one project (GCP). */
export const Container = z.discriminatedUnion("providerName", [AwsContainer, GcpContainer, AzureContainer])
export type Container = z.infer<typeof Container>

export const ContainerList = z.object({ containers: z.array(Container) })
export type ContainerList = z.infer<typeof ContainerList>

/**
 * Reads one container of a known cloud; null when it has no `id`. A sample prints null as the text "null", and an empty list of
 * regions restricts it to none, which means to all.
 */
export function readContainer(raw: RawAnswer, providerName: ProviderName): Container | null {
  const cleaned = Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name, isNothing(value) ? null : value]),
  )
  return Container.safeParse({ ...cleaned, providerName }).data ?? null
}

function isNothing(value: unknown): boolean {
  return value === "null" || (Array.isArray(value) && value.length === 0)
}

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
