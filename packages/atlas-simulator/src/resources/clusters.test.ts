import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { z } from "zod"
import { createDemoKeys } from "#auth/demo-credentials.ts"
import { startTestSimulator, type TestSimulator } from "#testing-simulator.ts"
import { seededIds } from "#world/seeded-ids.ts"

const { analytics, crowded, emptySandbox, payments } = seededIds
const path = (projectId: string) => `/groups/${projectId}/clusters`

// Written from the documented contract, not from the code: what clients of Atlas read of a cluster.
const text = z.string().min(1)
const common = {
  id: z.string().regex(/^[0-9a-f]{24}$/),
  groupId: text,
  name: text,
  stateName: z.enum(["IDLE", "CREATING", "UPDATING", "DELETING", "REPAIRING"]),
  paused: z.boolean(),
  clusterType: z.enum(["REPLICASET", "SHARDED", "GEOSHARDED"]),
  createDate: z.iso.datetime(),
  connectionStrings: z.strictObject({
    standard: z
      .string()
      .regex(/^mongodb:\/\/[^,]+:27017(,|\/)/)
      .optional(),
    standardSrv: z
      .string()
      .regex(/^mongodb\+srv:\/\/[^:]+$/)
      .optional(),
    private: z
      .string()
      .regex(/^mongodb:\/\/[^,]+-pri\.[^,]+:27017(,|\/)/)
      .optional(),
    privateSrv: z
      .string()
      .regex(/^mongodb\+srv:\/\/[^.]+-pri\./)
      .optional(),
  }),
}
const cloud = z.union([
  z.object({
    providerName: z.enum(["AWS", "GCP", "AZURE"]),
    regionName: text,
    backingProviderName: z.undefined().optional(),
  }),
  z.object({
    providerName: z.literal("TENANT"),
    regionName: text,
    backingProviderName: z.enum(["AWS", "GCP", "AZURE"]),
  }),
])
const oldest = z.object({
  ...common,
  providerSettings: cloud,
  replicationSpecs: z.array(
    z.object({
      numShards: z.int(),
      regionsConfig: z.record(text, z.object({ electableNodes: z.int(), priority: z.int() })),
    }),
  ),
})
const withRegionList = z.object({
  ...common,
  replicationSpecs: z
    .array(z.object({ id: text, zoneName: text, regionConfigs: z.array(cloud).min(1) }))
    .min(1),
})
const page = (cluster: z.ZodType) =>
  z.object({
    links: z.array(z.object({ href: z.url(), rel: text })),
    results: z.array(cluster),
    totalCount: z.int(),
  })

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator({ scenario: "crowded" })
})
beforeEach(() => atlas.reset())
afterAll(() => atlas.simulator.close())

const dated = (date: string) => ({ Accept: `application/vnd.atlas.${date}+json` })
type Cluster = { name: string; stateName: string; connectionStrings: Record<string, string> }

async function listClusters(projectId: string): Promise<Map<string, Cluster>> {
  const { json } = await atlas.v2("GET", path(projectId), undefined, dated("2024-08-05"))
  return new Map((json["results"] as Cluster[]).map((cluster) => [cluster.name, cluster]))
}
const stringsOf = async (projectId: string, name: string) =>
  Object.keys((await listClusters(projectId)).get(name)?.connectionStrings ?? {})
const every = ["private", "privateSrv", "standard", "standardSrv"]
const standard = ["standard", "standardSrv"]

describe("GET clusters", () => {
  it.each([payments, analytics, crowded, emptySandbox])(
    "answers project %s with the documented fields and types in every version",
    async (projectId) => {
      const { v1, v2 } = atlas
      const bodies = {
        old: [
          await v1("GET", path(projectId)),
          await v2("GET", path(projectId), undefined, dated("2023-01-01")),
        ],
        listed: [
          await v2("GET", path(projectId), undefined, dated("2023-02-01")),
          await v2("GET", path(projectId), undefined, dated("2024-08-05")),
        ],
      }
      for (const { json } of bodies.old) expect(page(oldest).safeParse(json).error).toBeUndefined()
      for (const { json } of bodies.listed) expect(page(withRegionList).safeParse(json).error).toBeUndefined()
      const counts = [...bodies.old, ...bodies.listed].map(({ json }) => json["totalCount"])
      const group = (await v1("GET", `/groups/${projectId}`)).json["clusterCount"]
      expect(counts).toEqual([group, group, group, group])
    },
  )

  it("names its version, and says of an older one when it ends", async () => {
    const latest = await atlas.v2("GET", path(payments), undefined, dated("2025-03-12"))
    expect(latest.headers.get("content-type")).toBe("application/vnd.atlas.2024-08-05+json;charset=utf-8")
    expect([latest.headers.get("deprecation"), latest.headers.get("sunset")]).toEqual([null, null])
    const older = await atlas.v2("GET", path(payments), undefined, dated("2023-02-01"))
    expect(older.headers.get("content-type")).toBe("application/vnd.atlas.2023-02-01+json;charset=utf-8")
    expect([older.headers.get("deprecation"), older.headers.get("sunset")]).toEqual([
      "Mon, 5 Aug 2024 00:00:00 GMT",
      "Thu, 1 Jul 2027 00:00:00 GMT",
    ])
    expect((await atlas.v1("GET", path(payments))).headers.get("sunset")).toBeNull()
  })

  it("pages a long list", async () => {
    const { json } = await atlas.v1("GET", `${path(crowded)}?itemsPerPage=5&pageNum=3`)
    expect(json).toMatchObject({ totalCount: 12, results: [{}, {}] })
  })
})

