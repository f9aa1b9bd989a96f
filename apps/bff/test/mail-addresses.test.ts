import { createTestingBrowser } from "@peering-desk/demo-identity-provider"
import { apiUrls, HandOffView, MadeHandOff, MailChoice, Peering, Problem } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { openHostileProvider, sign, type HostileProvider } from "#test/support/hostile-provider.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

let provider: HostileProvider
let desk: TestApp
let peeringId: string
beforeAll(async () => {
  provider = await openHostileProvider()
  desk = await startTestApp({
    persona: null,
    environment: {
      OIDC_ISSUER: provider.issuer,
      SMTP_URL: "smtp://127.0.0.1:1",
      SMTP_FROM: "desk@example.com",
    },
  })
  const cookie = await signIn({})
  const body = { reason: "Orders move to Atlas", request: requests.AWS }
  const headers = { cookie, "idempotency-key": "a-key-made-once-per-form" }
  const answer = await desk.call("POST", apiUrls.peerings(projectId), { headers, body })
  peeringId = Peering.parse(answer.json()).id
})
afterAll(async () => {
  await desk.close()
  await provider.close()
})

/** Signs in as a person of whom the provider says this, and returns the cookie. */
async function signIn(claims: Record<string, unknown>): Promise<string> {
  provider.answerWith((good) => sign({ ...good, claims: { ...good.claims, ...claims } }))
  const browser = createTestingBrowser()
  const home = `${desk.origin}/`
  await browser.follow(`${desk.origin}${apiUrls.signIn({ return: "/" })}`, {}, (at) => at === home)
  const own = browser.cookies.find(({ name }) => name === desk.services.cookie.name)
  return `${own?.name}=${own?.value}`
}

async function readChoice(cookie: string): Promise<MailChoice> {
  return MailChoice.parse((await desk.call("GET", apiUrls.inboxMail(), { headers: { cookie } })).json())
}

const choose = (cookie: string) =>
  desk.call("PUT", apiUrls.inboxMail(), { headers: { cookie }, body: { events: ["failed"] } })

/** Opens a share link of the person, as the network's owner does. */
async function readAskedBy(cookie: string): Promise<HandOffView["askedBy"]> {
  const made = await desk.call("POST", apiUrls.handOffs(projectId, peeringId), {
    headers: { cookie },
    body: { expiresInHours: 1 },
  })
  const { token } = MadeHandOff.parse(made.json())
  const headers = { authorization: `Bearer ${token}` }
  return HandOffView.parse((await desk.call("GET", apiUrls.openHandOff(), { headers })).json()).askedBy
}

describe("the e-mail address of a person", () => {
  test.each(["nadia@example.com", "nadia.o'brien+desk@mail.example.co.uk", "nadia@bücher.example"])(
    "is used when it is one and the provider vouches for it: %s",
    async (email) => {
      const cookie = await signIn({ email, email_verified: true })
      expect(await readChoice(cookie)).toMatchObject({ address: email, addressProblem: null })
      expect((await choose(cookie)).status).toBe(200)
      expect((await readAskedBy(cookie)).email).toBe(email)
      expect(await desk.services.notifications.mailReaders.list()).toMatchObject([{ address: email }])
    },
  )

  test.each<[string, Record<string, unknown>, string]>([
    ["missing", {}, "gives no e-mail address"],
    ["unverified", { email: "nadia@example.com" }, "does not confirm"],
    ["unverified", { email: "nadia@example.com", email_verified: false }, "does not confirm"],
    ["unverified", { email: "nadia@example.com", email_verified: "true" }, "does not confirm"],
    ["invalid", { email: "a@example.com, b@example.com", email_verified: true }, "exactly one"],
    ["invalid", { email: "a@example.com;b@example.com", email_verified: true }, "exactly one"],
    ["invalid", { email: "a@example.com>, <e@example.com", email_verified: true }, "exactly one"],
    ["invalid", { email: "a@example.com\r\nBcc: e@example.com", email_verified: true }, "exactly one"],
    ["invalid", { email: "Nadia <a@example.com>", email_verified: true }, "exactly one"],
    ["invalid", { email: "team: a@example.com;", email_verified: true }, "exactly one"],
    ["invalid", { email: "nadia", email_verified: true }, "exactly one"],
  ])("reaches nobody when it is %s: %j", async (problem, claims, words) => {
    // What was chosen while the address was good gets nothing either.
    await choose(await signIn({ email: "nadia@example.com", email_verified: true }))
    const cookie = await signIn(claims)
    expect(await readChoice(cookie)).toMatchObject({ address: null, addressProblem: problem })
    const refused = await choose(cookie)
    expect([refused.status, Problem.parse(refused.json()).fields?.["events"]]).toEqual([
      400,
      expect.stringContaining(words),
    ])
    expect((await readAskedBy(cookie)).email).toBeNull()
    expect(await desk.services.notifications.mailReaders.list()).toEqual([])
  })
})
