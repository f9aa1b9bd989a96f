import { aws, azure, gcp, plantContainer, plantPeer, plantProject } from "./planting.ts"
import type { Soil } from "./planting.ts"
import type { PeerStatus, Project } from "./world.ts"

/** How many peers the crowded project has on each cloud. */
export const crowd = { AWS: 300, GCP: 60, AZURE: 80 } as const

const day = 24 * 3600

const awsStates: readonly PeerStatus[] = [
  "AVAILABLE",
  "AVAILABLE",
  "PENDING_ACCEPTANCE",
  "AVAILABLE",
  "FAILED",
]
const gcpStates: readonly PeerStatus[] = ["AVAILABLE", "WAITING_FOR_USER", "AVAILABLE"]
const azureStates: readonly PeerStatus[] = ["AVAILABLE", "AVAILABLE", "AVAILABLE", "FAILED"]

const pick = <Item>(items: readonly Item[], index: number, fallback: Item): Item =>
  items[index % items.length] ?? fallback
const hex = (number: number, width: number) => number.toString(16).padStart(width, "0")

/** A project with hundreds of peers, beyond the usual fifty, as MongoDB raises the limit on request. */
export function plantCrowd(soil: Soil): Project {
  const project = plantProject(soil, {
    id: "64b1f0a27c3d5e4f8a9b0c77",
    name: "platform-shared",
    clusterCount: 12,
    peerLimit: 1000,
  })
  const regions = ["US_EAST_1", "US_WEST_2", "EU_WEST_1", "EU_CENTRAL_1", "AP_SOUTH_1"].map((region, index) =>
    plantContainer(soil, project, {
      providerName: "AWS",
      region,
      atlasCidrBlock: `192.168.${248 - 8 * index}.0/21`,
      hasCluster: true,
    }),
  )
  for (let index = 0; index < crowd.AWS; index++) {
    const container = regions[index % regions.length]
    if (container === undefined) continue
    const region = (container.region ?? "").toLowerCase().replaceAll("_", "-")
    const target = aws(
      String(410_000_000_000 + index * 7_919),
      `vpc-0${hex(0x5a000000 + index * 2_654_435, 16)}`,
      region,
      `10.${Math.floor(index / 256)}.${index % 256}.0/24`,
    )
    const status = pick(awsStates, index, "AVAILABLE")
    plantPeer(soil, project, container, target, {
      status,
      secondsAgo: (index % 5) * day + 600,
      ...(status === "FAILED" ? { failure: "REJECTED" } : {}),
    })
  }
  const google = plantContainer(soil, project, { providerName: "GCP", atlasCidrBlock: "10.192.0.0/16" })
  for (let index = 0; index < crowd.GCP; index++) {
    plantPeer(soil, project, google, gcp(`acme-team-${String(index).padStart(3, "0")}-prod`, "main"), {
      status: pick(gcpStates, index, "AVAILABLE"),
      secondsAgo: (index % 30) * day + 60,
    })
  }
  const azureEast = plantContainer(soil, project, {
    providerName: "AZURE",
    region: "US_EAST_2",
    atlasCidrBlock: "172.24.0.0/21",
    hasCluster: true,
  })
  for (let index = 0; index < crowd.AZURE; index++) {
    const status = pick(azureStates, index, "AVAILABLE")
    const subscription = `5b1c2d3e-4f50-4a6b-8c7d-${hex(0x900000000000 + index, 12)}`
    plantPeer(soil, project, azureEast, azure(subscription, `rg-team-${index}`, `vnet-team-${index}`), {
      status,
      secondsAgo: (index % 40) * day + 60,
      ...(status === "FAILED" ? { failure: "The peered virtual network no longer exists." } : {}),
    })
  }
  return project
}
