import { seededIds } from "@peering-desk/atlas-simulator"
import type { Persona } from "@peering-desk/demo-identity-provider"
import { apiUrls, cloudUrls } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { bundleReadingThread, connectAccount } from "#test/support/cloud-accounts.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const { payments, analytics, emptySandbox } = seededIds
const projects = [payments, analytics, emptySandbox]
type Role = "viewer" | "requester" | "administrator"

/** Ten people, with their role in each project. */
const people: Record<string, Partial<Record<string, Role>>> = {
  "viewer of payments": { [payments]: "viewer" },
  "viewer of analytics": { [analytics]: "viewer" },
  "requester in payments": { [payments]: "requester" },
  "requester in the sandbox": { [emptySandbox]: "requester" },
  "administrator of payments": { [payments]: "administrator" },
  "administrator of analytics": { [analytics]: "administrator" },
  "viewer of two projects": { [payments]: "viewer", [emptySandbox]: "viewer" },
  "administrator of one, viewer of another": { [analytics]: "administrator", [payments]: "viewer" },
  "administrator of two projects": { [payments]: "administrator", [emptySandbox]: "administrator" },
  "person without a role": {},
}

/** Names and numbers that only the account of this project has. */
const canaries = projects.map((projectId, at) => ({
  projectId,
  account: `90000000077${at}`,
  vpcId: `vpc-0cafe77${at}`,
  name: `canary-network-${at}`,
}))

let desk: TestApp
const cookies = new Map<string, string>()

beforeAll(async () => {
  const personas: Persona[] = Object.keys(people).map((id) => ({
    id,
    name: id,
    email: `${id.replaceAll(" ", "-")}@example.com`,
    may: id,
    groups: [id],
  }))
  const everywhere = {
    id: "everywhere",
    name: "everywhere",
    email: "e@example.com",
    may: "all",
    groups: ["all"],
  }
  const auditor = { id: "auditor", name: "auditor", email: "a@example.com", may: "audit", groups: ["audit"] }
  const readingThread = await bundleReadingThread("account-rights")
  desk = await startTestApp({
    readingThread,
    persona: "everywhere",
    personas: [...personas, everywhere, auditor],
    accessRules: {
      rules: [
        { claim: "groups", equals: "all", role: "administrator", projects: "*" },
        { claim: "groups", equals: "audit", role: "auditor" },
        ...Object.entries(people).flatMap(([equals, roles]) =>
          Object.entries(roles).flatMap(([project, role]) =>
            role === undefined ? [] : [{ claim: "groups", equals, role, projects: [project] }],
          ),
        ),
      ],
    },
  })
  for (const [at, { projectId, account, vpcId, name }] of canaries.entries()) {
    if (projectId !== payments) {
      const container = { providerName: "AWS", atlasCidrBlock: `10.9${at}.0.0/21`, regionName: "US_EAST_1" }
      const made = await desk.call("POST", apiUrls.containers(projectId), {
        body: { container, reason: "Reads the ledger" },
      })
      if (made.status !== 201) throw new Error(`No container: ${made.text}`)
    }
    desk.simulator.putNetwork({
      providerName: "AWS",
      awsAccountId: account,
      vpcId,
      name,
      region: "us-east-1",
    })
    const roleArn = `arn:aws:iam::${account}:role/canary-${at}`
    const rights = desk.simulator.readingRoles()[0]?.rights ?? []
    desk.simulator.putReadingRole({ arn: roleArn, account, externalIds: [], rights, isRevoked: false })
    const { state, vpcs } = await connectAccount(desk, { roleArn, projectId })
    if (state !== "reading" || vpcs !== 1) throw new Error(`The account of ${projectId} is ${state}`)
  }
  for (const person of [...Object.keys(people), "auditor"]) cookies.set(person, await desk.signIn(person))
})
afterAll(() => desk.close())

/** Everything that a person may ask for, as one text. */
async function readAll(person: string): Promise<string> {
  const cookie = cookies.get(person) ?? ""
  const urls = [
    apiUrls.session(),
    apiUrls.projects(),
    apiUrls.connections(),
    apiUrls.activity(),
    apiUrls.addressSpace(),
    apiUrls.inbox(),
    apiUrls.audit({ limit: "200" }),
    cloudUrls.cloudAccounts(),
    ...projects.flatMap((id) => [
      apiUrls.peerings(id),
      apiUrls.containers(id),
      cloudUrls.networks(id),
      ...peeringsOf(id).map((peeringId) => apiUrls.peeringFacts(id, peeringId)),
    ]),
  ]
  const answers = await Promise.all(urls.map((url) => desk.call("GET", url, { headers: { cookie } })))
  return answers.map(({ text }) => text).join("\n")
}

function peeringsOf(projectId: string): string[] {
  const { peers = [] } = desk.simulator.state().projects.find(({ id }) => id === projectId) ?? {}
  return peers.slice(0, 2).map(({ id }) => id)
}

describe("facts that a role read in an AWS account", () => {
  test.each(Object.entries(people))("are seen by a %s in their own projects alone", async (person, roles) => {
    const seen = await readAll(person)
    for (const { projectId, account, vpcId, name } of canaries) {
      const isOwn = roles[projectId] !== undefined
      expect([seen.includes(vpcId), seen.includes(name), seen.includes(account)]).toEqual([
        isOwn,
        isOwn,
        isOwn,
      ])
    }
  })

  test("are not seen by an auditor, who sees that accounts were connected", async () => {
    const seen = await readAll("auditor")
    expect(seen).toContain("cloud-account-connected")
    for (const { vpcId, name } of canaries)
      expect([seen.includes(vpcId), seen.includes(name)]).toEqual([false, false])
  })

  test.each(Object.entries(people))(
    "belong to accounts that a %s sees where they administer",
    async (person, roles) => {
      const answer = await desk.call("GET", cloudUrls.cloudAccounts(), {
        headers: { cookie: cookies.get(person) ?? "" },
      })
      const listed = canaries
        .filter(({ account }) => answer.text.includes(account))
        .map(({ projectId }) => projectId)
      expect(listed).toEqual(projects.filter((id) => roles[id] === "administrator"))
    },
  )

  test("are in no line of the log", () => {
    const log = desk.logs.join("\n")
    for (const { vpcId, name } of canaries) expect(log).not.toMatch(new RegExp(`${vpcId}|${name}`))
  })
})
