import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { demoServiceAccount, ownerKey, seededIds, type SimulatorOptions } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  KeyHealthReport,
  newContainerMark,
  PreflightAnswer,
  ProjectList,
  type PeeringDraft,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const { analytics, documentationProject, emptySandbox, payments } = seededIds
type Account = NonNullable<SimulatorOptions["serviceAccounts"]>[number]
type Role = Account["roles"][number]

const orgId = demoServiceAccount.roles.flatMap((role) => ("orgId" in role ? role.orgId : []))[0] ?? ""
const inOrg = (roleName: "ORG_MEMBER" | "ORG_OWNER" | "ORG_READ_ONLY"): Role => ({ orgId, roleName })
const memberWithProjects: Role[] = [
  inOrg("ORG_MEMBER"),
  { groupId: analytics, roleName: "GROUP_OWNER" },
  { groupId: payments, roleName: "GROUP_NETWORK_ACCESS_MANAGER" },
  { groupId: documentationProject, roleName: "GROUP_READ_ONLY" },
]

let desk: TestApp
let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "service-account-"))
})
afterEach(async () => {
  await desk.close()
  rmSync(directory, { recursive: true })
})

async function open(roles: readonly Role[], accessList: string[] | null = null, more: object = {}) {
  const account = { ...demoServiceAccount, roles, accessList }
  desk = await startTestApp({
    simulator: { serviceAccounts: [account] },
    environment: {
      ATLAS_PUBLIC_KEY: "",
      ATLAS_PRIVATE_KEY: "",
      ATLAS_CLIENT_ID: account.clientId,
      ATLAS_CLIENT_SECRET: account.clientSecret,
      ...more,
    },
  })
}

async function testNow() {
  const { keys } = KeyHealthReport.parse((await desk.call("POST", apiUrls.testKeys())).json())
  return keys[0]
}

/** Reads what the project list says of the right to create, by project. */
async function readRights(): Promise<Record<string, unknown>> {
  const { projects } = ProjectList.parse((await desk.call("GET", apiUrls.projects())).json())
  return Object.fromEntries(projects.map(({ id, keyMayCreate, keyKind }) => [id, [keyMayCreate, keyKind]]))
}

async function readRightsCheck(projectId: string, isForNewContainer = false) {
  const draft: PeeringDraft = isForNewContainer
    ? {
        providerName: "AWS",
        request: { containerId: newContainerMark },
        newContainer: { atlasCidrBlock: "10.77.0.0/21", region: "AP_SOUTHEAST_2" },
      }
    : { providerName: "AWS", request: {} }
  const answer = await desk.call("POST", apiUrls.preflight(projectId), { body: draft })
  const check = PreflightAnswer.parse(answer.json()).verdict.checks.find(({ id }) => id === "key-rights")
  return [check?.status, check?.says]
}

test("a service account that owns the organization may create in every project, and every page says so", async () => {
  await open([inOrg("ORG_OWNER")])
  const key = await testNow()
  expect(key).toMatchObject({
    kind: "service-account",
    problem: null,
    roles: [{ roleName: "ORG_OWNER", orgId, projectId: null }],
    shortcomings: [],
    accessList: [],
    accessListSays: expect.stringContaining("may be used from anywhere") as string,
    readsPolicies: "yes",
    secret: { warning: null },
  })
  expect(new Set(key?.reach?.map(({ keyMayCreate }) => keyMayCreate))).toEqual(new Set(["yes"]))
  expect((await readRights())[payments]).toEqual(["yes", "service-account"])
  expect(await readRightsCheck(payments)).toEqual([
    "green",
    "The Atlas service account can create connections in payments-prod",
  ])
  // Its role in the organization decides, so its roles in projects are not read.
  expect(desk.asked("GET", `${payments}/serviceAccounts/${demoServiceAccount.clientId}`)).toBe(0)
})

test("a service account with roles in projects only is judged by its role in each of them", async () => {
  await open(memberWithProjects, ["127.0.0.0/8"])
  const key = await testNow()
  expect(key?.roles?.map(({ roleName, projectId }) => [roleName, projectId])).toEqual(
    expect.arrayContaining([
      ["GROUP_OWNER", analytics],
      ["GROUP_NETWORK_ACCESS_MANAGER", payments],
      ["GROUP_READ_ONLY", documentationProject],
    ]),
  )
  expect(key).toMatchObject({ accessList: ["127.0.0.0/8"], secret: { warning: null } })
  expect(key?.shortcomings.map(({ projectId }) => projectId)).toEqual([documentationProject])
  expect(await readRights()).toEqual({
    [analytics]: ["yes", "service-account"],
    [payments]: ["in-existing-containers", "service-account"],
    [documentationProject]: ["no", "service-account"],
  })
  expect(await readRightsCheck(payments)).toEqual([
    "green",
    "The Atlas service account can create connections in payments-prod, in existing containers only",
  ])
  expect((await readRightsCheck(payments, true))[0]).toBe("red")
  const [status, says] = await readRightsCheck(documentationProject)
  expect([status, says]).toEqual(["red", expect.stringContaining("The Atlas service account can only read")])
})

