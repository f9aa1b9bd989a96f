import { seededIds } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  AuditPage,
  DeletedPeeringList,
  idempotencyKeyHeader,
  Peering,
  PeeringList,
  type AtlasPeer,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { passRemoval, reason, summariseRows } from "#test/support/changes.ts"
import type { Answer } from "#test/support/http.ts"
import { readProblem, readVerdict, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const projectId = seededIds.payments
const key = "a-key-made-for-one-dialog"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

async function list(): Promise<PeeringList> {
  return PeeringList.parse((await desk.call("GET", apiUrls.peerings(projectId))).json())
}

function nameOf(peer: AtlasPeer): string {
  return (
    (peer.providerName === "AWS"
      ? peer.vpcId
      : peer.providerName === "GCP"
        ? peer.networkName
        : peer.vnetName) ?? ""
  )
}

async function find(name: string): Promise<Peering> {
  return (await list()).peerings.find(({ peer }) => nameOf(peer) === name)!
}

function send(id: string, name: string, more: Record<string, string | undefined> = {}): Promise<Answer> {
  const headers = { [idempotencyKeyHeader]: key, cookie: more["cookie"] ?? desk.cookie }
  const body = { name, reason: more["reason"] ?? reason }
  return desk.call("POST", apiUrls.requestAgain(projectId, id), { body, headers })
}

/** Sends a create that replaces a failed peering. */
function replace(replaces: string, request: object, more: Record<string, string> = {}): Promise<Answer> {
  const headers = { [idempotencyKeyHeader]: more["key"] ?? key, cookie: desk.cookie }
  return desk.call("POST", apiUrls.peerings(projectId), { body: { request, reason, replaces }, headers })
}

async function readChanges() {
  const page = AuditPage.parse((await desk.call("GET", apiUrls.audit({ limit: "200" }))).json())
  return page.rows.filter(({ action }) => action.startsWith("peering-")).toReversed()
}

describe("POST /request-again", () => {
  test.each(["vpc-7b64b41e", "vpc-0f1e2d3c4b5a69788"])(
    "deletes the failed peering of %s and creates the same again, audited with one reason",
    async (name) => {
      const failed = await find(name)
      const answering = send(failed.id, ` ${name} `)
      await desk.clock.untilWaiting(2_000)
      const { creates, peerings } = await list()
      expect(creates).toMatchObject([{ key, state: "deleting-first", replaces: failed.id }])
      expect(peerings.map(({ id }) => id)).toContain(failed.id)
      await passRemoval(desk)
      const answer = await answering
      expect(answer.status).toBe(201)
      const created = Peering.parse(answer.json())
      expect(answer.headers.location).toBe(apiUrls.peering(projectId, created.id))
      expect(created.id).not.toBe(failed.id)
      expect(created).toMatchObject({ origin: "created-here", createdBy: "Olivia Marsh" })
      expect(nameOf(created.peer)).toBe(name)
      expect(created.peer.containerId).toBe(failed.peer.containerId)
      const after = await list()
      expect(after.peerings.map(({ id }) => id)).not.toContain(failed.id)
      expect(after.creates).toBe(undefined)
      const rows = await readChanges()
      expect(summariseRows(rows)).toEqual(["attempt", "done 202", "attempt", "done 201"])
      expect(rows.map(({ action }) => action)).toEqual([
        "peering-delete",
        "peering-delete",
        "peering-create",
        "peering-create",
      ])
      expect(new Set(rows.map((row) => row.reason))).toEqual(new Set([reason]))
      const deleted = await desk.call("GET", apiUrls.deletedPeerings(projectId))
      const { deletedPeerings } = DeletedPeeringList.parse(deleted.json())
      expect(deletedPeerings.find(({ id }) => id === failed.id)).toMatchObject({
        deletedBy: "Olivia Marsh",
        deleteReason: reason,
      })
    },
  )

  test("answers a repeated request with the same peering, and sends nothing twice", async () => {
    const { id } = await find("vpc-7b64b41e")
    const answering = send(id, "vpc-7b64b41e")
    await desk.clock.untilWaiting(2_000)
    expect(readVerdict(await send(id, "vpc-7b64b41e"))).toBe("409 still_running")
    await passRemoval(desk)
    const created = Peering.parse((await answering).json())
    const again = await send(id, "vpc-7b64b41e")
    expect(again.status).toBe(201)
    expect(Peering.parse(again.json()).id).toBe(created.id)
    expect(readVerdict(await send(id, "vpc-7b64b41e", { reason: "Another" }))).toBe(
      "422 idempotency_key_reused",
    )
    expect(desk.asked("POST", "/peers")).toBe(1)
    expect(desk.asked("DELETE", `/peers/${id}`)).toBe(1)
  })

  test("refuses a peering that did not fail, a wrong name, and a viewer, before anything is deleted", async () => {
    const available = await find("vpc-05c1d9e87b3a2f406")
    const working = await send(available.id, "vpc-05c1d9e87b3a2f406")
    expect(readVerdict(working)).toBe("422 not_changeable")
    expect(readProblem(working).detail).toBe(
      "Only a failed connection can be deleted and requested again. This one is AVAILABLE.",
    )
    const failed = await find("vpc-7b64b41e")
    expect(readProblem(await send(failed.id, "vpc-7b64b41f")).fields).toEqual({
      name: "Type vpc-7b64b41e to confirm",
    })
    const cookie = await desk.signIn("victor")
    expect(readVerdict(await send(failed.id, "vpc-7b64b41e", { cookie }))).toBe("403 forbidden")
    const noKey = await desk.call("POST", apiUrls.requestAgain(projectId, failed.id), {
      body: { name: "vpc-7b64b41e", reason },
    })
    expect(readVerdict(noKey)).toBe("400 idempotency_key_required")
    expect(desk.asked("DELETE", `/peers/${failed.id}`)).toBe(0)
    expect(await readChanges()).toEqual([])
  })

  test.each(["missing-ledger-net", "vnet-settlement"])(
    "refuses to repeat the values of %s, which would fail again, and deletes nothing",
    async (name) => {
      const { id } = await find(name)
      const answer = await send(id, name)
      expect(readVerdict(answer)).toBe("422 not_changeable")
      expect(readProblem(answer).detail).toBe(
        "The same values were refused before. Correct at least one of them.",
      )
      expect(desk.asked("DELETE", `/peers/${id}`)).toBe(0)
    },
  )

  test("creates nothing when Atlas refuses the deletion, and continues under the same key", async () => {
    const { id } = await find("vpc-7b64b41e")
    desk.simulator.addFault({ match: { method: "DELETE" }, fault: { status: 409 }, times: 1 })
    expect((await send(id, "vpc-7b64b41e")).status).toBe(422)
    expect(desk.asked("POST", "/peers")).toBe(0)
    expect((await list()).creates).toMatchObject([{ key, state: "not-created", replaces: id }])
    const answering = send(id, "vpc-7b64b41e")
    await passRemoval(desk)
    expect((await answering).status).toBe(201)
    expect((await list()).creates).toBe(undefined)
  })

  test("leaves a connection alone that a colleague restarted after Atlas refused its deletion", async () => {
    const { id, peer } = await find("vpc-7b64b41e")
    desk.simulator.addFault({ match: { method: "DELETE" }, fault: { status: 409 }, times: 1 })
    expect((await send(id, "vpc-7b64b41e")).status).toBe(422)
    const change = peer.providerName === "AWS" && { vpcId: peer.vpcId }
    const restart = { body: { reason, change, startAnew: true } }
    expect((await desk.call("PATCH", apiUrls.peering(projectId, id), restart)).status).toBe(200)
    desk.simulator.advance(60)
    desk.simulator.cloudSide(id, "accept")
    desk.simulator.advance(60)
    desk.clock.advance(60_000)
    const again = await send(id, "vpc-7b64b41e")
    expect(readVerdict(again)).toBe("422 not_changeable")
    expect(readProblem(again).detail).toBe(
      "Only a failed connection can be deleted and requested again. This one is AVAILABLE.",
    )
    expect(desk.asked("DELETE", `/peers/${id}`)).toBe(1)
    expect(desk.asked("POST", "/peers")).toBe(0)
  })

  test("looks up a lost answer of the deletion, and sends neither change twice", async () => {
    const { id } = await find("vpc-7b64b41e")
    desk.simulator.addFault({ match: { method: "DELETE" }, fault: { cut: "after" }, times: 1 })
    const answering = send(id, "vpc-7b64b41e")
    await passRemoval(desk)
    expect((await answering).status).toBe(201)
    expect(desk.asked("DELETE", `/peers/${id}`)).toBe(1)
    expect(summariseRows(await readChanges())).toEqual(["attempt", "unknown", "done", "attempt", "done 201"])
  })

  test("looks up a lost answer of the create, and never sends it again", async () => {
    const { id } = await find("vpc-7b64b41e")
    desk.simulator.addFault({ match: { method: "POST", path: "/peers" }, fault: { cut: "after" }, times: 1 })
    const answering = send(id, "vpc-7b64b41e")
    await passRemoval(desk)
    const answer = await answering
    expect(answer.status).toBe(201)
    expect(nameOf(Peering.parse(answer.json()).peer)).toBe("vpc-7b64b41e")
    expect(desk.asked("POST", "/peers")).toBe(1)
  })

  test("creates nothing when Atlas fails to remove the old peering", async () => {
    const request = {
      ...requests.AZURE,
      vnetName: "stuck-vnet",
      containerId: (await find("vnet-settlement")).peer.containerId,
    }
    const { id } = Peering.parse((await desk.create(projectId, request)).json())
    desk.simulator.advance(600)
    desk.simulator.cloudSide(id, "revoke-permission")
    desk.clock.advance(5_000)
    const answering = replace(id, { ...request, vnetName: "free-vnet" })
    await passRemoval(desk)
    const answer = await answering
    expect(readVerdict(answer)).toBe("502 atlas_failed")
    expect(readProblem(answer).detail).toBe(
      "Atlas could not delete the failed connection (FAILED). No new one was requested.",
    )
    expect(desk.asked("POST", "/peers")).toBe(1)
  })
})

describe("POST /peerings that replaces a failed peering", () => {
  /** A request that ended with INVALID_ARGUMENT, since AWS has no such VPC. */
  async function createWrong() {
    const { containerId } = (await find("vpc-7b64b41e")).peer
    const request = {
      ...requests.AWS,
      containerId,
      vpcId: "vpc-0bad5eed0bad5eed1",
      routeTableCidrBlock: "10.77.0.0/16",
    }
    const { id } = Peering.parse((await desk.create(projectId, request)).json())
    desk.simulator.advance(600)
    desk.clock.advance(60_000)
    await list()
    return { id, request }
  }

  test("deletes it, then sends the corrected values, in one act", async () => {
    const { id, request } = await createWrong()
    const corrected = { ...request, vpcId: "vpc-0123456789abcdef0" }
    const answering = replace(id, corrected)
    await desk.clock.untilWaiting(2_000)
    await passRemoval(desk)
    const answer = await answering
    expect(answer.status).toBe(201)
    const created = Peering.parse(answer.json())
    expect(created.peer).toMatchObject({ vpcId: corrected.vpcId, statusName: "INITIATING" })
    expect((await list()).peerings.map((one) => one.id)).not.toContain(id)
    expect(Peering.parse((await replace(id, corrected)).json()).id).toBe(created.id)
    expect(desk.asked("POST", "/peers")).toBe(2)
    expect(desk.asked("DELETE", `/peers/${id}`)).toBe(1)
  })

  test("deletes nothing for the values that were refused, or for a request that Atlas would refuse", async () => {
    const { id, request } = await createWrong()
    const same = await replace(id, request)
    expect(readVerdict(same)).toBe("422 not_changeable")
    expect(readProblem(same).detail).toBe(
      "The same values were refused before. Correct at least one of them.",
    )
    const overlapping = {
      ...request,
      vpcId: "vpc-0123456789abcdef0",
      routeTableCidrBlock: "192.168.248.0/21",
    }
    expect(readVerdict(await replace(id, overlapping))).toBe("422 preflight_refused")
    const working = await find("vpc-05c1d9e87b3a2f406")
    expect(readVerdict(await replace(working.id, { ...request, vpcId: "vpc-0123456789abcdef0" }))).toBe(
      "422 not_changeable",
    )
    expect(desk.asked("DELETE", "/peers/")).toBe(0)
  })

  test("creates the connection alone when the failed one is gone already", async () => {
    const { id, request } = await createWrong()
    await desk.call("DELETE", apiUrls.peering(projectId, id), { body: { name: request.vpcId, reason } })
    desk.simulator.advance(600)
    desk.clock.advance(60_000)
    await list()
    const answer = await replace(id, { ...request, vpcId: "vpc-0123456789abcdef0" })
    expect(answer.status).toBe(201)
    expect(desk.asked("DELETE", `/peers/${id}`)).toBe(1)
  })
})
