import { seededIds } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  AuditPage,
  BlastRadius,
  Container,
  Peering,
  PeeringList,
  PeeringRemoval,
  DeletedPeeringList,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { setLabel } from "#polling/annotations.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import type { Answer } from "#test/support/http.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const names = { AWS: requests.AWS.vpcId, GCP: requests.GCP.networkName, AZURE: requests.AZURE.vnetName }

async function create(cloud: ProviderName, more: object = {}): Promise<string> {
  const request = { ...requests[cloud], ...more }
  const key = `a-key-for-the-form-of-${cloud}-${Object.keys(more).join("")}`
  return Peering.parse((await desk.create(projectId, request, key)).json()).id
}

function remove(id: string, name: string, of: string = projectId): Promise<Answer> {
  return desk.call("DELETE", apiUrls.peering(of, id), { body: { reason: "Orders moved away", name } })
}

async function radius(id: string, of: string = projectId): Promise<BlastRadius> {
  return BlastRadius.parse((await desk.call("GET", apiUrls.blastRadius(of, id))).json())
}

async function rows() {
  const page = AuditPage.parse((await desk.call("GET", apiUrls.audit({ action: "peering-delete" }))).json())
  return page.rows.toReversed()
}

async function list(): Promise<Peering[]> {
  return PeeringList.parse((await desk.call("GET", apiUrls.peerings(projectId))).json()).peerings
}