describe("a cluster on two clouds", () => {
  const regions = [
    { providerName: "AWS" as const, regionName: "US_EAST_1", nodes: 2 },
    { providerName: "GCP" as const, regionName: "CENTRAL_US", nodes: 1 },
  ]
  const namesIn = ({ json }: { json: Record<string, unknown> }) =>
    (json["results"] as Cluster[]).map(({ name }) => name)

  it("is left out by v1.0 and by the oldest dated version, whose form has one cloud", async () => {
    atlas.simulator.putCluster(emptySandbox, { name: "global", regions, stateName: "IDLE" })
    const oldest = [
      await atlas.v1("GET", path(emptySandbox)),
      await atlas.v2("GET", path(emptySandbox), undefined, dated("2023-01-01")),
    ]
    for (const answer of oldest) {
      expect(namesIn(answer)).not.toContain("global")
      expect(answer.json["totalCount"]).toBe(namesIn(answer).length)
    }
    for (const date of ["2023-02-01", "2024-08-05"]) {
      const { json } = await atlas.v2("GET", path(emptySandbox), undefined, dated(date))
      expect(namesIn({ json })).toContain("global")
      expect(JSON.stringify(json)).toContain('"providerName":"GCP"')
    }
  })
})

describe("GET clusters/{name}", () => {
  const multiCloud = {
    name: "global",
    stateName: "IDLE" as const,
    regions: [
      { providerName: "AWS" as const, regionName: "US_EAST_1", nodes: 2 },
      { providerName: "GCP" as const, regionName: "CENTRAL_US", nodes: 1 },
    ],
  }
  const read = {
    "v1.0": (name: string, at: string = payments) => atlas.v1("GET", `${path(at)}/${name}`),
    "2023-01-01": (name: string, at: string = payments) =>
      atlas.v2("GET", `${path(at)}/${name}`, undefined, dated("2023-01-01")),
    "2024-08-05": (name: string, at: string = payments) =>
      atlas.v2("GET", `${path(at)}/${name}`, undefined, dated("2024-08-05")),
  }

  it.each(Object.keys(read) as (keyof typeof read)[])("answers on %s what the list has", async (version) => {
    const list = await (version === "v1.0"
      ? atlas.v1("GET", path(payments))
      : atlas.v2("GET", path(payments), undefined, dated(version)))
    for (const cluster of list.json["results"] as Cluster[])
      expect((await read[version](cluster.name)).json).toEqual(cluster)
  })

  it.each(Object.keys(read) as (keyof typeof read)[])("knows no other name on %s", async (version) => {
    const { status, json } = await read[version]("nobodys")
    expect([status, json["errorCode"], json["parameters"]]).toEqual([
      404,
      "CLUSTER_NOT_FOUND",
      ["nobodys", payments],
    ])
  })

  it("refuses one on two clouds where the version has room for one", async () => {
    atlas.simulator.putCluster(emptySandbox, multiCloud)
    for (const version of ["v1.0", "2023-01-01"] as const) {
      const { status, json } = await read[version]("global", emptySandbox)
      expect([status, json["errorCode"]]).toEqual([400, "MULTI_CLOUD_CLUSTER_INVALID"])
    }
    expect((await read["2024-08-05"]("global", emptySandbox)).json["name"]).toBe("global")
  })
})

it("clusters on v1.0 have the older strings, and no disk warming", async () => {
  const { json } = await atlas.v1("GET", `${path(payments)}/ledger`)
  const { connectionStrings } = json as { connectionStrings: Record<string, string> }
  expect(json).not.toHaveProperty("diskWarmingMode")
  expect(json["mongoURIWithOptions"]).toBe(connectionStrings["standard"])
  expect(json["mongoURI"]).toBe(connectionStrings["standard"]?.replace(/\/\?.*/, ""))
  expect(json["mongoURIUpdated"]).toMatch(/^\d{4}-\d\d-\d\dT[\d:]+Z$/)
  const making = await atlas.v1("GET", `${path(payments)}/orders`)
  expect(making.json).not.toHaveProperty("mongoURI")
})

