import { seedNetworks } from "./customer/seed-networks.ts"
import { seedRoles } from "./customer/seed-roles.ts"
import type { Durations } from "./durations.ts"
import { createIdentifiers } from "./identifiers.ts"
import { buildCrowdedProject } from "./seed-crowded.ts"
import { paymentsProject } from "./seed-payments.ts"
import { seededIds } from "./seeded-ids.ts"
import { azure, gcp, nodesIn, seedProject, type ProjectSeed } from "./seeding.ts"
import { buildSandboxes } from "./stage.ts"
import type { Scenario, World } from "./world.ts"

const day = 24 * 3600
const documentationContainer = { id: seededIds.documentationContainer }

// The documentation writes one container id into its examples for all three clouds, which no real project could
// have. The blocks avoid the 192.168.0.0/24 that its AWS example peers with.
const documentationProject: ProjectSeed = {
  id: seededIds.documentationProject,
  name: "documentation-examples",
  containers: [
    { ...documentationContainer, providerName: "AWS", region: "US_EAST_1", atlasCidrBlock: "10.8.0.0/21" },
    { ...documentationContainer, providerName: "GCP", atlasCidrBlock: "10.16.0.0/18" },
    { ...documentationContainer, providerName: "AZURE", region: "US_EAST_2", atlasCidrBlock: "10.24.0.0/21" },
  ],
}

const demoProjects: readonly ProjectSeed[] = [
  documentationProject,
  paymentsProject,
  {
    id: seededIds.analytics,
    name: "analytics",
    containers: [
      {
        providerName: "GCP",
        atlasCidrBlock: "10.128.0.0/21",
        regions: ["CENTRAL_US", "WESTERN_EUROPE"],
        peers: [
          [gcp("acme-analytics-330817", "warehouse"), "AVAILABLE", 33 * day],
          [gcp("acme-notebooks-774120", "default"), "WAITING_FOR_USER", 5 * day],
        ],
      },
    ],
    clusters: [
      { name: "warehouse", regions: [nodesIn("GCP", "CENTRAL_US"), nodesIn("GCP", "WESTERN_EUROPE", 2)] },
      { name: "notebooks", instanceSize: "FLEX", regions: [nodesIn("GCP", "CENTRAL_US")] },
    ],
  },
  { id: seededIds.emptySandbox, name: "empty-sandbox" },
  {
    id: seededIds.longName,
    name: "customer-data-platform-europe-central-regulated-workloads-stage2",
    containers: [{ providerName: "AWS", region: "EU_CENTRAL_1", atlasCidrBlock: "10.70.0.0/23" }],
  },
  {
    id: seededIds.withoutPayment,
    name: "trial-without-payment",
    hasPayment: false,
    containers: [{ providerName: "AWS", region: "US_WEST_2", atlasCidrBlock: "10.72.0.0/21" }],
  },
  {
    id: seededIds.peeringOnly,
    name: "legacy-peering-only",
    privateIpMode: true,
    containers: [
      {
        providerName: "AZURE",
        region: "US_EAST_2",
        atlasCidrBlock: "10.60.0.0/21",
        peers: [
          [azure("2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42", "rg-legacy", "vnet-legacy"), "AVAILABLE", 380 * day],
        ],
      },
      { providerName: "AZURE", region: "EUROPE_NORTH", atlasCidrBlock: "10.60.8.0/21" },
    ],
  },
]

const projectsOf: Record<Scenario, () => readonly ProjectSeed[]> = {
  documentation: () => [documentationProject],
  demo: () => demoProjects,
  crowded: () => [...demoProjects, buildCrowdedProject()],
  stage: () => demoProjects,
}

/** Builds the world of a scenario as of a moment; the same seed gives the same ids. */
export function buildWorld(options: {
  scenario: Scenario
  seed: string
  now: number
  durations: Durations
}): World {
  const { scenario, seed, now, durations } = options
  const context = { now, durations, identifiers: createIdentifiers(`${seed}/world`) }
  const projects = projectsOf[scenario]().map((project) => seedProject(context, project))
  const networks = scenario === "documentation" ? [] : seedNetworks(projects)
  const sandboxes = scenario === "stage" ? buildSandboxes({ now, durations }) : []
  return {
    scenario,
    projects: [...projects, ...sandboxes.flatMap((one) => one.projects)],
    policies: sandboxes.flatMap(({ policies }) => policies),
    policyReading: "after",
    networks: [...networks, ...sandboxes.flatMap((one) => one.networks)],
    readingRoles: [
      ...(networks.length === 0 ? [] : seedRoles()),
      ...sandboxes.flatMap(({ readingRoles }) => readingRoles),
    ],
  }
}
