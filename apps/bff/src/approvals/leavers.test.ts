import { type Persona, type TestingBrowser } from "@peering-desk/demo-identity-provider"
import {
  apiUrls,
  approvalUrls,
  ApprovalDetail,
  HeldForApproval,
  idempotencyKeyHeader,
  type Approval,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { callByToken, createToken } from "#test/support/api-tokens.ts"
import { signInAt } from "#test/support/browser.ts"
import {
  approvalPersonas,
  openApprovalDesk,
  toKey,
  toRequest,
  type ApprovalDesk,
} from "#test/support/approvals.ts"
import { readRows } from "#test/support/audit-log.ts"
import { projectId, readProblem, readVerdict } from "#test/support/requests.ts"

const minute = 60_000
let held: ApprovalDesk
let browser: TestingBrowser
let approval: Approval
beforeEach(async () => {
  // Shorter than the tolerated difference of clocks: the provider's own clock does not jump with the test's.
  held = await openApprovalDesk({ environment: { SESSION_CHECK_MINUTES: "4" } })
  browser = await signInAt(held.desk.origin, "nadia")
  approval = await held.hold("nadia", 1)
})
afterEach(() => held.desk.close())

const signInUrl = () => `${held.desk.origin}${apiUrls.signIn({ return: "/" })}`
const posts = () => held.desk.asked("POST", "/peers")
const withoutNadia = approvalPersonas.filter(({ id }) => id !== "nadia")
const nadiaIn = (group: string) =>
  approvalPersonas.map((one) => (one.id === "nadia" ? { ...one, groups: [group] } : one))

/** Changes the accounts at the provider, which nadia's browser then asks whether her session is still good. */
async function checkNadiaAmong(personas: readonly Persona[]): Promise<void> {
  await held.desk.setPersonas(personas)
  held.desk.clock.advance(4 * minute)
  await browser.follow(signInUrl(), {}, (at) => at === `${held.desk.origin}/`)
}

/** Calls with a session that begins now. */
async function call(person: string, method: string, path: string, body?: object) {
  const cookie = await held.desk.signIn(person)
  return await held.desk.call(method, path, { headers: { cookie }, ...(body && { body }) })
}
const approve = () => call("ben", "POST", approvalUrls.approve(approval.id), { planHash: approval.planHash })
const read = async () =>
  ApprovalDetail.parse((await call("olivia", "GET", approvalUrls.approval(approval.id))).json())

describe("a waiting request of somebody who left", () => {
  test("is not approved once the identity provider refused to vouch for them, and says what to do", async () => {
    await checkNadiaAmong(withoutNadia)
    expect(readProblem(await approve())).toMatchObject({
      code: "requester_gone",
      status: 409,
      detail: expect.stringMatching(/no longer vouches for nadia example\. Decline this request/),
    })
    expect(posts()).toBe(0)
    const { check, approval: now } = await read()
    expect([now.state, check?.requester, check?.holds]).toEqual(["waiting", "gone", false])
    const refusals = (await readRows(held.desk.services.store)).filter(
      ({ action }) => action === "approval-refused",
    )
    expect(refusals.map(({ detail }) => detail?.["why"])).toEqual([expect.stringContaining("requester_gone")])
  })

  test("is approved once they have signed in again", async () => {
    await checkNadiaAmong(withoutNadia)
    await held.desk.setPersonas(approvalPersonas)
    expect(readVerdict(await approve())).toBe("409 requester_gone")
    await held.desk.signIn("nadia")
    expect(ApprovalDetail.parse((await approve()).json()).approval.state).toBe("done")
  })

  test("can still be declined", async () => {
    await checkNadiaAmong(withoutNadia)
    const body = { reason: "nadia has left" }
    const answer = await call("olivia", "POST", approvalUrls.declineApproval(approval.id), body)
    expect(ApprovalDetail.parse(answer.json()).approval.state).toBe("declined")
  })

  test("is not approved once the provider has taken them out of the group that may ask", async () => {
    await checkNadiaAmong(nadiaIn("viewers"))
    expect(readVerdict(await approve())).toBe("409 requester_gone")
    expect((await read()).check).toMatchObject({ requester: "no-role", holds: false })
    expect(posts()).toBe(0)
  })
})

test("a waiting request of an API token is not approved once the token was revoked", async () => {
  const cookie = await held.desk.signIn("nadia")
  const { secret, token } = await createToken(held.desk, cookie, { projects: [projectId] })
  const body = { request: toRequest(2), reason: "Orders move to Atlas" }
  const headers = { [idempotencyKeyHeader]: toKey(2) }
  const asked = await callByToken(held.desk, secret, "POST", apiUrls.peerings(projectId), { body, headers })
  approval = HeldForApproval.parse(asked.json()).approval
  expect((await read()).check).toMatchObject({ requester: null, holds: true })

  await held.desk.call("DELETE", apiUrls.apiToken(token.id), { headers: { cookie } })
  expect((await read()).check).toMatchObject({ requester: "token-revoked", holds: false })
  expect(readProblem(await approve())).toMatchObject({
    code: "requester_gone",
    detail: expect.stringMatching(/token by which nadia example requested this was revoked/),
  })
  expect(posts()).toBe(0)
})
