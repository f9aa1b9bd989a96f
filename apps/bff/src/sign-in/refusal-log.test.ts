import { createTestingBrowser } from "@peering-desk/demo-identity-provider"
import { apiUrls } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import {
  openTestingSignIn,
  otherProject,
  paymentsProject,
  type TestingSignIn,
} from "#test/support/sign-in.ts"

let desk: TestingSignIn
beforeEach(async () => {
  desk = await openTestingSignIn()
})
afterEach(() => desk.close())

const toProjectId = (number: number) => number.toString(16).padStart(24, "a")
/** The refusals in the audit log. */
const told = () =>
  desk.events.filter(({ action }) => action === "access-denied" || action === "sign-in-refused")
const sums = () => told().flatMap(({ detail }) => ("times" in detail ? [detail.times] : []))

async function ask(persona: string, projectIds: readonly string[]): Promise<void> {
  const browser = await desk.signIn(persona)
  for (const id of projectIds) {
    const { status } = await desk.call(browser, "GET", apiUrls.peerings(id))
    expect(status).toBe(404)
  }
}

describe("refusals of one person", () => {
  it("are recorded once, then once a minute with the number of repeats", async () => {
    await ask(
      "greta",
      Array.from({ length: 50 }, () => paymentsProject),
    )
    expect(told()).toMatchObject([
      { action: "access-denied", actor: { subject: "greta" }, projectId: paymentsProject },
    ])
    desk.clock.advance(59_999)
    expect(told()).toHaveLength(1)
    desk.clock.advance(1)
    await vi.waitFor(() => expect(told()).toHaveLength(2), { timeout: 20_000 })
    expect(told()[1]).toMatchObject({
      action: "access-denied",
      actor: { subject: "greta" },
      projectId: null,
      detail: { times: 49, why: expect.stringContaining("49 more") as string },
    })
    await ask("greta", [paymentsProject])
    expect(told()).toHaveLength(3)
  })

  it("make at most thirty rows a minute plus the number of the others", async () => {
    await ask(
      "greta",
      Array.from({ length: 50 }, (_, number) => toProjectId(number)),
    )
    expect(told()).toHaveLength(30)
    desk.clock.advance(60_000)
    await vi.waitFor(() => expect(sums()).toEqual([20]), { timeout: 20_000 })
    desk.clock.advance(60_000)
    await ask("greta", [otherProject])
    expect(told()).toHaveLength(32)
  })

  it("do not hide other people's refusals", async () => {
    await ask(
      "greta",
      Array.from({ length: 40 }, (_, number) => toProjectId(number)),
    )
    await ask("nadia", [otherProject])
    expect(told().at(-1)).toMatchObject({ actor: { subject: "nadia" }, projectId: otherProject })
  })

  it("are written when the server stops, even if only counted so far", async () => {
    await ask("greta", [paymentsProject, paymentsProject, paymentsProject])
    await desk.refusals.stop()
    expect(sums()).toEqual([2])
    desk.clock.advance(60_000)
    expect(sums()).toEqual([2])
  })
})

describe("refusals of strangers", () => {
  it("are one row a minute from all addresses when they share a name", async () => {
    for (let number = 0; number < 40; number += 1) {
      const detail = { why: `reason ${number % 3}` }
      const address = `192.0.${number}.7`
      await desk.refusals.record({ action: "sign-in-refused", actor: null, address, detail }, "forged tokens")
    }
    expect(told()).toMatchObject([{ address: "192.0.0.7" }])
    desk.clock.advance(60_000)
    await vi.waitFor(() => expect(sums()).toEqual([39]))
  })

  const comeBack = async (query: string) =>
    (await createTestingBrowser().send(`${desk.origin}/sign-in/callback?${query}`)).status

  it("are recorded once a minute per address for callbacks without a sign-in", async () => {
    for (let time = 0; time < 20; time += 1) expect(await comeBack(`state=${time}&code=x`)).toBe(400)
    expect(told()).toMatchObject([{ action: "sign-in-refused", actor: null, address: "127.0.0.1" }])
    desk.clock.advance(60_000)
    await vi.waitFor(() => expect(sums()).toEqual([19]), { timeout: 20_000 })
  })
})
