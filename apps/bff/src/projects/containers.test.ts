import { seededIds } from "@peering-desk/atlas-simulator"
import {
  AddressSpace,
  apiUrls,
  Container,
  ContainerList,
  type NewContainer,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { readProblem, readVerdict } from "#test/support/requests.ts"
import { passLookUps, listAuditRows, reason, summariseRows } from "#test/support/changes.ts"

const { analytics, emptySandbox, payments } = seededIds

const newContainers: Record<ProviderName, NewContainer> = {
  AWS: { providerName: "AWS", atlasCidrBlock: "10.8.0.0/21", regionName: "EU_WEST_1" },
  GCP: { providerName: "GCP", atlasCidrBlock: "10.64.0.0/23", regions: ["CENTRAL_US", "WESTERN_EUROPE"] },
  AZURE: { providerName: "AZURE", atlasCidrBlock: "10.24.0.0/24", region: "US_EAST_2" },
}

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const create = (container: unknown, projectId: string = emptySandbox) =>
  desk.call("POST", apiUrls.containers(projectId), { body: { container, reason } })
const remove = (projectId: string, { providerName, id }: Pick<Container, "providerName" | "id">) =>
  desk.call("DELETE", apiUrls.container(projectId, id, { providerName: providerName }), { body: { reason } })

async function list(projectId: string): Promise<Container[]> {
  return ContainerList.parse((await desk.call("GET", apiUrls.containers(projectId))).json()).containers
}

async function makeOld(container: NewContainer): Promise<Container> {
  const made = Container.parse((await create(container)).json())
  desk.simulator.advance(60)
  return made
}

describe("containers", () => {
  test.each([newContainers.AWS, newContainers.GCP, newContainers.AZURE])(
    "can be created and deleted on $providerName, both audited",
    async (container) => {
      const answer = await create(container)
      expect(answer.status).toBe(201)
      const made = Container.parse(answer.json())
      expect(made).toMatchObject({ ...container, provisioned: false })
      expect(await list(emptySandbox)).toEqual([made])

      desk.simulator.advance(60)
      expect((await remove(emptySandbox, made)).status).toBe(204)
      expect(await list(emptySandbox)).toEqual([])

      const [attempt, done] = await listAuditRows(desk, "container-create")
      expect(attempt).toMatchObject({ kind: "attempt", reason, projectId: emptySandbox })
      expect(done).toMatchObject({
        outcome: "done",
        answerCode: "201",
        after: { id: made.id, atlasCidrBlock: container.atlasCidrBlock },
      })
      const removal = await listAuditRows(desk, "container-delete")
      expect(summariseRows(removal)).toEqual(["attempt", "done 204"])
      expect(removal[0]).toMatchObject({ reason, before: { id: made.id }, after: null })
    },
  )

  test("appear in the address space at once, and disappear at once", async () => {
    const readHere = async () => {
      const space = AddressSpace.parse(
        (await desk.call("GET", apiUrls.addressSpace({ project: emptySandbox }))).json(),
      ).projects
      return space.find(({ project }) => project.id === emptySandbox)?.containers.length
    }
    expect(await readHere()).toBe(0)
    const made = await makeOld(newContainers.AWS)
    expect(await readHere()).toBe(1)
    await remove(emptySandbox, made)
    expect(await readHere()).toBe(0)
  })

  test("are returned as Atlas has them, also if that differs from the request [C7]", async () => {
    const other = {
      id: "64b1f0a27c3d5e4f8a9b0d00",
      atlasCidrBlock: "192.168.248.0/21",
      regionName: "EU_WEST_1",
    }
    desk.simulator.addFault({
      match: { method: "POST", path: "/containers" },
      fault: { status: 201, body: { ...other, provisioned: false } },
    })
    expect((await create(newContainers.AWS)).json()).toMatchObject(other)
    expect((await listAuditRows(desk, "container-create")).at(-1)).toMatchObject({
      after: { atlasCidrBlock: "192.168.248.0/21" },
    })
  })
})

describe("container routes before any call to Atlas", () => {
  test.each([
    ["atlasCidrBlock", { ...newContainers.AWS, atlasCidrBlock: "10.8.0.1/21" }],
    ["regionName", { ...newContainers.AWS, regionName: "eu-west-1" }],
    ["region", { ...newContainers.AZURE, region: "eastus2" }],
    ["regions.1", { ...newContainers.GCP, regions: ["CENTRAL_US", "europe-west1"] }],
    ["vpcId", { ...newContainers.AWS, vpcId: "vpc-0a1b2c3d4e5f60718" }],
    ["providerName", { ...newContainers.AWS, providerName: "aws" }],
  ])("refuse a wrong %s", async (field, container) => {
    const answer = await create(container)
    expect(readVerdict(answer)).toBe("400 invalid_request")
    expect(Object.keys(readProblem(answer).fields ?? {})).toEqual([field])
    expect(desk.simulator.calls().total.requests).toBe(0)
  })

  test("refuse a change without a reason [G6]", async () => {
    const body = { container: newContainers.AWS }
    const answer = await desk.call("POST", apiUrls.containers(emptySandbox), { body })
    expect(Object.keys(readProblem(answer).fields ?? {})).toEqual(["reason"])
    const url = apiUrls.container(payments, payments, { providerName: "AWS" })
    expect(readVerdict(await desk.call("DELETE", url, { body: { reason: " " } }))).toBe("400 invalid_request")
  })

  test.each([
    ["victor", "403 forbidden"],
    ["sam", "404 project_not_found"],
  ])("refuse a change by %s", async (persona, verdict) => {
    const headers = { cookie: await desk.signIn(persona) }
    const body = { container: newContainers.AWS, reason }
    const url = apiUrls.container(payments, "64b1f0a27c3d5e4f8a9b0c1d", { providerName: "AWS" })
    expect(readVerdict(await desk.call("POST", apiUrls.containers(payments), { body, headers }))).toBe(
      verdict,
    )
    expect(readVerdict(await desk.call("DELETE", url, { body: { reason }, headers }))).toBe(verdict)
    expect(desk.simulator.calls().total.requests).toBe(0)
  })

  test("refuse to delete a container that is missing or named without its cloud", async () => {
    const missing = { providerName: "AWS", id: "64b1f0a27c3d5e4f8a9b0fff" } as const
    expect(readVerdict(await remove(payments, missing))).toBe("404 container_not_found")
    const url = `${apiUrls.containers(payments)}/${missing.id}`
    const nameless = await desk.call("DELETE", url, { body: { reason } })
    expect(Object.keys(readProblem(nameless).fields ?? {})).toEqual(["providerName"])
    expect(desk.asked("DELETE", missing.id)).toBe(0)
  })
})

describe("the explanation of Atlas's refusal", () => {
  test("names the first container when a second one is refused in a region", async () => {
    const first = Container.parse((await create(newContainers.AWS)).json())
    const answer = await create({ ...newContainers.AWS, atlasCidrBlock: "10.16.0.0/21" })
    expect(readVerdict(answer)).toBe("422 atlas_refused")
    expect(readProblem(answer).detail).toContain(`${first.id} with 10.8.0.0/21`)
    expect(summariseRows(await listAuditRows(desk, "container-create")).at(-1)).toBe(
      "refused 409 CONTAINER_ALREADY_EXISTS",
    )
  })

  test("names the peerings in a container in use [C4]", async () => {
    const container = (await list(analytics))[0]!
    const answer = await remove(analytics, container)
    expect(readVerdict(answer)).toBe("422 atlas_refused")
    const { detail, atlas } = readProblem(answer)
    expect(atlas?.errorCode).toBe("CONTAINERS_IN_USE")
    expect(detail).toMatch(
      /^2 connections live in it: [0-9a-f]{24} \(AVAILABLE\), [0-9a-f]{24} \(WAITING_FOR_USER\)\. Delete them first\.$/,
    )
    expect(summariseRows(await listAuditRows(desk, "container-delete"))).toEqual([
      "attempt",
      "refused 409 CONTAINERS_IN_USE",
    ])
  })

  test("names a cluster or a delay for a container without peerings [C2]", async () => {
    // Every used container of the demo has peerings, so they are hidden here.
    const container = (await list(analytics))[0]!
    desk.simulator.addFault({
      match: { method: "GET", path: `/${analytics}/peers` },
      fault: { status: 200, body: { results: [], totalCount: 0, links: [] } },
    })
    expect(readProblem(await remove(analytics, container)).detail).toContain("It has no connections")
  })

  test("claims no lack of peerings when they can't be listed", async () => {
    const container = (await list(analytics))[0]!
    desk.simulator.addFault({
      match: { method: "GET", path: `/${analytics}/peers` },
      fault: { status: 403, body: { error: 403, errorCode: "IP_ADDRESS_NOT_ON_ACCESS_LIST" } },
    })
    const { atlas, detail } = readProblem(await remove(analytics, container))
    expect(atlas?.errorCode).toBe("CONTAINERS_IN_USE")
    expect(detail ?? "").not.toContain("It has no connections")
  })

  test("says to wait a little for a new container [C5]", async () => {
    const made = Container.parse((await create(newContainers.AZURE)).json())
    const problem = readProblem(await remove(emptySandbox, made))
    expect(problem).toMatchObject({
      atlas: { errorCode: "CANNOT_DELETE_RECENTLY_CREATED_CONTAINER" },
      retryAfterSeconds: 10,
    })
    expect(problem.detail).toContain("Try again in 10 seconds")
    desk.simulator.advance(10)
    expect((await remove(emptySandbox, made)).status).toBe(204)
  })
})

describe("a lost answer of a container change", () => {
  test.each(["during", "after"] as const)(
    "is looked up after a create, which is sent once: cut %s",
    async (cut) => {
      desk.simulator.addFault({ match: { method: "POST" }, fault: { cut } })
      const answer = await create(newContainers.AZURE)
      expect([answer.status, answer.json()]).toMatchObject([201, newContainers.AZURE])
      expect(desk.asked("POST", "/containers")).toBe(1)
      expect(summariseRows(await listAuditRows(desk, "container-create"))).toEqual([
        "attempt",
        "unknown",
        "done",
      ])
    },
  )

  test("stays unknown if the create did not happen, and nothing is sent again", async () => {
    desk.simulator.addFault({ match: { method: "POST" }, fault: { cut: "before" } })
    const answer = await passLookUps(desk, create(newContainers.AZURE))
    expect(readVerdict(answer)).toBe("504 outcome_unknown")
    expect([desk.asked("POST", "/containers"), await list(emptySandbox)]).toEqual([1, []])
    expect(summariseRows(await listAuditRows(desk, "container-create"))).toEqual(["attempt", "unknown"])
  })

  test("is looked up in the list after a delete", async () => {
    const made = await makeOld(newContainers.AWS)
    desk.simulator.addFault({ match: { method: "DELETE" }, fault: { cut: "after" } })
    expect((await remove(emptySandbox, made)).status).toBe(204)
    expect(summariseRows(await listAuditRows(desk, "container-delete"))).toEqual([
      "attempt",
      "unknown",
      "done",
    ])
  })

  test.each([200, 202, 204])("is not assumed when Atlas answers a delete with %i", async (status) => {
    const made = await makeOld(newContainers.AWS)
    desk.simulator.addFault({
      match: { method: "DELETE" },
      fault: { status, body: status === 204 ? "" : {} },
    })
    expect((await remove(emptySandbox, made)).status).toBe(204)
  })
})

test("container changes are not sent when the audit log can't be written", async () => {
  await desk.services.store.db.schema.dropTable("event").execute()
  expect((await create(newContainers.AWS)).status).toBe(500)
  expect(desk.asked("POST", "/containers")).toBe(0)
})
