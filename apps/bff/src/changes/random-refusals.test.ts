import { createSimulator, ownerKey, seededIds } from "@peering-desk/atlas-simulator"
import { toVerdict } from "@peering-desk/peering-rules"
import { providerNames, type PeeringDraft, type ProviderName } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createLoggedClient } from "#test/support/atlas.ts"
import { requests } from "#test/support/requests.ts"
import { readRefusal, readSnapshot, sendAnyway } from "#test/support/judged-snapshot.ts"

const simulator = createSimulator({ speed: 0, limits: { v1PerMinute: 1_000_000 } })
let origin: string
beforeAll(async () => {
  ;({ origin } = await simulator.listen())
})
afterAll(() => simulator.close())

const { documentationProject, emptySandbox, payments, peeringOnly } = seededIds
const world = simulator.state().projects

/** For each field the right value first, then values that are taken or wrong in a common way. */
const values: Record<string, readonly string[]> = {
  accepterRegionName: ["us-east-1", "eu-west-1", "US_EAST_1"],
  awsAccountId: ["482913570264", "719304826155", "48291357026"],
  vpcId: ["vpc-0f0f0f0f", "vpc-7b64b41e", "vpc-0F0F0F0F", "subnet-0a1b2c3d"],
  routeTableCidrBlock: [
    "172.19.0.0/16",
    "10.0.0.0/16",
    "10.15.4.0/24",
    "10.8.0.0/16",
    "192.168.240.0/20",
    "8.8.0.0/16",
    "10.99.0.0",
  ],
  gcpProjectId: ["acme-shared-net-208841", "acme-new-551177", "551177"],
  networkName: ["default", "shared-core", "Default"],
  azureDirectoryId: ["35039750-6ebd-4ad5-bcfe-cb4e5fc2d915"],
  azureSubscriptionId: ["2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42", "payments"],
  resourceGroupName: ["rg-payments-network", "RG-PAYMENTS-NETWORK", "rg-new"],
  vnetName: ["vnet-new", "vnet-settlement", "vnet new"],
}
const regions: Record<ProviderName, readonly string[]> = {
  AWS: ["EU_WEST_2", "US_EAST_1", "CN_NORTH_1", "us-east-1"],
  GCP: ["CENTRAL_US", "US_EAST_4", "EASTERN_US", "us-east1"],
  AZURE: ["UK_SOUTH", "US_EAST_2", "CHINA_EAST"],
}
const wrongBlocks = ["10.8.0.0/22", "172.20.0.0/23", "10.120.4.0/21", "10.120.0.0/20", "11.0.0.0/21"]

/** Draws the first text four times out of five. */
function mostlyFirst(texts: readonly string[]): fc.Arbitrary<string> {
  const [first = ""] = texts
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(first) },
    { weight: 1, arbitrary: fc.constantFrom(...texts) },
  )
}

function drawDraft(projectId: string, providerName: ProviderName): fc.Arbitrary<PeeringDraft> {
  const { providerName: _, containerId: __, ...own } = requests[providerName]
  const fields = Object.fromEntries(Object.keys(own).map((name) => [name, mostlyFirst(values[name] ?? [])]))
  const all = world.flatMap((project) => project.containers.map((one) => ({ ...one, projectId: project.id })))
  const near = all.filter((one) => one.projectId === projectId && one.providerName === providerName)
  const toIds = (containers: readonly { id: string }[]) =>
    fc.constantFrom("new", ...containers.map(({ id }) => id))
  const containerId = fc.oneof(
    { weight: 9, arbitrary: toIds(near) },
    { weight: 1, arbitrary: toIds([...all, { id: "0123456789abcdef01234567" }]) },
  )
  const region = mostlyFirst(regions[providerName])
  const isGcp = providerName === "GCP"
  const atlasCidrBlock = mostlyFirst([isGcp ? "10.120.0.0/18" : "10.120.0.0/21", ...wrongBlocks])
  const chosen = fc.oneof(fc.constant<string[]>([]), fc.uniqueArray(region, { maxLength: 3 }))
  const newContainer: fc.Arbitrary<NonNullable<PeeringDraft["newContainer"]>> = isGcp
    ? fc.record({ atlasCidrBlock, regions: chosen })
    : fc.record({ atlasCidrBlock, region })
  return fc.record({
    providerName: fc.constant(providerName),
    request: fc.record({ ...fields, containerId }),
    newContainer,
  })
}

const drawn = fc
  .tuple(
    fc.constantFrom(documentationProject, emptySandbox, payments, peeringOnly),
    fc.constantFrom(...providerNames),
  )
  .chain(([projectId, providerName]) => fc.tuple(fc.constant(projectId), drawDraft(projectId, providerName)))

test("the verdict of a random draft is red if Atlas refuses it, and names Atlas's code", async () => {
  const client = createLoggedClient(origin, { credential: ownerKey }).client
  const seen = { refused: 0, taken: 0 }
  await fc.assert(
    fc.asyncProperty(drawn, async ([projectId, draft]) => {
      simulator.reset("demo")
      const { status, checks } = toVerdict(draft, await readSnapshot(client, projectId, 50))
      const reds = checks.filter((check) => check.status === "red")
      // Null is a draft that Atlas accepts and only our own rule refuses.
      const expected = reds.length === 0 ? [null] : reds.map(({ errorCode }) => errorCode)
      const answered = await readRefusal(sendAnyway(client, projectId, draft))
      seen[status === "red" ? "refused" : "taken"] += 1
      expect(expected).toContain(answered)
      expect(status).not.toBe("open")
    }),
    { numRuns: 120 },
  )
  expect(seen.refused).toBeGreaterThan(10)
  expect(seen.taken).toBeGreaterThan(10)
}, 120_000)
