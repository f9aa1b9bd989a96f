import { apiUrls, MadeHandOff, Peering, ProjectHandOffList } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, requests } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp({ environment: { SESSION_IDLE_MINUTES: "180", SESSION_CHECK_MINUTES: "180" } })
})
afterEach(() => desk.close())

async function listOpen(cookie?: string) {
  const headers = cookie === undefined ? {} : { cookie }
  const answer = await desk.call("GET", apiUrls.projectHandOffs(projectId), { headers })
  return ProjectHandOffList.parse(answer.json()).handOffs
}

test("GET /projects/{id}/hand-offs lists open links only, the first to expire first, with their peering and no token", async () => {
  const id = Peering.parse((await desk.create(projectId, requests.AWS)).json()).id
  const tokens: string[] = []
  for (const [expiresInHours, person] of [
    [48, "Ben"],
    [24, "Ana"],
    [1, "Cem"],
    [72, "Dora"],
  ] as const) {
    const body = { expiresInHours, for: person }
    const made = MadeHandOff.parse(
      (await desk.call("POST", apiUrls.handOffs(projectId, id), { body })).json(),
    )
    tokens.push(made.token)
    if (person === "Dora") await desk.call("DELETE", apiUrls.handOff(projectId, id, made.handOff.id))
  }
  const victor = await desk.signIn("victor")
  desk.clock.advance(2 * 60 * 60_000)
  const open = await listOpen(victor)
  expect(open).toMatchObject([
    { for: "Ana", peeringId: id, providerName: "AWS", madeBy: "Olivia Marsh" },
    { for: "Ben", peeringId: id },
  ])
  expect(open).toHaveLength(2)
  for (const token of tokens) expect(JSON.stringify(open)).not.toContain(token)
})

test("GET /projects/{id}/hand-offs names the connection of each link, also once it was deleted", async () => {
  const id = Peering.parse((await desk.create(projectId, requests.AWS)).json()).id
  await desk.call("POST", apiUrls.handOffs(projectId, id), { body: { expiresInHours: 24 } })
  expect(await listOpen()).toMatchObject([{ name: requests.AWS.vpcId }])
  await desk.call("PUT", apiUrls.peeringLabel(projectId, id), { body: { label: "orders" } })
  const body = { name: requests.AWS.vpcId, reason: "Moved" }
  expect((await desk.call("DELETE", apiUrls.peering(projectId, id), { body })).status).toBe(202)
  desk.simulator.advance(3600)
  desk.clock.advance(3_600_000)
  expect((await desk.call("GET", apiUrls.peering(projectId, id))).status).toBe(404)
  expect(await listOpen()).toMatchObject([{ peeringId: id, name: "orders" }])
})
