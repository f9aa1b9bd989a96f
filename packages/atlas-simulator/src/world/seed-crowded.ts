import { seededIds } from "./seeded-ids.ts"
import { aws, azure, gcp, nodesIn, type PeerSeed, type ProjectSeed } from "./seeding.ts"
import type { PeerStatus } from "./world.ts"

/** The crowded project's number of peers on each cloud. */
export const crowd = { AWS: 300, GCP: 60, AZURE: 80 } as const

const day = 24 * 3600
const awsRegions = ["US_EAST_1", "US_WEST_2", "EU_WEST_1", "EU_CENTRAL_1", "AP_SOUTH_1"]
const awsStates: readonly PeerStatus[] = [
  "AVAILABLE",
  "AVAILABLE",
  "PENDING_ACCEPTANCE",
  "AVAILABLE",
  "FAILED",
]
const gcpStates: readonly PeerStatus[] = ["AVAILABLE", "WAITING_FOR_USER", "AVAILABLE"]
const azureStates: readonly PeerStatus[] = ["AVAILABLE", "AVAILABLE", "AVAILABLE", "FAILED"]

const pick = (states: readonly PeerStatus[], index: number) => states[index % states.length] ?? "AVAILABLE"
const hex = (number: number, width: number) => number.toString(16).padStart(width, "0")
const seedMany = (count: number, toSeed: (index: number) => PeerSeed) =>
  Array.from({ length: count }, (_, index) => toSeed(index))

/** Builds a project with hundreds of peers, beyond the usual fifty, as MongoDB raises the limit on request. */
export function buildCrowdedProject(): ProjectSeed {
  const awsPeers = seedMany(crowd.AWS, (index) => {
    const region = awsRegions[index % awsRegions.length] ?? ""
    const target = aws(
      String(410_000_000_000 + index * 7_919),
      `vpc-0${hex(0x5a000000 + index * 2_654_435, 16)}`,
      region.toLowerCase().replaceAll("_", "-"),
      `10.${Math.floor(index / 256)}.${index % 256}.0/24`,
    )
    return withFailure("REJECTED", [target, pick(awsStates, index), (index % 5) * day + 600])
  })
  const gcpPeers = seedMany(crowd.GCP, (index) => [
    gcp(`acme-team-${String(index).padStart(3, "0")}-prod`, "main"),
    pick(gcpStates, index),
    (index % 30) * day + 60,
  ])
  const azurePeers = seedMany(crowd.AZURE, (index) => {
    const subscription = `5b1c2d3e-4f50-4a6b-8c7d-${hex(0x900000000000 + index, 12)}`
    const target = azure(subscription, `rg-team-${index}`, `vnet-team-${index}`)
    return withFailure("The peered virtual network no longer exists.", [
      target,
      pick(azureStates, index),
      (index % 40) * day + 60,
    ])
  })
  return {
    id: seededIds.crowded,
    name: "platform-shared",
    peerLimit: 1000,
    containers: [
      ...awsRegions.map((region, place) => ({
        providerName: "AWS" as const,
        region,
        atlasCidrBlock: `192.168.${248 - 8 * place}.0/21`,
        peers: awsPeers.filter((_, index) => index % awsRegions.length === place),
      })),
      { providerName: "GCP", atlasCidrBlock: "10.192.0.0/16", peers: gcpPeers },
      {
        providerName: "AZURE",
        region: "US_EAST_2",
        atlasCidrBlock: "172.24.0.0/21",
        peers: azurePeers,
      },
    ],
    clusters: [
      ...awsRegions.flatMap((region, place) =>
        ["shared", "batch"].map((name) => ({
          name: `${name}-${place + 1}`,
          regions: [nodesIn("AWS", region)],
        })),
      ),
      { name: "shared-azure", regions: [nodesIn("AZURE", "US_EAST_2")] },
      { name: "shared-gcp", regions: [nodesIn("GCP", "CENTRAL_US")] },
    ],
  }
}

function withFailure(failure: string, [target, status, secondsAgo]: PeerSeed): PeerSeed {
  return status === "FAILED" ? [target, status, secondsAgo, failure] : [target, status, secondsAgo]
}
