import {
  approvalUrls,
  ApprovalPolicyResult,
  apiUrls,
  idempotencyKeyHeader,
  Peering,
  type ApprovalPolicyLine,
  type Project,
} from "@peering-desk/shared-schemas"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import { createRateLimits, usualRateLimits } from "#sign-in/rate-limits.ts"
import { callByToken, createToken } from "#test/support/api-tokens.ts"
import {
  approvalPolicy,
  openApprovalDesk,
  toKey,
  toRequest,
  type ApprovalDesk,
} from "#test/support/approvals.ts"
import type { Answer } from "#test/support/http.ts"
import { projectId, readVerdict, requests } from "#test/support/requests.ts"

const projects = [projectId]
/** Each names people who ask with the role of a requester. */
const policies: Record<string, ApprovalPolicyLine[]> = {
  "requesters need another": [{ projects, askers: ["requester"], needs: "requester" }],
  "both need an administrator": [
    { projects, askers: ["requester", "administrator"], needs: "administrator" },
  ],
  "requesters, on three clouds": [
    { projects: "*", clouds: ["AWS", "GCP", "AZURE"], askers: ["requester"], needs: "administrator" },
  ],
  "tokens need nobody": [
    { projects, askers: ["token"], needs: "nobody" },
    { projects, askers: ["requester"], needs: "requester" },
  ],
  "administrators need nobody": [
    { projects, askers: ["administrator", "token"], needs: "nobody" },
    { projects, actions: ["create", "change", "delete"], askers: ["requester"], needs: "administrator" },
  ],
}
const owners = ["nadia", "ben"] as const
const [plain = ""] = Object.keys(policies)

let held: ApprovalDesk
/** Connections of nadia, made before there was a policy: one that waits, and one that the owner rejected. */
let open: string
let failed: string
let number = 100
const secrets = new Map<string, string>()

const adopt = (lines: ApprovalPolicyLine[] | undefined = []) =>
  held.desk.services.approvalPolicy.replace({ lines, expireAfterHours: 24 })
const countWrites = () =>
  held.desk.simulator
    .calls()
    .rows.filter(({ method }) => method !== "GET")
    .reduce((sum, { calls, cut, refused }) => sum + calls + cut + refused, 0)

async function create(request: object): Promise<string> {
  number += 1
  const answer = await held.ask("nadia", number, { request })
  if (answer.status !== 201) throw new Error(answer.text)
  return Peering.parse(answer.json()).id
}

beforeAll(async () => {
  held = await openApprovalDesk({
    replace: () => ({ limits: createRateLimits({ ...usualRateLimits, writesPerToken: 9_999 }) }),
  })
  held.desk.services.approvalPolicy.replace(null)
  open = await create(toRequest(90))
  failed = await create(toRequest(91))
  held.desk.simulator.advance(60)
  held.desk.simulator.cloudSide(failed, "reject")
  held.desk.clock.advance(3_000)
  for (const owner of owners) secrets.set(owner, await held.makeToken(owner))
})
afterAll(() => held.desk.close())
afterEach(async () => {
  held.desk.services.approvalPolicy.replace(approvalPolicy)
  // A deletion is held once, until it is decided.
  const waiting = held.desk.services.store.db.updateTable("change").where("state", "=", "waiting")
  await waiting.set({ state: "withdrawn" }).execute()
})

interface Try {
  policy: string
  what: string
  owner: string
  send: (secret: string) => Promise<Answer>
}

function sendCreate(secret: string, more: { headers?: Record<string, string>; create?: object } = {}) {
  number += 1
  return callByToken(held.desk, secret, "POST", apiUrls.peerings(projectId), {
    headers: { [idempotencyKeyHeader]: toKey(number), ...more.headers },
    body: { request: toRequest(number), reason: "Orders move to Atlas", ...more.create },
  })
}
const sends: Record<string, Try["send"]> = {
  "a create": (secret) => sendCreate(secret),
  "a change": (secret) =>
    callByToken(held.desk, secret, "PATCH", apiUrls.peering(projectId, open), {
      body: { reason: "It has grown", change: { routeTableCidrBlock: "10.190.0.0/16" } },
    }),
  "a deletion": (secret) =>
    callByToken(held.desk, secret, "DELETE", apiUrls.peering(projectId, open), {
      body: { reason: "No longer used", name: toRequest(90).vpcId },
    }),
  "a deletion and a new request": (secret) => {
    number += 1
    return callByToken(held.desk, secret, "POST", apiUrls.requestAgain(projectId, failed), {
      headers: { [idempotencyKeyHeader]: toKey(number) },
      body: { reason: "The owner agrees now", name: toRequest(91).vpcId },
    })
  },
}
const newContainer = {
  newContainer: { providerName: "AWS", atlasCidrBlock: "192.168.240.0/21", regionName: "EU_WEST_1" },
}
/** Creates that are written in another way. */
const forms: Record<string, Try["send"]> = {
  "the scheme in lower case": (secret) =>
    sendCreate(secret, { headers: { authorization: `bearer ${secret}` } }),
  "the scheme in capitals": (secret) =>
    sendCreate(secret, { headers: { authorization: `BEARER ${secret}` } }),
  "spaces after the scheme": (secret) =>
    sendCreate(secret, { headers: { authorization: `Bearer   ${secret}` } }),
  "the headers of a browser": (secret) =>
    sendCreate(secret, { headers: { "sec-fetch-site": "same-origin", origin: held.desk.origin } }),
  "another method in a header": (secret) =>
    sendCreate(secret, { headers: { "x-http-method-override": "PUT" } }),
  "a person in a header": (secret) => sendCreate(secret, { headers: { "x-forwarded-user": "vera" } }),
  "a network on Google Cloud": (secret) => sendCreate(secret, { create: { request: requests.GCP } }),
  "a network on Azure": (secret) => sendCreate(secret, { create: { request: requests.AZURE } }),
  "a new container": (secret) => {
    const request = { ...toRequest(92), containerId: "new" }
    return sendCreate(secret, { create: { request, ...newContainer } })
  },
  "under a second key": async (secret) => {
    const request = toRequest(93)
    await sendCreate(secret, { create: { request } })
    return await sendCreate(secret, { create: { request } })
  },
}

