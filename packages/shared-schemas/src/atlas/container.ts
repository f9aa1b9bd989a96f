import * as z from "zod/mini"
import { lenientFlag, lenientText, type RawAnswer } from "./atlas-answer.ts"
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
