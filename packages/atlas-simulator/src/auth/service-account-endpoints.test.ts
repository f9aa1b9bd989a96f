import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { z } from "zod"
import { send, type TestAnswer } from "#testing-caller.ts"
import { startTestSimulator, type TestSimulator } from "#testing-simulator.ts"
import type { Role } from "#world/roles.ts"
import { orgId, seededIds } from "#world/seeded-ids.ts"
import { demoServiceAccount } from "./demo-credentials.ts"
import type { ServiceAccount } from "./service-accounts.ts"

const { analytics, emptySandbox, payments } = seededIds

function createAccount(number: number, roles: Role[], accessList: string[] | null = null): ServiceAccount {
  return {
    id: `5c47503320eef5699e1cce2${number}`,
    clientId: `mdb_sa_id_fa4e${String(number).padStart(20, "0")}`,
    clientSecret: `mdb_sa_sk_fake-secret-${number}`,
    roles,
    accessList,
  }
}
const member: Role = { orgId, roleName: "ORG_MEMBER" }
const owner = demoServiceAccount
const orgReader = createAccount(7, [{ orgId, roleName: "ORG_READ_ONLY" }])
const projectOnly = createAccount(
  8,
  [
    member,
    { groupId: analytics, roleName: "GROUP_OWNER" },
    { groupId: payments, roleName: "GROUP_READ_ONLY" },
  ],
  ["127.0.0.0/8", "198.51.100.7/32"],
)

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator({ serviceAccounts: [owner, orgReader, projectOnly] })
})
beforeEach(() => atlas.reset())
afterAll(() => atlas.simulator.close())

async function getAs({ clientId, clientSecret }: ServiceAccount, path: string): Promise<TestAnswer> {
  const { json } = await send(atlas.origin, "POST", "/api/oauth/token", {
    headers: {
      Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  })
  return send(atlas.origin, "GET", `/api/atlas/v2${path}`, {
    headers: {
      Authorization: `Bearer ${String(json["access_token"])}`,
      Accept: "application/vnd.atlas.2024-08-05+json",
    },
  })
}
const ofOrg = ({ clientId }: ServiceAccount) => `/orgs/${orgId}/serviceAccounts/${clientId}`
const ofProject = (projectId: string, { clientId }: ServiceAccount) =>
  `/groups/${projectId}/serviceAccounts/${clientId}`
const codeOf = ({ status, json }: TestAnswer) => [status, json["errorCode"]]

// Written from the documented contract, not from the code.
const described = z.strictObject({
  clientId: z.string().regex(/^mdb_sa_id_[a-fA-F\d]{24}$/),
  createdAt: z.iso.datetime(),
  description: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  secrets: z.array(z.object({ id: z.string(), expiresAt: z.iso.datetime() })),
})
const accessList = z.object({
  links: z.array(z.object({ href: z.url(), rel: z.string() })),
  results: z.array(
    z.strictObject({
      cidrBlock: z.string().includes("/"),
      ipAddress: z.ipv4().optional(),
      createdAt: z.iso.datetime(),
      requestCount: z.int(),
    }),
  ),
  totalCount: z.int(),
})

describe("GET a service account of the organization", () => {
  it("returns its organization roles to an organization owner and reader", async () => {
    for (const caller of [owner, orgReader]) {
      const { status, json } = await getAs(caller, ofOrg(caller))
      expect([status, described.safeParse(json).error]).toEqual([200, undefined])
    }
    expect((await getAs(owner, ofOrg(owner))).json["roles"]).toEqual(["ORG_OWNER"])
    expect((await getAs(orgReader, ofOrg(projectOnly))).json["roles"]).toEqual(["ORG_MEMBER"])
  })

  it("is refused to an account without a reading role in the organization", async () => {
    expect(codeOf(await getAs(projectOnly, ofOrg(projectOnly)))).toEqual([401, "USER_UNAUTHORIZED"])
    expect(codeOf(await getAs(projectOnly, `${ofOrg(projectOnly)}/accessList`))).toEqual([
      401,
      "USER_UNAUTHORIZED",
    ])
    const elsewhere = ofOrg(owner).replace(orgId, "0".repeat(24))
    expect(codeOf(await getAs(owner, elsewhere))).toEqual([401, "USER_CANNOT_ACCESS_ORG"])
  })
})

describe("GET a service account of a project", () => {
  it("returns its roles in that project to every reader of the project", async () => {
    for (const [projectId, role] of [
      [analytics, "GROUP_OWNER"],
      [payments, "GROUP_READ_ONLY"],
    ] as const) {
      const { status, json } = await getAs(projectOnly, ofProject(projectId, projectOnly))
      expect([status, described.safeParse(json).error, json["roles"]]).toEqual([200, undefined, [role]])
    }
    expect((await getAs(owner, ofProject(payments, projectOnly))).json["roles"]).toEqual(["GROUP_READ_ONLY"])
  })

  it("answers 404 for an account that the project was not shared with", async () => {
    expect((await getAs(owner, ofProject(payments, owner))).status).toBe(404)
    expect((await getAs(owner, `${ofProject(payments, owner)}/accessList`)).status).toBe(404)
  })

  it("is refused to an account that doesn't see the project", async () => {
    expect(codeOf(await getAs(projectOnly, ofProject(emptySandbox, projectOnly)))).toEqual([
      401,
      "NOT_IN_GROUP",
    ])
  })

  it("doesn't exist on v1.0", async () => {
    expect((await atlas.v1("GET", ofProject(payments, projectOnly))).status).toBe(404)
  })
})

describe("GET the access list of a service account", () => {
  it("lists its blocks in the documented form, by organization and by project", async () => {
    const bodies = [
      await getAs(owner, `${ofOrg(projectOnly)}/accessList`),
      await getAs(projectOnly, `${ofProject(payments, projectOnly)}/accessList`),
    ]
    for (const { status, json } of bodies) {
      expect([status, accessList.safeParse(json).error]).toEqual([200, undefined])
      expect(json["results"]).toMatchObject([
        { cidrBlock: "127.0.0.0/8" },
        { cidrBlock: "198.51.100.7/32", ipAddress: "198.51.100.7" },
      ])
    }
  })

  it("is empty for an account that may be used from anywhere", async () => {
    expect((await getAs(owner, `${ofOrg(owner)}/accessList`)).json).toMatchObject({
      results: [],
      totalCount: 0,
    })
  })
})

it("an organization member sees the projects it has a role on, and no others", async () => {
  const { json } = await getAs(projectOnly, "/groups")
  expect(json["totalCount"]).toBe(2)
})