const tries: Try[] = [
  ...Object.keys(policies).flatMap((policy) =>
    Object.entries(sends).flatMap(([what, send]) => owners.map((owner) => ({ policy, what, owner, send }))),
  ),
  ...Object.entries(forms).map(([what, send]) => ({
    policy: plain,
    what: `a create, ${what}`,
    owner: "nadia",
    send,
  })),
]

describe("a requester's API token under a policy that names requesters", () => {
  test("is tried in 50 ways", () => {
    expect(tries).toHaveLength(50)
  })

  test.each(tries)("has $what held ($policy; token of $owner)", async ({ policy, owner, send }) => {
    adopt(policies[policy])
    const before = countWrites()
    const answer = await send(secrets.get(owner) ?? "")
    expect([answer.status, countWrites() - before]).toEqual([202, 0])
  })
})

describe("an API token and the approval policy", () => {
  test("asks as its owner in the owner's role, whatever its own role is", async () => {
    const cookie = await held.desk.signIn("vera")
    const { secret } = await createToken(held.desk, cookie, { projects, role: "requester" })
    adopt([{ projects, askers: ["administrator"], needs: "administrator" }])
    expect((await sendCreate(secret)).status).toBe(202)
    adopt([{ projects, askers: ["requester"], needs: "administrator" }])
    expect((await sendCreate(secret)).status).toBe(201)
  })

  test("needs what the stricter line of the two says", async () => {
    adopt([
      { projects, askers: ["token"], needs: "administrator" },
      { projects, needs: "requester" },
    ])
    expect((await sendCreate(secrets.get("nadia") ?? "")).json()).toMatchObject({
      approval: { needs: "administrator" },
    })
  })

  test("is told in the project list what needs approval", async () => {
    adopt(policies[plain])
    const answer = await callByToken(held.desk, secrets.get("nadia") ?? "", "GET", apiUrls.projects())
    const list = answer.json() as { projects: Project[] }
    expect(list.projects.map(({ approvals }) => approvals?.length)).toEqual([9])
  })

  test.each([
    ["requester-token", { line: 1, needs: "requester" }],
    ["administrator-token", { line: 2, needs: null }],
    ["requester", { line: 1, needs: "requester" }],
    ["administrator", { line: null, needs: null }],
  ])("has an example of each kind on the policy: %s", async (asker, result) => {
    adopt([
      { projects, askers: ["requester"], needs: "requester" },
      { projects, askers: ["token"], needs: "nobody" },
    ])
    const body = { projectId, providerName: "AWS", action: "create", asker }
    const answer = await held.call("olivia", "POST", approvalUrls.testApprovalPolicy(), { body })
    expect(ApprovalPolicyResult.parse(answer.json())).toEqual(result)
  })
})

describe("withdrawing a request by an API token", () => {
  test("needs the role that requests, in the request's project", async () => {
    const approval = await held.hold("nadia", 80)
    const cookie = await held.desk.signIn("nadia")
    const make = async (role: "viewer" | "requester", of: string[]) =>
      (await createToken(held.desk, cookie, { projects: of, role })).secret
    const withdraw = (secret: string) =>
      callByToken(held.desk, secret, "POST", approvalUrls.withdrawApproval(approval.id))
    const viewer = await make("viewer", projects)
    const seen = await callByToken(held.desk, viewer, "GET", approvalUrls.approval(approval.id))
    expect(seen.json()).toMatchObject({ approval: { may: { withdraw: false } } })
    expect(readVerdict(await withdraw(viewer))).toBe("403 forbidden")
    expect((await held.read(approval.id)).approval.state).toBe("waiting")
    const script = await make("requester", projects)
    expect((await withdraw(script)).json()).toMatchObject({ approval: { state: "withdrawn" } })
  })
})
