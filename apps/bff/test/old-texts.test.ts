import { apiUrls, Peering } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, expect, test } from "vitest"
import { projectId, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const old = "Net\u202etset"
const shown = "Net\\\\u{202E}tset"

let desk: TestApp
let id: string
beforeAll(async () => {
  desk = await startTestApp()
  id = Peering.parse((await desk.create(projectId, requests.AWS)).json()).id
  const { audit, store } = desk.services
  const by = { actor: { issuer: "i", subject: "s", name: old }, address: null }
  const peering = { projectId, providerName: "AWS", peeringId: id } as const
  const detail = { link: "x", for: old, madeBy: old, name: old }
  await audit.record({ ...by, action: "hand-off-declined", ...peering, reason: old, detail })
  // As rows from before the rules for texts.
  const label = { project_id: projectId, peering_id: id, label: old, by_name: "Olivia", at: 1 }
  await store.db.insertInto("peering_label").values(label).execute()
  const draft = JSON.stringify({ providerName: "AWS", request: {} })
  const preset = { id: "a-preset", project_id: projectId, name: old, draft, by_name: "Olivia", at: 1 }
  await store.db.insertInto("preset").values(preset).execute()
  const body = { expiresInHours: 1, for: "Ana" }
  await desk.call("POST", apiUrls.handOffs(projectId, id), { body })
  await store.db.updateTable("hand_off").set({ made_for: old }).execute()
  desk.clock.advance(60_000)
})
afterAll(() => desk.close())

test.each([
  ["a display name", () => apiUrls.peering(projectId, id)],
  ["a link's recipient", () => apiUrls.handOffs(projectId, id)],
  ["the name of a preset", () => apiUrls.presets(projectId)],
  ["a reason in the timeline", () => apiUrls.timeline(projectId, id)],
  ["a reason in recent activity", () => apiUrls.activity()],
])("%s from before the rules is answered with invisible characters as codes", async (_, url) => {
  const { status, text } = await desk.call("GET", url())
  expect(status).toBe(200)
  expect(text).toContain(shown)
  expect(text).not.toContain("\u202e")
})
