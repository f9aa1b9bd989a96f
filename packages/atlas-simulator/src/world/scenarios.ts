import type { Durations } from "./durations.ts"
import { createIdentifiers } from "./identifiers.ts"
import { azure, gcp, plantContainer, plantPeer, plantProject } from "./planting.ts"
import type { Soil } from "./planting.ts"
import { plantCrowd } from "./seed-crowded.ts"
import { plantPayments } from "./seed-payments.ts"
import type { Project, World } from "./world.ts"

/** What the world can begin as: the demo, the documentation's project alone, or the demo with a crowded project. */
export const scenarios = ["demo", "documentation", "crowded"] as const
export type Scenario = (typeof scenarios)[number]

/** Says whether a text names a scenario. */
export function isScenario(text: string): text is Scenario {
  return scenarios.some((name) => name === text)
}

/** Ids that callers may rely on. */
export const seededIds = {
  documentationProject: "5356823b3794dee37132bb7b",
  documentationContainer: "507f1f77bcf86cd799439011",
  payments: "64b1f0a27c3d5e4f8a9b0c1d",
  analytics: "64b1f0a27c3d5e4f8a9b0c2e",
  emptySandbox: "64b1f0a27c3d5e4f8a9b0c3f",
  longName: "64b1f0a27c3d5e4f8a9b0c40",
  withoutPayment: "64b1f0a27c3d5e4f8a9b0c51",
  peeringOnly: "64b1f0a27c3d5e4f8a9b0c62",
  crowded: "64b1f0a27c3d5e4f8a9b0c77",
} as const

const day = 24 * 3600

// The documentation writes one container id into its examples for all three clouds, which no real project could
// have. Their blocks keep clear of the 192.168.0.0/24 that its AWS example asks to be peered with.
function plantDocumentation(soil: Soil): Project {
  const project = plantProject(soil, { id: seededIds.documentationProject, name: "documentation-examples" })
  const id = seededIds.documentationContainer
  plantContainer(soil, project, {
    id,
    providerName: "AWS",
    region: "US_EAST_1",
    atlasCidrBlock: "10.8.0.0/21",
  })
  plantContainer(soil, project, { id, providerName: "GCP", atlasCidrBlock: "10.16.0.0/18" })
  plantContainer(soil, project, {
    id,
    providerName: "AZURE",
    region: "US_EAST_2",
    atlasCidrBlock: "10.24.0.0/21",
  })
  return project
}

function plantAnalytics(soil: Soil): Project {
  const project = plantProject(soil, { id: seededIds.analytics, name: "analytics", clusterCount: 1 })
  const container = plantContainer(soil, project, {
    providerName: "GCP",
    atlasCidrBlock: "10.128.0.0/21",
    regions: ["CENTRAL_US", "WESTERN_EUROPE"],
    hasCluster: true,
  })
  plantPeer(soil, project, container, gcp("acme-analytics-330817", "warehouse"), {
    status: "AVAILABLE",
    secondsAgo: 33 * day,
  })
  plantPeer(soil, project, container, gcp("acme-notebooks-774120", "default"), {
    status: "WAITING_FOR_USER",
    secondsAgo: 5 * day,
  })
  return project
}

function plantPeeringOnly(soil: Soil): Project {
  const project = plantProject(soil, {
    id: seededIds.peeringOnly,
    name: "legacy-peering-only",
    privateIpMode: true,
  })
  const east = plantContainer(soil, project, {
    providerName: "AZURE",
    region: "US_EAST_2",
    atlasCidrBlock: "10.60.0.0/21",
  })
  plantContainer(soil, project, {
    providerName: "AZURE",
    region: "EUROPE_NORTH",
    atlasCidrBlock: "10.60.8.0/21",
  })
  const target = azure("2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42", "rg-legacy", "vnet-legacy")
  plantPeer(soil, project, east, target, { status: "AVAILABLE", secondsAgo: 380 * day })
  return project
}

function plantDemo(soil: Soil): Project[] {
  const longName = plantProject(soil, {
    id: seededIds.longName,
    name: "customer-data-platform-europe-central-regulated-workloads-stage2",
  })
  plantContainer(soil, longName, {
    providerName: "AWS",
    region: "EU_CENTRAL_1",
    atlasCidrBlock: "10.70.0.0/23",
  })
  const withoutPayment = plantProject(soil, {
    id: seededIds.withoutPayment,
    name: "trial-without-payment",
    hasPayment: false,
  })
  plantContainer(soil, withoutPayment, {
    providerName: "AWS",
    region: "US_WEST_2",
    atlasCidrBlock: "10.72.0.0/21",
  })
  return [
    plantDocumentation(soil),
    plantPayments(soil),
    plantAnalytics(soil),
    plantProject(soil, { id: seededIds.emptySandbox, name: "empty-sandbox" }),
    longName,
    withoutPayment,
    plantPeeringOnly(soil),
  ]
}

/** Plants the world of a scenario as of a moment; the same seed gives the same ids. */
export function plantWorld(options: {
  scenario: Scenario
  seed: string
  now: number
  durations: Durations
}): World {
  const { scenario, seed, now, durations } = options
  const soil: Soil = { now, durations, identifiers: createIdentifiers(`${seed}/world`) }
  switch (scenario) {
    case "documentation":
      return { scenario, projects: [plantDocumentation(soil)] }
    case "demo":
      return { scenario, projects: plantDemo(soil) }
    case "crowded":
      return { scenario, projects: [...plantDemo(soil), plantCrowd(soil)] }
  }
}
