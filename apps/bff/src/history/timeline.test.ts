import { apiUrls, Peering, Timeline } from "@peering-desk/shared-schemas"
import { expect, onTestFinished, test } from "vitest"
import { projectId, requests } from "#test/support/requests.ts"
import { startTestApp } from "#test/support/test-app.ts"

test("GET /timeline has containers of the connection's cloud only, by their CIDR", async () => {
  const desk = await startTestApp()
  onTestFinished(() => desk.close())
  const { id } = Peering.parse((await desk.create(projectId, requests.AWS)).json())
  const inTokyo = { providerName: "AWS", atlasCidrBlock: "10.64.0.0/21", regionName: "AP_NORTHEAST_1" }
  const ofAzure = { providerName: "AZURE", atlasCidrBlock: "10.72.0.0/21", region: "EUROPE_WEST" }
  for (const container of [inTokyo, ofAzure]) {
    const body = { container, reason: "room" }
    expect((await desk.call("POST", apiUrls.containers(projectId), { body })).status).toBe(201)
  }
  const { acts } = Timeline.parse((await desk.call("GET", apiUrls.timeline(projectId, id))).json())
  const made = acts.filter(({ action }) => action === "container-create")
  expect(made.map(({ kind, container }) => [kind, container])).toEqual([
    ["attempt", undefined],
    ["outcome", "10.64.0.0/21"],
  ])
})
