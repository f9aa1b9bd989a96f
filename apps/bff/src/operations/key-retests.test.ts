import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ownerKey, seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, type ReadinessCheck } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

let desk: TestApp
beforeAll(async () => {
  desk = await startTestApp()
})
afterAll(() => desk.close())

const readContainers = async () => (await desk.call("GET", apiUrls.containers(seededIds.payments))).status
async function readUnready(): Promise<string[]> {
  const { checks } = (await desk.call("GET", "/readyz")).json() as { checks: ReadinessCheck[] }
  return checks.filter(({ state }) => state !== "ok").map(({ name }) => name)
}
const readTested = () => desk.logs.filter((line) => line.includes("Atlas credential")).length

test("a key that Atlas refuses in a call is tested at once, and again once a call is answered", async () => {
  await desk.services.keyHealth.testAll()
  desk.clock.advance(10 * 60_000)
  expect(await readUnready()).toEqual([])
  desk.simulator.addFault({ fault: { revokeKey: ownerKey.publicKey } })
  expect(await readContainers()).toBe(502)
  await expect.poll(readUnready).toEqual(["keys"])
  expect(desk.logs.join()).toContain("An Atlas credential failed its test")

  // One test tells enough while nothing changes.
  const tested = readTested()
  desk.clock.advance(10 * 60_000)
  expect(await readContainers()).toBe(502)
  expect(readTested()).toBe(tested)

  desk.simulator.clearFaults()
  // A failed read is kept for a while.
  desk.clock.advance(60_000)
  expect(await readContainers()).toBe(200)
  await expect.poll(readUnready).toEqual([])
})

test("an answered call starts no test of the keys while another one of them fails", async () => {
  const directory = mkdtempSync(join(tmpdir(), "peering-desk-"))
  const file = join(directory, "credentials.json")
  const unknownKey = { publicKey: "nobodys1", privateKey: "00000000-0000-4000-8000-000000000000" }
  const credentials = [
    { label: "ours", ...ownerKey, projects: [seededIds.payments] },
    { label: "removed", ...unknownKey, projects: [seededIds.analytics] },
  ]
  writeFileSync(file, JSON.stringify({ credentials }))
  const other = await startTestApp({
    environment: { ATLAS_PUBLIC_KEY: "", ATLAS_PRIVATE_KEY: "", ATLAS_CREDENTIALS_FILE: file },
  })
  await other.services.keyHealth.testAll()
  other.clock.advance(10 * 60_000)
  const testAll = vi.spyOn(other.services.keyHealth, "testAll")
  expect((await other.call("GET", apiUrls.containers(seededIds.payments))).status).toBe(200)
  expect(testAll).not.toHaveBeenCalled()
  await other.close()
  rmSync(directory, { recursive: true })
})
