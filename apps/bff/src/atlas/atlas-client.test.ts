import { afterEach, describe, expect, test } from "vitest"
import {
  awsRequest,
  azureRequest,
  createLoggedClient,
  gcpRequest,
  peerId,
  problemOf,
  projectId,
} from "#test/support/atlas.ts"
import {
  respondJson,
  startDigestServer,
  type DigestServer,
  type Handler,
} from "#test/support/digest-server.ts"

let server: DigestServer
afterEach(() => server.close())

async function start(handle: Handler, overrides: Parameters<typeof createLoggedClient>[1] = {}) {
  server = await startDigestServer({ handle })
  return createLoggedClient(server.origin, overrides)
}

const accepted = () => server.requests.filter(({ verdict }) => verdict === "accepted")

describe.each([
  ["v1.0", "/api/atlas/v1.0", "application/json"],
  ["2023-01-01", "/api/atlas/v2", "application/vnd.atlas.2023-01-01+json"],
] as const)("AtlasClient with API version %s", (apiVersion, root, mediaType) => {
  test("sends every call to its path with its media type", async () => {
    const { client } = await start(
      (_request, response) => respondJson(response, 200, { id: peerId, results: [] }),
      { apiVersion },
    )
    await client.listProjects()
    await client.listPeers(projectId, "AZURE")
    await client.getPeer(projectId, peerId)
    await client.createPeer(projectId, gcpRequest)
    await client.listContainers(projectId)
    const group = `${root}/groups/${projectId}`
    expect(accepted().map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET ${root}/groups?pageNum=1&itemsPerPage=500`,
      `GET ${group}/peers?providerName=AZURE&pageNum=1&itemsPerPage=500`,
      `GET ${group}/peers/${peerId}`,
      `POST ${group}/peers`,
      `GET ${group}/containers/all?pageNum=1&itemsPerPage=500`,
    ])
    expect(new Set(accepted().map(({ headers }) => headers.accept))).toEqual(new Set([mediaType]))
    expect(accepted().map(({ headers }) => headers["content-type"])).toEqual([
      undefined,
      undefined,
      undefined,
      mediaType,
      undefined,
    ])
  })

  test("names the cloud in a change, which Atlas needs to find the peering [D6]", async () => {
    const { client } = await start((_request, response) => respondJson(response, 200, { id: peerId }), {
      apiVersion,
    })
    await client.changePeer(projectId, peerId, { providerName: "AWS", routeTableCidrBlock: "10.60.0.0/16" })
    const [sent] = accepted()
    expect(`${sent?.method} ${sent?.url}`).toBe(`PATCH ${root}/groups/${projectId}/peers/${peerId}`)
    expect(JSON.parse(sent?.body ?? "")).toEqual({ providerName: "AWS", routeTableCidrBlock: "10.60.0.0/16" })
  })

  test.each([
    ["AWS", awsRequest],
    ["GCP", gcpRequest],
    ["AZURE", azureRequest],
  ] as const)(
    "sends exactly the request in a create for %s, and accepts any 2xx",
    async (_cloud, request) => {
      const { client } = await start(
        ({ body }, response) => respondJson(response, 201, { id: peerId, ...JSON.parse(body) }),
        { apiVersion },
      )
      expect(await client.createPeer(projectId, request)).toEqual({ id: peerId, ...request })
      expect(accepted().map(({ body }) => JSON.parse(body) as unknown)).toEqual([request])
    },
  )
})

describe("lists of AtlasClient", () => {
  const paged = (total: number, extras: (pageNum: number) => object): Handler => {
    return ({ url }, response) => {
      const pageNum = Number(new URL(url, "http://atlas").searchParams.get("pageNum"))
      const results = Array.from(
        { length: Math.max(0, Math.min(500, total - 500 * (pageNum - 1))) },
        (_, index) => ({ id: String(500 * (pageNum - 1) + index) }),
      )
      respondJson(response, 200, { results, ...extras(pageNum) })
    }
  }

  test.each<[string, Parameters<typeof paged>[1], number]>([
    [
      "the links say so",
      (pageNum) => ({
        links: [
          { rel: "self", href: "x" },
          ...(pageNum < 3 ? [{ rel: "next", href: "http://elsewhere/" }] : []),
        ],
      }),
      3,
    ],
    ["the total count says so", () => ({ totalCount: 1_200 }), 3],
    ["only a full page says so", () => ({}), 3],
  ])("read all pages when %s", async (_how, extras, pages) => {
    const { client } = await start(paged(1_200, extras))
    const peers = await client.listPeers(projectId, "AWS")
    expect([peers.length, new Set(peers.map(({ id }) => id)).size, accepted().length]).toEqual([
      1_200,
      1_200,
      pages,
    ])
  })

  test("stop after 100 pages", async () => {
    const { client } = await start((_request, response) =>
      respondJson(response, 200, { results: [{ id: "1" }], links: [{ rel: "next" }] }),
    )
    expect((await problemOf(client.listPeers(projectId, "AWS"))).code).toBe("atlas_unreadable")
    expect(accepted()).toHaveLength(100)
  })

  test("keep unknown fields and values, and leave out what is not an object", async () => {
    const peer = { id: peerId, statusName: "ON_HOLIDAY", new: { field: [1] } }
    const { client, lines } = await start((_request, response) =>
      respondJson(response, 200, { results: [peer, null, 7, []], totalCount: "4", links: {} }),
    )
    expect(await client.listPeers(projectId, "AWS")).toEqual([peer])
    expect(lines.filter((line) => line.includes('"skipped":3'))).toHaveLength(1)
  })

  test("take projects that have an id", async () => {
    const { client } = await start((_request, response) =>
      respondJson(response, 200, {
        results: [{ id: "a", name: "A", orgId: "o" }, { id: "b" }, { name: "C" }],
      }),
    )
    expect(await client.listProjects()).toEqual([
      { id: "a", name: "A" },
      { id: "b", name: "b" },
    ])
  })

  test("infer a container's cloud from its fields, and log unreadable containers", async () => {
    const results = [
      { id: "1", providerName: "AWS", regionName: "US_EAST_1" },
      { id: "2", regionName: "US_EAST_1" },
      { id: "3", region: "US_EAST_2" },
      { id: "4", gcpProjectId: "null", networkName: null },
      { id: "5", providerName: "ORACLE" },
      { providerName: "AWS" },
      { id: "7" },
    ]
    const { client, lines } = await start((_request, response) => respondJson(response, 200, { results }))
    const containers = await client.listContainers(projectId)
    expect(containers.map(({ id, providerName }) => [id, providerName])).toEqual([
      ["1", "AWS"],
      ["2", "AWS"],
      ["3", "AZURE"],
      ["4", "GCP"],
    ])
    expect(containers[3]).toMatchObject({ gcpProjectId: null })
    expect(lines.filter((line) => line.includes("cannot be read"))).toHaveLength(3)
  })
})

test("AtlasClient takes a base URL with a path and a trailing slash", async () => {
  server = await startDigestServer({
    handle: (_request, response) => respondJson(response, 200, { results: [] }),
  })
  const { client } = createLoggedClient(`${server.origin}/proxy/`)
  await client.listProjects()
  expect(accepted()[0]?.url).toBe("/proxy/api/atlas/v1.0/groups?pageNum=1&itemsPerPage=500")
})

test("AtlasClient escapes ids, so none of them reaches another path", async () => {
  const { client } = await start((_request, response) => respondJson(response, 200, { id: peerId }))
  await client.getPeer("../x", "a/b?c#d")
  expect(accepted()[0]?.url).toBe("/api/atlas/v1.0/groups/..%2Fx/peers/a%2Fb%3Fc%23d")
})

test("a slow project keeps no call of another project waiting for the challenge", async () => {
  const slowProject = "5f2a1c3b4d5e6f7081920a1b"
  server = await startDigestServer({
    intercept: ({ url }) => url.includes(slowProject),
    handle: (_request, response) => respondJson(response, 200, { results: [] }),
  })
  const { client } = createLoggedClient(server.origin, { timeoutMs: 60_000 })
  const slow = client.listPeers(slowProject, "AWS").catch(() => "cut off")
  await expect.poll(() => server.requests.length).toBeGreaterThan(0)
  expect(await client.listPeers(projectId, "AWS")).toEqual([])
  await server.close()
  expect(await slow).toBe("cut off")
})

describe("invisible characters in Atlas's answers", () => {
  const marks = [
    "\u0000",
    "\u0015",
    "\u001b",
    "\r\n",
    "\u202e",
    "\u2066",
    "\u200d",
    "\ufeff",
    "\u2028",
    "\u{e0041}",
  ]
  const hostile = `vpc-1${marks.join("")};touch PWNED #`
  const shown =
    "vpc-1\\u{0}\\u{15}\\u{1B}\\u{D}\\u{A}\\u{202E}\\u{2066}\\u{200D}\\u{FEFF}\\u{2028}\\u{E0041};touch PWNED #"
  /** One thing that has every text of every kind of answer. */
  const thing = {
    id: hostile,
    name: hostile,
    vpcId: hostile,
    statusName: hostile,
    status: hostile,
    comment: hostile,
    cidrBlock: hostile,
    atlasCidrBlock: hostile,
    regionName: hostile,
    providerName: "AWS",
    future: { [hostile]: [hostile] },
    connectionStrings: { standard: hostile, privateEndpoint: [{ connectionString: hostile }] },
  }

  test("come as codes in every list, also in fields that nobody knows", async () => {
    const { client } = await start((_request, response) =>
      respondJson(response, 200, { results: [thing], totalCount: 1 }),
    )
    const lists = [
      await client.listProjects(),
      await client.listPeers(projectId, "AWS"),
      await client.listContainers(projectId),
      await client.listAccessList(projectId),
      await client.listClusters(projectId),
    ]
    for (const list of lists) {
      expect(list.length).toBeGreaterThan(0)
      expect(JSON.stringify(list)).toContain(JSON.stringify(shown).slice(1, -1))
      expect(JSON.stringify(list)).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|\\u00|\\[rn]/u)
    }
    const [peer] = lists[1] as { vpcId: string; future: unknown }[]
    expect(peer).toMatchObject({ id: shown, vpcId: shown, future: { [shown]: [shown] } })
  })

  test("come as codes in the words of a refusal", async () => {
    const { client } = await start((_request, response) =>
      respondJson(response, 409, { error: 409, errorCode: hostile, detail: hostile, parameters: [hostile] }),
    )
    const { shown: problem } = await problemOf(client.createPeer(projectId, awsRequest))
    expect(problem.atlas).toMatchObject({ errorCode: shown, detail: shown })
  })

  test("leave names in other scripts as they are", async () => {
    const name = 'Réseau d’Ana 网络 🟦 فريق \\ "x"'
    const { client } = await start((_request, response) =>
      respondJson(response, 200, { results: [{ id: projectId, name }] }),
    )
    expect(await client.listProjects()).toEqual([{ id: projectId, name }])
  })
})
