import { demoServiceAccount, seededIds, type SimulatorOptions } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  KeyHealthReport,
  PreflightAnswer,
  type ProviderName,
  type ReadinessCheck,
} from "@peering-desk/shared-schemas"
import { afterEach, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { requests } from "#test/support/requests.ts"

const projectId = seededIds.documentationProject
type Role = NonNullable<SimulatorOptions["serviceAccounts"]>[number]["roles"][number]
const orgId = demoServiceAccount.roles.flatMap((role) => ("orgId" in role ? role.orgId : []))[0] ?? ""
const projectOwner: Role = { groupId: projectId, roleName: "GROUP_OWNER" }
const organizationReader: Role = { orgId, roleName: "ORG_READ_ONLY" }

let desk: TestApp
afterEach(() => desk.close())

/** Starts as README.md says, without a version. */
async function setUp(roles: Role[]) {
  const { clientId, clientSecret } = demoServiceAccount
  desk = await startTestApp({
    simulator: { serviceAccounts: [{ ...demoServiceAccount, roles }] },
    environment: {
      ATLAS_PUBLIC_KEY: "",
      ATLAS_PRIVATE_KEY: "",
      ATLAS_CLIENT_ID: clientId,
      ATLAS_CLIENT_SECRET: clientSecret,
    },
  })
  return KeyHealthReport.parse((await desk.call("POST", apiUrls.testKeys())).json()).keys
}

/** Checks that a look-up of the network decides: Atlas does not show what they need. */
const ofLookUp = ["known-network", "overlap-with-other-network", "existing-routes", "dns", "cloud-permission"]

/** Lists the checks of a right draft that Atlas could decide and that are not green. */
async function listOthers(provider: ProviderName): Promise<string[]> {
  const { providerName, ...fields } = requests[provider]
  // In the container's region, with all of the network's addresses: what a person fills in for a green verdict.
  const body =
    providerName === "AWS"
      ? {
          providerName,
          request: { ...fields, accepterRegionName: "us-east-1" },
          networkBlocks: ["10.50.0.0/16"],
        }
      : { providerName, request: fields, networkBlocks: ["10.77.0.0/16"], peeredBlocks: ["none"] }
  const answer = await desk.call("POST", apiUrls.preflight(projectId), { body })
  const { checks } = PreflightAnswer.parse(answer.json()).verdict
  expect(checks.length).toBeGreaterThan(5)
  return checks
    .filter(({ id, status }) => status !== "green" && !ofLookUp.includes(id))
    .map(({ id, says }) => `${id}: ${says}`)
}

test("a service account with Project Owner and Organization Read Only has every check green", async () => {
  const keys = await setUp([projectOwner, organizationReader])
  expect(keys).toMatchObject([{ problem: null, apiVersion: "2023-01-01", secret: { warning: null } }])
  const { checks } = (await desk.call("GET", "/readyz")).json() as { checks: ReadinessCheck[] }
  expect(checks.filter(({ state }) => state !== "ok")).toEqual([])
  for (const provider of ["AWS", "GCP", "AZURE"] as const) expect(await listOthers(provider)).toEqual([])
  const created = await desk.create(projectId, requests.AWS)
  expect(created.status).toBe(201)
  expect(desk.asked("POST", `/api/atlas/v2/groups/${projectId}/peers`)).toBe(1)
})

test("a service account with Project Owner alone has every check green but that of policies", async () => {
  const keys = await setUp([projectOwner])
  expect(keys).toMatchObject([{ problem: null, shortcomings: [], reach: [{ keyMayCreate: "yes" }] }])
  for (const provider of ["AWS", "GCP", "AZURE"] as const)
    expect(await listOthers(provider)).toEqual([
      expect.stringContaining("Policies not checked: the Atlas service account"),
    ])
})
