import { createSimulator, ownerKey, seededIds } from "@peering-desk/atlas-simulator"
import { toVerdict } from "@peering-desk/peering-rules"
import { providerNames, type PeeringDraft, type ProviderName } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createLoggedClient } from "#atlas/testing-atlas.ts"
import { requests } from "#testing-requests.ts"
import { readRefusal, readWorld, sendAnyway } from "./testing-judged-world.ts"

const simulator = createSimulator({ speed: 0, limits: { v1PerMinute: 1_000_000 } })
let origin: string
beforeAll(async () => {
  ;({ origin } = await simulator.listen())
})
afterAll(() => simulator.close())

const { documentationProject, emptySandbox, payments, peeringOnly } = seededIds
const containers = simulator
  .state()
  .projects.flatMap((project) => project.containers.map((one) => one.id))
  .concat("0123456789abcdef01234567")

/** Values that are right, that somebody has already, and that are wrong in the ways people are. */
const values: Record<string, readonly string[]> = {
  accepterRegionName: ["us-east-1", "eu-west-1", "US_EAST_1"],
  awsAccountId: ["482913570264", "719304826155", "48291357026"],
  vpcId: ["vpc-7b64b41e", "vpc-0f0f0f0f", "vpc-0F0F0F0F", "subnet-0a1b2c3d"],
  routeTableCidrBlock: [
    "10.0.0.0/16",
    "10.15.4.0/24",
    "10.8.0.0/16",
    "172.19.0.0/16",
    "192.168.240.0/20",
    "8.8.0.0/16",
    "10.99.0.0",
  ],
  gcpProjectId: ["acme-shared-net-208841", "acme-new-551177", "551177"],
  networkName: ["shared-core", "default", "Default"],
  azureDirectoryId: ["35039750-6ebd-4ad5-bcfe-cb4e5fc2d915"],
  azureSubscriptionId: ["2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42", "payments"],
  resourceGroupName: ["rg-payments-network", "RG-PAYMENTS-NETWORK", "rg-new"],
  vnetName: ["vnet-settlement", "vnet-new", "vnet new"],
}
const regions: Record<ProviderName, readonly string[]> = {
  AWS: ["US_EAST_1", "EU_WEST_2", "AP_SOUTH_1", "CN_NORTH_1", "us-east-1"],
  GCP: ["CENTRAL_US", "US_EAST_4", "EASTERN_US", "us-east1"],
  AZURE: ["US_EAST_2", "UK_SOUTH", "JAPAN_EAST", "CHINA_EAST"],
}
const blocks = [
  "10.120.0.0/21",
  "10.120.0.0/24",
  "10.121.0.0/18",
  "10.8.0.0/22",
  "172.20.0.0/23",
  "10.120.4.0/21",
  "10.120.0.0/20",
  "11.0.0.0/21",
]

const drawnDraft: fc.Arbitrary<PeeringDraft> = fc.constantFrom(...providerNames).chain((providerName) => {
  const { providerName: _, containerId: __, ...own } = requests[providerName]
  const fields = Object.fromEntries(
    Object.keys(own).map((name) => [name, fc.constantFrom(...(values[name] ?? []))]),
  )
  const containerId = fc.oneof(fc.constantFrom(...containers), fc.constant("new"))
  const region = fc.constantFrom(...regions[providerName])
  const atlasCidrBlock = fc.constantFrom(...blocks)
  const newContainer: fc.Arbitrary<NonNullable<PeeringDraft["newContainer"]>> =
    providerName === "GCP"
      ? fc.record({ atlasCidrBlock, regions: fc.uniqueArray(region, { maxLength: 3 }) })
      : fc.record({ atlasCidrBlock, region })
  return fc.record({
    providerName: fc.constant(providerName),
    request: fc.record({ ...fields, containerId }),
    newContainer,
  })
})

test("whatever is drawn: Atlas refuses what is red with a code that was named, and takes what is not", async () => {
  const client = createLoggedClient(origin, { credential: ownerKey }).client
  const project = fc.constantFrom(documentationProject, emptySandbox, payments, peeringOnly)
  const seen = { refused: 0, taken: 0 }
  await fc.assert(
    fc.asyncProperty(drawnDraft, project, async (draft, projectId) => {
      simulator.reset("demo")
      const { status, checks } = toVerdict(draft, await readWorld(client, projectId, 50))
      const reds = checks.filter((check) => check.status === "red")
      // Null stands for what Atlas takes and only our own rule refuses.
      const expected = reds.length === 0 ? [null] : reds.map(({ errorCode }) => errorCode)
      const answered = await readRefusal(sendAnyway(client, projectId, draft))
      seen[status === "red" ? "refused" : "taken"] += 1
      expect(expected).toContain(answered)
      expect(status).not.toBe("open")
    }),
    { numRuns: 120 },
  )
  expect(seen.refused).toBeGreaterThan(20)
  expect(seen.taken).toBeGreaterThan(3)
}, 120_000)
