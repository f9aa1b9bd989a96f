import type { TestingBrowser } from "@peering-desk/demo-identity-provider"
import { Problem } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  openTestingSignIn,
  otherProject,
  paymentsProject,
  type TestingSignIn,
} from "#test/support/sign-in.ts"

let desk: TestingSignIn
const browsers = new Map<string, TestingBrowser>()
beforeAll(async () => {
  desk = await openTestingSignIn()
  for (const persona of ["olivia", "nadia", "victor", "sam", "greta"]) {
    browsers.set(persona, await desk.signIn(persona))
  }
})
afterAll(() => desk.close())

async function ask(persona: string, method: string, path: string): Promise<string> {
  const answer = await desk.call(browsers.get(persona)!, method, path)
  return answer.status === 200 ? "200" : `${answer.status} ${Problem.parse(JSON.parse(answer.text)).code}`
}

const absent = "404 project_not_found"
const forbidden = "403 forbidden"

describe.each<[string, string, Record<string, string>]>([
  [
    "GET",
    `/api/projects/${paymentsProject}/peerings`,
    { olivia: "200", nadia: "200", victor: "200", sam: absent, greta: absent },
  ],
  [
    "GET",
    `/api/projects/${otherProject}/peerings`,
    { olivia: "200", nadia: absent, victor: "200", sam: absent, greta: absent },
  ],
  [
    "POST",
    `/api/projects/${paymentsProject}/peerings`,
    { olivia: "200", nadia: "200", victor: forbidden, sam: absent, greta: absent },
  ],
  [
    "POST",
    `/api/projects/${otherProject}/peerings`,
    { olivia: "200", nadia: absent, victor: forbidden, sam: absent, greta: absent },
  ],
  [
    "PATCH",
    `/api/projects/${paymentsProject}/private-ip-mode`,
    { olivia: "200", nadia: forbidden, victor: forbidden, sam: absent, greta: absent },
  ],
  [
    "GET",
    "/api/projects/not-an-id/peerings",
    { olivia: absent, nadia: absent, victor: absent, sam: absent, greta: absent },
  ],
  ["GET", "/api/audit", { olivia: "200", nadia: forbidden, victor: forbidden, sam: "200", greta: forbidden }],
])("%s %s", (method, path, verdicts) => {
  it.each(Object.entries(verdicts))(`%s gets %s`, async (persona, verdict) => {
    const before = desk.events.length
    expect(await ask(persona, method, path)).toBe(verdict)
    const refused = desk.events.slice(before)
    const isId = !path.includes("not-an-id")
    expect(refused.map(({ action, actor }) => [action, actor?.subject])).toEqual(
      verdict === "200" || !isId ? [] : [["access-denied", persona]],
    )
  })
})

describe("a refusal", () => {
  it("names the role held, the role needed and whom to ask", async () => {
    // The same refusal was recorded above, and is recorded once a minute.
    desk.clock.advance(60_000)
    const answer = await desk.call(
      browsers.get("victor")!,
      "POST",
      `/api/projects/${paymentsProject}/peerings`,
    )
    expect(Problem.parse(JSON.parse(answer.text)).detail).toBe(
      "Your role in this project is viewer. This needs requester. Ask platform@example.com.",
    )
    expect(desk.events.at(-1)).toMatchObject({
      action: "access-denied",
      projectId: paymentsProject,
      detail: { method: "POST", path: `/api/projects/${paymentsProject}/peerings`, needs: "requester" },
    })
  })

  it("is the same for an invisible and a missing project", async () => {
    const problems = []
    for (const id of [otherProject, "0".repeat(24)]) {
      const answer = await desk.call(browsers.get("nadia")!, "GET", `/api/projects/${id}/peerings`)
      const { requestId: _id, ...problem } = Problem.parse(JSON.parse(answer.text))
      problems.push(problem)
    }
    expect(problems[0]).toEqual(problems[1])
  })
})