describe("DELETE of a peering", () => {
  test.each(["AWS", "GCP", "AZURE"] as const)(
    "follows a %s peering to its end without viewers, and is audited",
    async (cloud) => {
      const id = await create(cloud)
      const removal = PeeringRemoval.parse((await remove(id, ` ${names[cloud]} `)).json())
      expect(removal.state).toBe("closing")
      expect(removal.peering?.history.at(-1)?.status).toBe(cloud === "AWS" ? "TERMINATING" : "DELETING")
      desk.simulator.advance(60)
      await desk.clock.untilWaiting(10_000)
      desk.clock.advance(10_000)
      await expect.poll(() => desk.services.pollers.live.find(projectId, id)).toBe(null)
      const { deletedPeerings } = DeletedPeeringList.parse(
        (await desk.call("GET", apiUrls.deletedPeerings(projectId))).json(),
      )
      expect(deletedPeerings.map((peering) => peering.id)).toEqual([id])
      expect(await rows()).toMatchObject([
        { kind: "attempt", peeringId: id, reason: "Orders moved away", before: { id } },
        { kind: "outcome", outcome: "done", answerCode: "202", after: { id } },
      ])
    },
  )

  test("shows the deletion although a poll was under way that left before it", async () => {
    const id = await create("AWS")
    const lists = { method: "GET", path: `/groups/${projectId}/peers?providerName=AWS` }
    const deletes = { method: "DELETE", path: `/groups/${projectId}/peers/${id}` }
    const results = await desk.services.atlas.listPeers(projectId, "AWS")
    const body = { results, totalCount: results.length }
    const cloud = desk.services.pollers.of(projectId, "AWS")
    await cloud.poll(0)
    desk.simulator.addFault({ match: deletes, fault: { delayMs: 200 }, times: 1 })
    const removing = remove(id, names.AWS)
    await expect.poll(() => desk.simulator.faults()).toEqual([])
    // The simulator answers with what it had before the deletion.
    desk.simulator.addFault({ match: lists, fault: { delayMs: 600, status: 200, body }, times: 1 })
    const polling = cloud.poll(0)
    const removal = PeeringRemoval.parse((await removing).json())
    expect(removal.peering?.history.at(-1)?.status).toBe("TERMINATING")
    await polling
  })

  test("shows the deletion although a name was stored while its list was on the way", async () => {
    const id = await create("AZURE")
    const lists = { method: "GET", path: `/groups/${projectId}/peers?providerName=AZURE` }
    const deletes = { method: "DELETE", path: `/groups/${projectId}/peers/${id}` }
    desk.simulator.addFault({ match: deletes, fault: { delayMs: 200 }, times: 1 })
    const removing = remove(id, names.AZURE)
    await expect.poll(() => desk.simulator.faults()).toEqual([])
    desk.simulator.addFault({ match: lists, fault: { delayMs: 600 }, times: 1 })
    await expect.poll(() => desk.simulator.faults()).toEqual([])
    const { clock, store } = desk.services
    await setLabel(store, { projectId, id }, "Ledger", { by: "Olivia", at: clock.now() })
    const removal = PeeringRemoval.parse((await removing).json())
    expect(removal.peering?.history.at(-1)?.status).toBe("DELETING")
    expect(await list()).toMatchObject([{ id, label: "Ledger", peer: { status: "DELETING" } }])
  })

  test("requires the name: otherwise nothing is sent or audited", async () => {
    const id = await create("AWS")
    for (const name of ["", "vpc-0", id, names.AWS.toUpperCase()])
      expect(readProblem(await remove(id, name)).fields?.["name"]).toContain(names.AWS)
    expect(desk.asked("DELETE", `/peers/${id}`)).toBe(0)
    expect(await rows()).toEqual([])
    const unexplained = await desk.call("DELETE", apiUrls.peering(projectId, id), {
      body: { name: names.AWS },
    })
    expect(readProblem(unexplained).fields).toHaveProperty("reason")
  })

  test.each([
    ["GCP", { gcpProjectId: "acme-billing" }, "acme-payments-prod-417203/payments-vpc"],
    ["AZURE", { resourceGroupName: "rg-billing" }, "rg-payments-network/vnet-payments"],
  ] as const)(
    "requires a longer name where two %s peerings share the short one",
    async (cloud, other, name) => {
      const id = await create(cloud)
      const otherId = await create(cloud, other)
      expect((await radius(id)).confirmBy).toBe(name)
      expect(readProblem(await remove(id, names[cloud])).fields?.["name"]).toContain(name)
      expect(PeeringRemoval.parse((await remove(id, name)).json()).state).toBe("closing")
      expect((await radius(otherId)).confirmBy).not.toBe(names[cloud])
    },
  )

  test("requires Atlas's id for a VPC that is peered with two containers", async () => {
    const made = await desk.call("POST", apiUrls.containers(projectId), {
      body: {
        container: { providerName: "AWS", atlasCidrBlock: "10.200.0.0/21", regionName: "US_WEST_2" },
        reason: "The other region",
      },
    })
    const id = await create("AWS")
    await create("AWS", { containerId: Container.parse(made.json()).id })
    expect((await radius(id)).confirmBy).toBe(id)
    expect((await remove(id, id)).status).toBe(202)
  })

  test("returns 403 to a viewer", async () => {
    const id = await create("AWS")
    const cookie = await desk.signIn("victor")
    const body = { reason: "no", name: names.AWS }
    const answer = await desk.call("DELETE", apiUrls.peering(projectId, id), { body, headers: { cookie } })
    expect(readVerdict(answer)).toBe("403 forbidden")
    expect(desk.asked("DELETE", `/peers/${id}`)).toBe(0)
  })

  test("deletes a failed peering, and may be sent twice [B1] [B4]", async () => {
    const id = await create("AWS")
    desk.simulator.advance(20)
    desk.simulator.cloudSide(id, "reject")
    expect((await remove(id, names.AWS)).status).toBe(202)
    expect(PeeringRemoval.parse((await remove(id, names.AWS)).json()).state).toBe("closing")
    expect((await rows()).map(({ outcome, answerCode }) => [outcome, answerCode])).toEqual([
      [null, null],
      ["done", "202"],
      [null, null],
      ["done", "409 PEER_ALREADY_REQUESTED_DELETION"],
    ])
  })

  test("reports a peering that somebody else deleted as gone", async () => {
    const id = await create("AWS")
    desk.simulator.reset()
    for (const removal of [await remove(id, names.AWS), await remove(id, names.AWS)]) {
      expect(removal.json()).toEqual({ state: "gone", peering: null })
      // The OpenAPI document has no other.
      expect(removal.status).toBe(202)
    }
    expect(readVerdict(await remove("0123456789abcdef01234567", names.AWS))).toBe("404 peering_not_found")
  })

  test.each([
    ["after the work was done", { cut: "after" }],
    ["while it came", { cut: "during" }],
  ])("looks up an answer that is lost %s", async (_, fault) => {
    const id = await create("AWS")
    desk.simulator.addFault({ match: { method: "DELETE" }, fault, times: 1 })
    expect(PeeringRemoval.parse((await remove(id, names.AWS)).json())).toMatchObject({ state: "closing" })
    expect(desk.asked("DELETE", `/peers/${id}`)).toBe(1)
    expect((await rows()).map(({ outcome }) => outcome)).toEqual([null, "unknown", "done"])
  })

  test("returns 504 when it may not have reached Atlas, and can be sent again", async () => {
    const id = await create("AWS")
    desk.simulator.addFault({ match: { method: "DELETE" }, fault: { status: 503 }, times: 1 })
    const answer = remove(id, names.AWS)
    for (const delayMs of [1_000, 3_000]) {
      await desk.clock.untilWaiting(delayMs)
      desk.clock.advance(delayMs)
    }
    expect(readVerdict(await answer)).toBe("504 outcome_unknown")
    expect((await list())[0]?.id).toBe(id)
    expect((await remove(id, names.AWS)).status).toBe(202)
    expect((await rows()).map(({ outcome }) => outcome)).toEqual([null, "unknown", null, "done"])
  })

  test("reports a refusal by Atlas and audits it", async () => {
    const id = await create("AWS")
    const fault = { status: 401, body: { error: 401, errorCode: "USER_UNAUTHORIZED", detail: "No." } }
    desk.simulator.addFault({ match: { method: "DELETE" }, fault, times: 1 })
    expect(readVerdict(await remove(id, names.AWS))).toBe("502 atlas_rights_missing")
    expect((await rows()).at(-1)).toMatchObject({ outcome: "refused", answerCode: "401 USER_UNAUTHORIZED" })
  })
})

