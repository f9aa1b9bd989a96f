import {
  isNewContainerPossible,
  suggestNewContainer,
  toVerdict,
  type ProjectSnapshot,
} from "@peering-desk/peering-rules"
import {
  newContainerMark,
  readContainerRegion,
  requestFields,
  toAwsRegionId,
  type Container,
  type PeeringDraft,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { findFreeCidr } from "#shared/free-block/free-cidr.ts"

export const sampleNotes = { displayName: "sample", reason: "Trying out Peering Desk" }

/**
 * Builds a draft with made-up values that Atlas would take; null when the project has no room for one.
 * Prefers a container of the project, and creates one otherwise.
 */
export function buildSampleDraft(providerName: ProviderName, snapshot: ProjectSnapshot): PeeringDraft | null {
  const containers = snapshot.here.containers.filter((one) => one.providerName === providerName)
  const drafts = [
    ...containers.map((container) => toDraft(providerName, snapshot, container)),
    ...(isNewContainerPossible(providerName, containers) ? [toDraft(providerName, snapshot, null)] : []),
  ]
  return drafts.find((draft) => toVerdict(draft, snapshot).plan !== null) ?? null
}

function toDraft(
  providerName: ProviderName,
  snapshot: ProjectSnapshot,
  container: Container | null,
): PeeringDraft {
  const region = container === null ? null : readContainerRegion(container)
  const request = {
    ...buildNetwork(providerName, snapshot, region),
    containerId: container?.id ?? newContainerMark,
  }
  const draft: PeeringDraft = {
    providerName,
    request,
    networkBlocks: [findBlock(snapshot)],
    ...(providerName !== "AWS" && { peeredBlocks: ["none"] }),
  }
  if (container !== null) return draft
  const suggested = suggestNewContainer(draft, snapshot, providerName === "AZURE" ? "US_EAST_2" : null)
  return {
    ...draft,
    newContainer: {
      atlasCidrBlock: suggested.atlasCidrBlock ?? "",
      ...(suggested.region !== null && { region: suggested.region }),
    },
  }
}

function buildNetwork(
  providerName: ProviderName,
  snapshot: ProjectSnapshot,
  region: string | null,
): Record<string, string> {
  const samples = Object.entries(requestFields[providerName]).map(([name, { sample }]) => [
    name,
    sample(randomHex),
  ])
  if (providerName !== "AWS") return Object.fromEntries(samples)
  return {
    ...Object.fromEntries(samples),
    ...(region !== null && { accepterRegionName: toAwsRegionId(region) }),
    routeTableCidrBlock: findBlock(snapshot),
  }
}

/** Finds a /16 that nothing known uses. */
function findBlock({ here, otherProjects }: ProjectSnapshot): string {
  return findFreeCidr([here, ...otherProjects], 16) ?? "10.250.0.0/16"
}

function randomHex(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  return [...bytes].map((byte) => (byte % 16).toString(16)).join("")
}