describe("connection strings", () => {
  it("are private on Azure and Google Cloud once a peering is AVAILABLE", async () => {
    expect(await stringsOf(payments, "settlement")).toEqual(every)
    expect(await stringsOf(payments, "catalog")).toEqual(every)
    expect(await stringsOf(analytics, "warehouse")).toEqual(every)
    const { simulator } = atlas
    const peers = simulator.state().projects.find(({ id }) => id === payments)?.peers ?? []
    const azure = peers.find((peer) => peer.providerName === "AZURE" && peer.status === "AVAILABLE")
    simulator.cloudSide(azure?.id ?? "", "revoke-permission")
    expect(await stringsOf(payments, "settlement")).toEqual(standard)
    expect(await stringsOf(payments, "catalog")).toEqual(every)
  })

  it("are private on AWS only with custom DNS, and the public ones stay as they were", async () => {
    const before = (await listClusters(payments)).get("ledger")?.connectionStrings ?? {}
    expect(Object.keys(before)).toEqual(standard)
    await atlas.v2("PATCH", `/groups/${payments}/awsCustomDNS`, { enabled: true })
    const after = (await listClusters(payments)).get("ledger")?.connectionStrings ?? {}
    expect(Object.keys(after)).toEqual(every)
    expect(after).toMatchObject(before)
    expect(await stringsOf(payments, "playground")).toEqual(standard)
  })

  it("are missing while a cluster is made", async () => {
    expect((await listClusters(payments)).get("orders")).toMatchObject({
      stateName: "CREATING",
      connectionStrings: {},
    })
    atlas.simulator.advance(600)
    expect((await listClusters(payments)).get("orders")?.stateName).toBe("IDLE")
    expect(await stringsOf(payments, "orders")).toEqual(standard)
  })

  it("have a host for each node of every region", async () => {
    const ledger = (await listClusters(payments)).get("ledger")?.connectionStrings["standard"] ?? ""
    expect(ledger.split("/")[2]?.split(",")).toHaveLength(5)
  })
})

describe.each(["v1", "v2"] as const)("awsCustomDNS on %s", (version) => {
  const setting = `/groups/${payments}/awsCustomDNS`

  it("is off at first, and answers what it was switched to", async () => {
    const call = atlas[version]
    expect((await call("GET", setting)).text).toBe('{"enabled":false}')
    const changed = await call("PATCH", setting, { enabled: true })
    expect([changed.status, changed.text]).toEqual([202, '{"enabled":true}'])
    expect((await call("GET", setting)).text).toBe('{"enabled":true}')
    expect((await call("GET", `/groups/${emptySandbox}/awsCustomDNS`)).text).toBe('{"enabled":false}')
  })

  it.each([
    [{}, "MISSING_ATTRIBUTE"],
    [{ enabled: "yes" }, "INVALID_JSON_ATTRIBUTE"],
    [{ enabled: true, region: "US_EAST_1" }, "INVALID_ATTRIBUTE"],
  ])("refuses %j with %s", async (body, code) => {
    expect((await atlas[version]("PATCH", setting, body)).json["errorCode"]).toBe(code)
  })
})

it("awsCustomDNS is read by a reader and switched by an owner only", async () => {
  const [, reader] = createDemoKeys()
  const call = atlas.callAs("simreads", reader?.privateKey ?? "")
  expect((await call("GET", `/groups/${payments}/awsCustomDNS`)).status).toBe(200)
  const refused = await call("PATCH", `/groups/${payments}/awsCustomDNS`, { enabled: true })
  expect([refused.status, refused.json["errorCode"]]).toEqual([401, "USER_UNAUTHORIZED"])
})

describe("POST /simulator/clusters", () => {
  const add = (body: unknown) =>
    fetch(`${atlas.origin}/simulator/clusters`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    })
  const regions = [{ providerName: "AWS", regionName: "AP_SOUTHEAST_2" }]

  it("makes a cluster, which provisions its container", async () => {
    const added = await add({ projectId: payments, name: "new", regions })
    expect(added.status).toBe(201)
    expect((await listClusters(payments)).get("new")?.stateName).toBe("CREATING")
    const state = atlas.simulator.state().projects.find(({ id }) => id === payments)
    expect(state?.containers.find(({ region }) => region === "AP_SOUTHEAST_2")?.provisioned).toBe(true)
  })

  it("replaces the cluster of its name", async () => {
    await add({ projectId: payments, name: "payments", regions, stateName: "IDLE", paused: true })
    const clusters = await listClusters(payments)
    expect(clusters.get("payments")).toMatchObject({ stateName: "IDLE", paused: true })
  })

  it.each([
    [{ projectId: "nowhere", name: "new", regions }, "there is no project nowhere"],
    [{ projectId: payments, name: "new", regions: [] }, "regions"],
  ])("refuses %j", async (body, words) => {
    const refused = await add(body)
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain(words)
  })
})
