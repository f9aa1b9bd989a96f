import {
  Activity,
  apiUrls,
  AuditPage,
  DeletedPeeringList,
  ManagedKeyList,
  Peering,
  PeeringList,
  Timeline,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const minuteMs = 60_000
const key = "simterra"
const terraform = { publicKey: key, projectId } as const
const edited = { providerName: "AWS", routeTableCidrBlock: "10.51.0.0/16" }
const reason = "The pipeline is broken"

async function list(): Promise<Peering[]> {
  return PeeringList.parse((await desk.call("GET", apiUrls.peerings(projectId))).json()).peerings
}
async function find(id: string): Promise<Peering | undefined> {
  return (await list()).find((one) => one.id === id)
}

async function pass(ms = minuteMs): Promise<void> {
  desk.simulator.advance(ms / 1_000)
  desk.clock.advance(ms)
  await list()
}

/** Events are read beside polls, so time passes until they are. */
async function untilSeen(isSeen: () => Promise<boolean>): Promise<void> {
  const passAndLook = async () => {
    await pass()
    return await isSeen()
  }
  await expect.poll(passAndLook).toBe(true)
}

const actAsTerraform = (method: "POST" | "PATCH" | "DELETE", path: string, body?: unknown) =>
  desk.simulator.actAs({ ...terraform, method, path, body })

/** Has the other key create a connection, and waits until the server knows who did. */
async function createByTerraform(): Promise<{ id: string; createdAt: string }> {
  const createdAt = `${desk.simulator.clock().now?.slice(0, 19)}.000Z`
  const { id } = actAsTerraform("POST", "peers", requests.AWS) as { id: string }
  await untilSeen(async () => (await find(id))?.createdBy === "API key simterra")
  return { id, createdAt }
}

async function editByTerraform(id: string): Promise<void> {
  await pass(5 * minuteMs)
  actAsTerraform("PATCH", `peers/${id}`, edited)
  await untilSeen(async () => (await find(id))?.changedOutside !== undefined)
}

const listKey = (body: unknown = { key, name: "terraform-prod" }, cookie?: string) =>
  desk.call("POST", apiUrls.managedBy(projectId), { body, ...(cookie && { headers: { cookie } }) })
const edit = (id: string) =>
  desk.call("PATCH", apiUrls.peering(projectId, id), {
    body: { change: { routeTableCidrBlock: "10.52.0.0/16" }, reason },
  })
const remove = (id: string) =>
  desk.call("DELETE", apiUrls.peering(projectId, id), { body: { name: requests.AWS.vpcId, reason } })
const override = (id: string, headers = {}) =>
  desk.call("POST", apiUrls.managedOverride(projectId, id), { body: { reason }, headers })

test("a connection of an unlisted key shows who created and changed it, with exact times, and locks nothing", async () => {
  const { id, createdAt } = await createByTerraform()
  expect(await find(id)).toMatchObject({ origin: "adopted", createdAt, createdBy: "API key simterra" })
  await editByTerraform(id)
  const peering = await find(id)
  expect(peering?.changedOutside).toMatchObject({ by: "API key simterra" })
  expect(peering?.managedBy).toBeUndefined()
  const changed = await edit(id)
  expect(changed.status).toBe(200)
  expect(Peering.parse(changed.json()).changedOutside).toBeUndefined()
  expect((await find(id))?.changedOutside).toBeUndefined()
  expect((await remove(id)).status).toBe(202)
})

test("a connection of a listed key is neither edited nor deleted by an administrator until it is unlocked", async () => {
  const { id } = await createByTerraform()
  await editByTerraform(id)
  const { keys } = ManagedKeyList.parse((await listKey()).json())
  expect(keys).toMatchObject([{ key, name: "terraform-prod" }])
  expect(await find(id)).toMatchObject({
    managedBy: "terraform-prod",
    createdBy: "API key terraform-prod",
  })
  expect(readVerdict(await edit(id))).toBe("409 managed_elsewhere")
  const refused = await remove(id)
  expect(readVerdict(refused)).toBe("409 managed_elsewhere")
  expect(readProblem(refused).detail).toContain("terraform-prod")
  expect([desk.asked("PATCH", `/peers/${id}`), desk.asked("DELETE", `/peers/${id}`)]).toEqual([0, 0])

  const unlocked = Peering.parse((await override(id)).json())
  expect(unlocked).toMatchObject({ managedBy: "terraform-prod", override: { reason } })
  expect((await edit(id)).status).toBe(200)
  const { rows } = AuditPage.parse((await desk.call("GET", apiUrls.audit({ limit: "200" }))).json())
  const found = rows.find(({ action }) => action === "managed-override")
  expect(found).toMatchObject({ reason, peeringId: id, detail: { name: "terraform-prod" } })
  expect((await find(id))?.managedBy).toBeUndefined()

  await pass()
  actAsTerraform("PATCH", `peers/${id}`, edited)
  await untilSeen(async () => (await find(id))?.managedBy === "terraform-prod")
  expect(readVerdict(await edit(id))).toBe("409 managed_elsewhere")
})

test("a key that is removed from the list locks nothing any more", async () => {
  const { id } = await createByTerraform()
  await listKey()
  expect(readVerdict(await edit(id))).toBe("409 managed_elsewhere")
  expect((await desk.call("DELETE", apiUrls.managedKey(projectId, key))).status).toBe(204)
  expect(readVerdict(await desk.call("DELETE", apiUrls.managedKey(projectId, key)))).toBe("404 not_found")
  expect((await find(id))?.managedBy).toBeUndefined()
  await pass(5 * minuteMs)
  expect((await edit(id)).status).toBe(200)
  expect(readVerdict(await override(id))).toBe("422 not_changeable")
})

test("POST /managed-by refuses this server's own key, texts that are no key, and people who are not administrators", async () => {
  expect(readProblem(await listKey({ key: "simowner", name: "us" })).fields?.["key"]).toMatch(/own key/)
  for (const bad of [{ key: "a b c d", name: "x" }, { key, name: "" }, { key }, {}])
    expect(readVerdict(await listKey(bad))).toBe("400 invalid_request")
  const viewer = await desk.signIn("victor")
  expect(readVerdict(await listKey(undefined, viewer))).toBe("403 forbidden")
  const { id } = await createByTerraform()
  await listKey()
  expect(readVerdict(await override(id, { cookie: viewer }))).toBe("403 forbidden")
})

test("timeline, activity and deleted connections name who acted in Atlas, at Atlas's time", async () => {
  const { id, createdAt } = await createByTerraform()
  await listKey()
  await pass(5 * minuteMs)
  actAsTerraform("DELETE", `peers/${id}`)
  const readActivity = async () => Activity.parse((await desk.call("GET", apiUrls.activity())).json()).entries
  await untilSeen(async () => (await readActivity()).some(({ what }) => what === "atlas-peering-delete"))
  const entries = await readActivity()
  const created = entries.find(({ what }) => what === "atlas-peering-create")
  expect(created).toMatchObject({ at: createdAt, actorName: "API key terraform-prod", peeringId: id })
  expect(Date.parse(created?.readAt ?? "")).toBeGreaterThan(Date.parse(createdAt))
  const ofIt = entries.filter(({ peeringId }) => peeringId === id).map(({ what }) => what)
  expect(ofIt).not.toContain("gone")
  const { acts } = Timeline.parse((await desk.call("GET", apiUrls.timeline(projectId, id))).json())
  expect(acts.map(({ action, by }) => [action, by])).toEqual([
    ["atlas-peering-create", "API key terraform-prod"],
    ["atlas-peering-delete", "API key terraform-prod"],
  ])
  expect(acts[0]?.at).toBe(createdAt)
  const { deletedPeerings } = DeletedPeeringList.parse(
    (await desk.call("GET", apiUrls.deletedPeerings(projectId))).json(),
  )
  expect(deletedPeerings[0]).toMatchObject({
    id,
    deletedBy: "API key terraform-prod",
    deletedAt: acts[1]?.at,
  })
})