describe("GET …/blast-radius", () => {
  test("lists the security groups and the unused container of the last AWS peering", async () => {
    const id = await create("AWS")
    const only = await radius(id)
    expect(only).toMatchObject({
      confirmBy: names.AWS,
      lastAwsConnection: true,
      container: { id: requests.AWS.containerId, providerName: "AWS" },
      containerLeftWithoutPeers: true,
      sharing: [],
      recreateBy: requests.AWS,
    })
    expect(only.securityGroups).toEqual([])
    desk.clock.advance(10_000)
    desk.simulator.addFault({ match: { path: "/accessList" }, fault: { status: 500 } })
    desk.simulator.addFault({ match: { path: "/containers" }, fault: { status: 500 } })
    expect(await radius(id)).toMatchObject({ securityGroups: null, container: null, lastAwsConnection: true })
  })

  test("lists the peerings that share the container", async () => {
    const { peerings } = PeeringList.parse(
      (await desk.call("GET", apiUrls.peerings(seededIds.payments))).json(),
    )
    const shared = peerings.find(
      ({ peer }) => peer.providerName === "AWS" && peer.statusName === "AVAILABLE",
    )!
    const found = await radius(shared.id, seededIds.payments)
    const neighbours = peerings.filter(
      ({ id, peer }) =>
        id !== shared.id &&
        peer.providerName === "AWS" &&
        peer.containerId === shared.peer.containerId &&
        peer.statusName !== "TERMINATING",
    )
    expect(found.lastAwsConnection).toBe(false)
    expect(found.securityGroups).toEqual([])
    expect(found.sharing.map(({ id }) => id).toSorted()).toEqual(neighbours.map(({ id }) => id).toSorted())
    expect(found.containerLeftWithoutPeers).toBe(neighbours.length === 0)
  })

  test.each(["GCP", "AZURE"] as const)("has the request that creates a %s peering again", async (cloud) => {
    expect(await radius(await create(cloud))).toMatchObject({
      confirmBy: names[cloud],
      lastAwsConnection: false,
      recreateBy: requests[cloud],
    })
  })
})
