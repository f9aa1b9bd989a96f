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
import { openTestingDesk, type TestingDesk } from "#test/support/test-app.ts"
import { readProblem, readVerdict } from "#test/support/requests.ts"
import { passLookUps, readTrail, reason, toStory } from "#test/support/changes.ts"

const { analytics, emptySandbox, payments } = seededIds

const wanted: Record<ProviderName, NewContainer> = {
  AWS: { providerName: "AWS", atlasCidrBlock: "10.8.0.0/21", regionName: "EU_WEST_1" },
  GCP: { providerName: "GCP", atlasCidrBlock: "10.64.0.0/23", regions: ["CENTRAL_US", "WESTERN_EUROPE"] },
  AZURE: { providerName: "AZURE", atlasCidrBlock: "10.24.0.0/24", region: "US_EAST_2" },
}

let desk: TestingDesk
beforeEach(async () => {
  desk = await openTestingDesk()
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

describe("a container", () => {
  test.each([wanted.AWS, wanted.GCP, wanted.AZURE])(
    "on $providerName is made and taken away, and the trail tells of both",
    async (container) => {
      const answer = await create(container)
      expect(answer.status).toBe(201)
      const made = Container.parse(answer.json())
      expect(made).toMatchObject({ ...container, provisioned: false })
      expect(await list(emptySandbox)).toEqual([made])

      desk.simulator.advance(60)
      expect((await remove(emptySandbox, made)).status).toBe(204)
      expect(await list(emptySandbox)).toEqual([])

      const [attempt, done] = await readTrail(desk, "container-create")
      expect(attempt).toMatchObject({ kind: "attempt", reason, projectId: emptySandbox })
      expect(done).toMatchObject({
        outcome: "done",
        answerCode: "201",
        after: { id: made.id, atlasCidrBlock: container.atlasCidrBlock },
      })
      const removal = await readTrail(desk, "container-delete")
      expect(toStory(removal)).toEqual(["attempt", "done 204"])
      expect(removal[0]).toMatchObject({ reason, before: { id: made.id }, after: null })
    },
  )

  test("is in the address space at once, and gone from it at once", async () => {
    const readHere = async () => {
      const space = AddressSpace.parse(
        (await desk.call("GET", apiUrls.addressSpace({ project: emptySandbox }))).json(),
      ).projects
      return space.find(({ project }) => project.id === emptySandbox)?.containers.length
    }
    expect(await readHere()).toBe(0)
    const made = await makeOld(wanted.AWS)
    expect(await readHere()).toBe(1)
    await remove(emptySandbox, made)
    expect(await readHere()).toBe(0)
  })

  test("that Atlas made otherwise than asked is answered as Atlas has it [C7]", async () => {
    const other = {
      id: "64b1f0a27c3d5e4f8a9b0d00",
      atlasCidrBlock: "192.168.248.0/21",
      regionName: "EU_WEST_1",
    }
    desk.simulator.addFault({
      match: { method: "POST", path: "/containers" },
      fault: { status: 201, body: { ...other, provisioned: false } },
    })
    expect((await create(wanted.AWS)).json()).toMatchObject(other)
    expect((await readTrail(desk, "container-create")).at(-1)).toMatchObject({
      after: { atlasCidrBlock: "192.168.248.0/21" },
    })
  })
})

describe("what is refused before Atlas is asked", () => {
  test.each([
    ["atlasCidrBlock", { ...wanted.AWS, atlasCidrBlock: "10.8.0.1/21" }],
    ["regionName", { ...wanted.AWS, regionName: "eu-west-1" }],
    ["region", { ...wanted.AZURE, region: "eastus2" }],
    ["regions.1", { ...wanted.GCP, regions: ["CENTRAL_US", "europe-west1"] }],
    ["vpcId", { ...wanted.AWS, vpcId: "vpc-0a1b2c3d4e5f60718" }],
    ["providerName", { ...wanted.AWS, providerName: "aws" }],
  ])("%s that is wrong", async (field, container) => {
    const answer = await create(container)
    expect(readVerdict(answer)).toBe("400 invalid_request")
    expect(Object.keys(readProblem(answer).fields ?? {})).toEqual([field])
    expect(desk.simulator.calls().total.requests).toBe(0)
  })

  test("a change without a reason [G6]", async () => {
    const body = { container: wanted.AWS }
    const answer = await desk.call("POST", apiUrls.containers(emptySandbox), { body })
    expect(Object.keys(readProblem(answer).fields ?? {})).toEqual(["reason"])
    const url = apiUrls.container(payments, payments, { providerName: "AWS" })
    expect(readVerdict(await desk.call("DELETE", url, { body: { reason: " " } }))).toBe("400 invalid_request")
  })

  test.each([
    ["victor", "403 forbidden"],
    ["sam", "404 project_not_found"],
  ])("a change by %s", async (persona, verdict) => {
    const headers = { cookie: await desk.signIn(persona) }
    const body = { container: wanted.AWS, reason }
    const url = apiUrls.container(payments, "64b1f0a27c3d5e4f8a9b0c1d", { providerName: "AWS" })
    expect(readVerdict(await desk.call("POST", apiUrls.containers(payments), { body, headers }))).toBe(
      verdict,
    )
    expect(readVerdict(await desk.call("DELETE", url, { body: { reason }, headers }))).toBe(verdict)
    expect(desk.simulator.calls().total.requests).toBe(0)
  })

  test("the removal of a container that is not there, or is named without its cloud", async () => {
    const missing = { providerName: "AWS", id: "64b1f0a27c3d5e4f8a9b0fff" } as const
    expect(readVerdict(await remove(payments, missing))).toBe("404 container_not_found")
    const url = `${apiUrls.containers(payments)}/${missing.id}`
    const nameless = await desk.call("DELETE", url, { body: { reason } })
    expect(Object.keys(readProblem(nameless).fields ?? {})).toEqual(["providerName"])
    expect(desk.asked("DELETE", missing.id)).toBe(0)
  })
})

describe("a refusal of Atlas is explained:", () => {
  test("a second container in a region names the first", async () => {
    const first = Container.parse((await create(wanted.AWS)).json())
    const answer = await create({ ...wanted.AWS, atlasCidrBlock: "10.16.0.0/21" })
    expect(readVerdict(answer)).toBe("422 atlas_refused")
    expect(readProblem(answer).detail).toContain(`${first.id} with 10.8.0.0/21`)
    expect(toStory(await readTrail(desk, "container-create")).at(-1)).toBe(
      "refused 409 CONTAINER_ALREADY_EXISTS",
    )
  })

  test("one in use names the connections in it [C4]", async () => {
    const container = (await list(analytics))[0]!
    const answer = await remove(analytics, container)
    expect(readVerdict(answer)).toBe("422 atlas_refused")
    const { detail, atlas } = readProblem(answer)
    expect(atlas?.errorCode).toBe("CONTAINERS_IN_USE")
    expect(detail).toMatch(
      /^2 connections live in it: [0-9a-f]{24} \(AVAILABLE\), [0-9a-f]{24} \(WAITING_FOR_USER\)\. Delete them first\.$/,
    )
    expect(toStory(await readTrail(desk, "container-delete"))).toEqual([
      "attempt",
      "refused 409 CONTAINERS_IN_USE",
    ])
  })

  test("one without connections is held by a cluster, or not let go yet [C2]", async () => {
    // Every container of the demo in which something lives has connections, so they are hidden here.
    const container = (await list(analytics))[0]!
    desk.simulator.addFault({
      match: { method: "GET", path: `/${analytics}/peers` },
      fault: { status: 200, body: { results: [], totalCount: 0, links: [] } },
    })
    expect(readProblem(await remove(analytics, container)).detail).toContain("No connection lives in it")
  })

  test("one whose connections can't be listed is not said to be without them", async () => {
    const container = (await list(analytics))[0]!
    desk.simulator.addFault({
      match: { method: "GET", path: `/${analytics}/peers` },
      fault: { status: 403, body: { error: 403, errorCode: "IP_ADDRESS_NOT_ON_ACCESS_LIST" } },
    })
    const { atlas, detail } = readProblem(await remove(analytics, container))
    expect(atlas?.errorCode).toBe("CONTAINERS_IN_USE")
    expect(detail ?? "").not.toContain("No connection lives in it")
  })

  test("a new one may go a little later [C5]", async () => {
    const made = Container.parse((await create(wanted.AZURE)).json())
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

describe("an answer that is lost", () => {
  test.each(["during", "after"] as const)(
    "of a create that was carried out is looked up, and sent once: cut %s",
    async (cut) => {
      desk.simulator.addFault({ match: { method: "POST" }, fault: { cut } })
      const answer = await create(wanted.AZURE)
      expect([answer.status, answer.json()]).toMatchObject([201, wanted.AZURE])
      expect(desk.asked("POST", "/containers")).toBe(1)
      expect(toStory(await readTrail(desk, "container-create"))).toEqual(["attempt", "unknown", "done"])
    },
  )

  test("of a create that did not happen stays unknown, and is not sent again", async () => {
    desk.simulator.addFault({ match: { method: "POST" }, fault: { cut: "before" } })
    const answer = await passLookUps(desk, create(wanted.AZURE))
    expect(readVerdict(answer)).toBe("504 outcome_unknown")
    expect([desk.asked("POST", "/containers"), await list(emptySandbox)]).toEqual([1, []])
    expect(toStory(await readTrail(desk, "container-create"))).toEqual(["attempt", "unknown"])
  })

  test("of a removal is told by the list", async () => {
    const made = await makeOld(wanted.AWS)
    desk.simulator.addFault({ match: { method: "DELETE" }, fault: { cut: "after" } })
    expect((await remove(emptySandbox, made)).status).toBe(204)
    expect(toStory(await readTrail(desk, "container-delete"))).toEqual(["attempt", "unknown", "done"])
  })

  test.each([200, 202, 204])("a removal that is answered with %i is done", async (status) => {
    const made = await makeOld(wanted.AWS)
    desk.simulator.addFault({
      match: { method: "DELETE" },
      fault: { status, body: status === 204 ? "" : {} },
    })
    expect((await remove(emptySandbox, made)).status).toBe(204)
  })
})

test("nothing is sent when the trail cannot be written", async () => {
  await desk.services.store.db.schema.dropTable("audit_row").execute()
  expect((await create(wanted.AWS)).status).toBe(500)
  expect(desk.asked("POST", "/containers")).toBe(0)
})