test("a service account that reads the organization and owns one project may create in that project only", async () => {
  await open([inOrg("ORG_READ_ONLY"), { groupId: analytics, roleName: "GROUP_OWNER" }])
  await testNow()
  const rights = await readRights()
  expect([rights[analytics], rights[payments], rights[emptySandbox]]).toEqual([
    ["yes", "service-account"],
    ["no", "service-account"],
    ["no", "service-account"],
  ])
})

test("a service account whose projects are configured is asked about those only", async () => {
  const file = join(directory, "credentials.json")
  const { clientId, clientSecret } = demoServiceAccount
  writeFileSync(
    file,
    JSON.stringify({ credentials: [{ label: "sa", clientId, clientSecret, projects: [payments] }] }),
  )
  await open(memberWithProjects, null, {
    ATLAS_CLIENT_ID: "",
    ATLAS_CLIENT_SECRET: "",
    ATLAS_CREDENTIALS_FILE: file,
  })
  expect((await testNow())?.reach).toMatchObject([{ id: payments, keyMayCreate: "in-existing-containers" }])
  expect(desk.asked("GET", `/serviceAccounts/${demoServiceAccount.clientId}`)).toBe(2)
})

test.each([
  ["refuses (403)", { status: 403 }],
  ["fails (500)", { status: 500 }],
])("the rights of a service account are not known while a read of its roles %s", async (_how, fault) => {
  await open([inOrg("ORG_OWNER"), { groupId: payments, roleName: "GROUP_READ_ONLY" }])
  desk.simulator.addFault({ match: { path: "/serviceAccounts/" }, fault })
  expect(await testNow()).toMatchObject({
    problem: null,
    roles: null,
    accessList: null,
    shortcomings: [],
    secret: null,
  })
  expect((await readRights())[payments]).toEqual(["unknown", "service-account"])
  expect(await readRightsCheck(payments)).toEqual([
    "unchecked",
    "Not known: the Atlas service account's right to create connections in payments-prod",
  ])
})

test("a role in a project is not called too small while the role in the organization is not known", async () => {
  await open([
    inOrg("ORG_OWNER"),
    { groupId: payments, roleName: "GROUP_READ_ONLY" },
    { groupId: analytics, roleName: "GROUP_OWNER" },
  ])
  desk.simulator.addFault({ match: { path: "/orgs/" }, fault: { status: 403 } })
  expect((await testNow())?.shortcomings).toEqual([])
  const rights = await readRights()
  expect([rights[payments], rights[analytics]]).toEqual([
    ["unknown", "service-account"],
    ["yes", "service-account"],
  ])
})

test("a role in the organization is not called too small while the role in a project is not known", async () => {
  await open([inOrg("ORG_READ_ONLY"), { groupId: payments, roleName: "GROUP_OWNER" }])
  desk.simulator.addFault({ match: { path: `/groups/${payments}/serviceAccounts/` }, fault: { status: 403 } })
  await testNow()
  const rights = await readRights()
  expect([rights[payments], rights[analytics]]).toEqual([
    ["unknown", "service-account"],
    ["no", "service-account"],
  ])
})

test("an API key's projects say that it is one", async () => {
  desk = await startTestApp()
  await testNow()
  expect((await readRights())[payments]).toEqual(["yes", "digest"])
})

test("a refusal of Atlas says that the credential is a service account", async () => {
  await open([{ groupId: documentationProject, roleName: "GROUP_READ_ONLY" }])
  const answer = await desk.call("GET", apiUrls.containers(payments))
  expect(answer.json()).toMatchObject({ atlas: { keyKind: "service-account" } })
  expect(answer.text).not.toContain("API key")
})

test("a service account uses v2 and an API key beside it v1.0, and keys and projects say so", async () => {
  const file = join(directory, "credentials.json")
  const { clientId, clientSecret } = demoServiceAccount
  const credentials = [
    { label: "sa", clientId, clientSecret, projects: [payments] },
    { label: "key", ...ownerKey, projects: [analytics] },
  ]
  writeFileSync(file, JSON.stringify({ credentials }))
  await open([inOrg("ORG_OWNER")], null, {
    ATLAS_CLIENT_ID: "",
    ATLAS_CLIENT_SECRET: "",
    ATLAS_CREDENTIALS_FILE: file,
  })
  for (const projectId of [payments, analytics]) await desk.call("GET", apiUrls.containers(projectId))
  expect([
    desk.asked("GET", `/api/atlas/v2/groups/${payments}/containers/all`),
    desk.asked("GET", `/api/atlas/v1.0/groups/${analytics}/containers/all`),
  ]).toEqual([1, 1])
  const { keys } = KeyHealthReport.parse((await desk.call("POST", apiUrls.testKeys())).json())
  expect(keys.map(({ label, apiVersion, problem }) => [label, apiVersion, problem])).toEqual([
    ["sa", "2023-01-01", null],
    ["key", "v1.0", null],
  ])
  const { projects } = ProjectList.parse((await desk.call("GET", apiUrls.projects())).json())
  const versions = new Map(projects.map(({ id, apiVersion }) => [id, apiVersion]))
  expect([versions.get(payments), versions.get(analytics)]).toEqual(["2023-01-01", "v1.0"])
})
