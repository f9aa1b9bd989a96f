import { randomUUID } from "node:crypto"
import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, Peering, PeeringList, type ProviderName } from "@peering-desk/shared-schemas"
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { useDatabases } from "#test/support/database.ts"
import { projectId, readVerdict, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { observePeering } from "#test/support/observe-peering.ts"

const otherProject = seededIds.emptySandbox

let app: TestApp
beforeEach(async () => {
  app = await startTestApp()
})
afterEach(() => app.close())

async function readList(at: TestApp = app, id = projectId): Promise<PeeringList> {
  return PeeringList.parse((await at.call("GET", apiUrls.peerings(id))).json())
}

async function create(at: TestApp = app, cloud: ProviderName = "AWS"): Promise<string> {
  const answer = await at.create(projectId, requests[cloud], `a-key-${randomUUID()}`)
  if (answer.status !== 201) throw new Error(answer.text)
  return Peering.parse(answer.json()).id
}

const namesOf = (stream: Awaited<ReturnType<TestApp["stream"]>>) => stream.messages.map(({ event }) => event)

describe("a stream that names the list of its page", () => {
  test("begins with less than 1 kB beside a list of 5,000 connections", async () => {
    await readList()
    const { live } = app.services.pollers
    for (let number = 0; number < 5_000; number += 1) {
      const id = number.toString(16).padStart(24, "0")
      const peer = { providerName: "AWS", id, statusName: "AVAILABLE" } as const
      live.putPeering(observePeering({ projectId, peer, raw: { id }, at: "" }), 1)
    }
    const { lastEventId, peerings } = await readList()
    const stream = await app.stream([`${projectId}@${lastEventId}`])
    await expect.poll(() => stream.text()).toMatch(/^retry: /)
    const id = await create()
    expect((await stream.next("peering")).id).toBe(id)
    expect([peerings.length, namesOf(stream)[0]]).toEqual([5_000, "peering"])
    expect(stream.text().indexOf("event: peering")).toBeLessThan(1_000)
  })

  test("gets what changed between the list and the stream, and nothing else", async () => {
    const { lastEventId } = await readList()
    const id = await create()
    const stream = await app.stream([`${projectId}@${lastEventId}`])
    expect((await stream.next("peering")).id).toBe(id)
    expect(namesOf(stream).filter((name) => name !== "watch" && name !== "creates")).toEqual(["peering"])
  })

  test("continues after its last event, not from the list that it named", async () => {
    const { lastEventId } = await readList()
    await create()
    const first = await app.stream([`${projectId}@${lastEventId}`])
    await first.next("peering")
    const again = await app.stream([`${projectId}@${lastEventId}`], { "last-event-id": first.lastEventId() })
    const id = await create(app, "GCP")
    expect((await again.next("peering")).id).toBe(id)
  })

  test.each([
    ["no list", () => ""],
    ["a list of another database", (known: string) => known.replace(/^\w+/, "00000000")],
    ["a list from the future", (known: string) => known.replace(/\d+$/, "999999")],
    ["a list of another process from the future", () => "7.999999.00000000.1"],
    ["garbage", () => "@ä'\";--"],
  ])("has to read the list again when it names %s", async (_, toNamed) => {
    const { lastEventId } = await readList()
    const stream = await app.stream([`${projectId}@${toNamed(lastEventId)}`])
    const { lastEventId: from } = await stream.next("resync")
    expect(namesOf(stream)).toEqual(["resync"])
    expect(stream.lastEventId()).toBe(from)
    const id = await create()
    expect((await stream.next("peering")).id).toBe(id)
  })

  test("has to read the list again when connections that are gone were dropped since", async () => {
    const { lastEventId } = await readList()
    const { live } = app.services.pollers
    for (let number = 0; number < 501; number += 1)
      live.removePeering(
        { projectId, id: String(number), peer: { providerName: "AWS" } as Peering["peer"] },
        "",
        1,
      )
    const stream = await app.stream([`${projectId}@${lastEventId}`])
    await stream.next("resync")
    expect(namesOf(stream)).toEqual(["resync"])
  })

  test("gets of each project what its list lacks, and no snapshot of one whose list it doesn't name", async () => {
    const { lastEventId } = await readList()
    const id = await create()
    const stream = await app.stream([`${projectId}@${lastEventId}`, otherProject])
    expect((await stream.next("peering")).id).toBe(id)
    expect((await stream.next("resync")).projectId).toBe(otherProject)
    expect(namesOf(stream)).not.toContain("snapshot")
  })

  test("refuses a project that is named twice with different lists", async () => {
    const projects = `${projectId}@,${projectId}@0a1b2c3d.1.0a1b2c3d.1`
    expect(readVerdict(await app.call("GET", apiUrls.events({ projects })))).toBe("400 invalid_request")
  })
})

describe("two processes over one database", () => {
  const createDatabase = useDatabases("postgres")
  let databaseUrl = ""
  let first: TestApp
  let second: TestApp
  beforeAll(async () => {
    ;({ databaseUrl = "" } = await createDatabase())
  }, 300_000)
  beforeEach(async () => {
    first = await startTestApp({ environment: { DATABASE_URL: databaseUrl } })
    second = await startTestApp({ beside: first })
  })
  afterEach(async () => {
    await second.close()
    await first.close()
  })

  test("continue each other's lists with exactly the connection that was missed", async () => {
    const known = await create(first)
    const { lastEventId, peerings } = await readList(first)
    expect(peerings.map(({ id }) => id)).toEqual([known])
    const id = await create(second, "GCP")
    const stream = await second.stream([`${projectId}@${lastEventId}`])
    expect((await stream.next("peering")).id).toBe(id)
    await stream.next("creates")
    expect(namesOf(stream).filter((name) => name !== "watch")).toEqual(["peering", "creates"])
  })

  test("answer a list that is read again with everything up to the reader's last event", async () => {
    await readList(second)
    const stream = await first.stream([`${projectId}@`])
    await stream.next("resync")
    const id = await create(first, "AZURE")
    await stream.next("peering")
    const again = await second.call("GET", apiUrls.peerings(projectId), {
      headers: { "last-event-id": stream.lastEventId() },
    })
    expect(PeeringList.parse(again.json()).peerings.map((one) => one.id)).toContain(id)
  })
})
