import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { createServer, request as ask, type IncomingHttpHeaders } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text as readText } from "node:stream/consumers"
import { fileURLToPath } from "node:url"
import {
  createSimulator,
  demoServiceAccount,
  ownerKey,
  seededIds,
  type SimulatorOptions,
} from "@peering-desk/atlas-simulator"
import { afterEach, describe, expect, test } from "vitest"
import { AtlasCredential } from "#bff/src/atlas/auth/atlas-credential.ts"
import type { Exchange } from "./exchange.ts"
import { guesses, readRows } from "./guesses.ts"
import { compareWithStandIn, record, Refused, type Plan } from "./verify.ts"

const key = new AtlasCredential("key", ownerKey, "*")
const account = new AtlasCredential("account", demoServiceAccount, "*")
const projectId = seededIds.emptySandbox
const ending: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end()
})

interface Head {
  status: number
  headers: IncomingHttpHeaders
}
/** Changes one kind of answer of Atlas. */
interface Plant {
  request: RegExp
  change: (body: Record<string, unknown>, head: Head) => unknown
}

/** Starts something that answers like Atlas, with other ids than the stand-in that it is compared with. */
async function startAtlas(plants: readonly Plant[] = [], options: SimulatorOptions = {}) {
  const written: string[] = []
  const simulator = createSimulator({
    speed: 0,
    seed: "atlas",
    ...options,
    onServed(served) {
      if (served.method !== "GET") written.push(`${served.method} ${served.target}`)
      options.onServed?.(served)
    },
  })
  const { port } = await simulator.listen()
  ending.push(() => simulator.close())
  const proxy = createServer((request, response) => {
    void (async () => {
      const { method = "", url = "", headers } = request
      const sent = ask({ host: "127.0.0.1", port, method, path: url, headers })
      sent.end(await readText(request))
      const [answer] = (await once(sent, "response")) as [typeof request]
      const head = { status: answer.statusCode ?? 0, headers: { ...answer.headers } }
      let body = await readText(answer)
      const plant = plants.find((one) => one.request.test(`${method} ${url} ${head.status}`))
      if (plant !== undefined) {
        const parsed = JSON.parse(body || "{}") as Record<string, unknown>
        body = JSON.stringify(plant.change(parsed, head) ?? parsed)
        delete head.headers["content-length"]
      }
      response.writeHead(head.status, head.headers).end(body)
    })().catch(() => response.destroy())
  }).listen(0, "127.0.0.1")
  await once(proxy, "listening")
  ending.push(() => proxy.close().closeAllConnections())
  const origin = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`

  function verify(plan: Partial<Plan> = {}) {
    return record({
      origin,
      credentials: [key],
      projectId,
      mayWrite: () => Promise.resolve(true),
      wait: (seconds) => Promise.resolve(simulator.advance(seconds)),
      signal: new AbortController().signal,
      ...plan,
    })
  }
  function isEmpty() {
    const project = simulator.state().projects.find(({ id }) => id === projectId)
    return JSON.stringify([project?.containers, project?.peers]) === "[[],[]]"
  }
  return { simulator, origin, verify, isEmpty, written }
}

let failedReads = 0
const plants: readonly Plant[] = [
  // Another status and code.
  { request: /^POST \S+\/v2\/\S+\/containers 409/, change: (_, head) => void (head.status = 400) },
  {
    request: /^POST \S+\/v2\/\S+\/peers 409/,
    change: (body) => void (body["errorCode"] = "PEER_EXISTS_ALREADY"),
  },
  // 200, where 201 was expected.
  { request: /^POST \S+\/v2\/\S+\/peers 201/, change: (_, head) => void (head.status = 200) },
  // A field missing, of another type, null instead of absent.
  {
    request: /^DELETE \S+\/v2\/\S+\/containers\/\S+ 409/,
    change: (body) => (body["errorCode"] === "CONTAINERS_IN_USE" ? void delete body["parameters"] : body),
  },
  {
    request: /^GET \S+\/v2\/\S+\/containers\/\w{24} 200/,
    change: (body) => void (body["provisioned"] = "false"),
  },
  { request: /^PATCH \S+\/v2\/\S+\/containers\/\w{24} 200/, change: (body) => void (body["regions"] = null) },
  // Another order, another header, a list without its count.
  {
    request: /^GET \S+\/v2\/\S+\/accessList\/192\S+24 200/,
    change: (body) => Object.fromEntries(Object.entries(body).toReversed()),
  },
  {
    request: /^GET \S+\/v2\/\S+\/awsCustomDNS 200/,
    change: (_, head) => void delete head.headers["x-frame-options"],
  },
  {
    request: /^GET \S+\/v2\/\S+\/peers\?providerName=AZURE\S* 200/,
    change: (body) => void delete body["totalCount"],
  },
  // A failure that comes late.
  {
    request: /^GET \S+\/v2\/\S+\/peers\/\w{24} 200/,
    change(body) {
      if (body["statusName"] !== "FAILED" || (failedReads += 1) > 8) return
      Object.assign(body, { statusName: "INITIATING", errorStateName: null })
    },
  },
]

describe("the comparison of Atlas with the stand-in", () => {
  test("finds ten planted differences and no other one, and leaves nothing behind", async () => {
    failedReads = 0
    const { verify, isEmpty } = await startAtlas(plants)
    const { exchanges, left, failure } = await verify()
    expect([left, failure, isEmpty()]).toEqual([[], null, true])
    const { differences, verdicts, table } = await compareWithStandIn(exchanges)
    expect(
      differences.map(({ version, step, aspect }) => `${version}, ${step}: ${aspect}`).toSorted(),
    ).toEqual([
      "v2, access list: read an entry: order",
      "v2, container: change: fields",
      "v2, container: create again: status",
      "v2, container: delete in use: fields",
      "v2, container: read: types",
      "v2, custom DNS: headers",
      "v2, peer: create again: code",
      "v2, peer: create: status",
      "v2, peer: until it rests: time",
      "v2, peers: none of Azure: fields",
    ])
    expect(table).toContain("peer: create (status): 200, and the stand-in: 201")
    const verdictOf = (row: string) => verdicts.find((one) => one.row === row)?.is
    expect(verdictOf("how long each step takes")).toBe("wrong")
    expect(verdictOf("states and their order")).toBe("confirmed")
    expect(verdictOf("v1.0 refuses Bearer tokens")).toBe("not seen")
  })

  test("finds none where there is none, with a key and a service account, and records nobody's ids and secrets", async () => {
    const { publicKey, privateKey } = ownerKey
    const { clientId, clientSecret } = demoServiceAccount
    const addresses = ["203.0.113.77", "2001:db8::7", "alice@acme.example", "sandbox.ab1cd.mongodb.net"]
    const hidden = [...addresses, "999900001111", publicKey, privateKey, clientId, clientSecret]
    const { verify, simulator, origin } = await startAtlas([
      {
        request: /^GET \S+\/groups\/byName\/peering\S+ 404/,
        change: (body) => void (body["detail"] = hidden.join(" ")),
      },
      {
        request: /^GET \S+\/groups\/\w{24} 200/,
        change(body, { headers }) {
          Object.assign(body, { owner: "Alice Doe", "203.0.113.77": hidden, desc: hidden.join(", ") })
          headers["set-cookie"] = ["session=of-alice"]
          headers["server"] = hidden.join(" ")
        },
      },
    ])
    const ids: string[] = []
    const { exchanges } = await verify({
      credentials: [key, account],
      onExchange: () =>
        ids.push(
          ...simulator
            .state()
            .projects.flatMap(({ id, orgId, containers, peers }) => [
              id,
              ...(orgId === undefined ? [] : [orgId]),
              ...containers.map((one) => one.id),
              ...peers.map((one) => one.id),
            ]),
        ),
    })
    const written = JSON.stringify(exchanges)
    for (const word of [
      ...hidden,
      ...ids,
      "Alice Doe",
      "empty-sandbox",
      origin,
      "Alice Doe",
      "of-alice",
      "simulated.",
    ])
      expect(written).not.toContain(word)
    const { differences, notSeen } = await compareWithStandIn(exchanges)
    const planted = /^(project|date between two versions|project by an unknown name)$/
    expect(differences.filter(({ step }) => !planted.test(step))).toEqual([])
    expect(notSeen).toEqual([])
  })

  test("leaves out what nobody allows, and calls it not seen", async () => {
    const { verify, isEmpty, written } = await startAtlas()
    const { exchanges } = await verify({
      mayWrite: ({ name, method }) => Promise.resolve(name !== "peer: create" && method !== "PATCH"),
    })
    expect(isEmpty()).toBe(true)
    expect(written.filter((one) => one.startsWith("PATCH"))).toEqual([])
    const { differences, verdicts, notSeen, table } = await compareWithStandIn(exchanges)
    expect(differences).toEqual([])
    expect(notSeen).toEqual(
      expect.arrayContaining([
        "key, v2, peer: create",
        "key, v2, peer: until it rests",
        "key, v1.0, container: change",
      ]),
    )
    expect(table).toContain("  key, v2, peer: create\n")
    const unseen = verdicts.filter(({ is }) => is === "not seen").map(({ row }) => row)
    expect(unseen).toEqual(
      expect.arrayContaining(["states and their order", "response headers of both versions"]),
    )
  })

  test("refuses a project that has clusters, containers or connections, and writes nothing there", async () => {
    const { verify, simulator, written } = await startAtlas()
    simulator.putCluster(projectId, {
      name: "own",
      regions: [{ providerName: "AWS", regionName: "US_EAST_1", nodes: 3 }],
    })
    for (const [id, uses] of [
      [projectId, /1 cluster/],
      [seededIds.longName, /1 container/],
      [seededIds.analytics, /connection\(s\) on GCP/],
      ["0".repeat(24), /could not be read/],
    ] as const) {
      const refusal: unknown = await verify({ projectId: id }).catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(Refused)
      expect(String(refusal)).toMatch(uses)
    }
    const { clientId } = demoServiceAccount
    const wrong = new AtlasCredential("account", { clientId, clientSecret: "mdb_sa_sk_wrong" }, "*")
    const empty = await startAtlas()
    await expect(empty.verify({ credentials: [key, wrong] })).rejects.toThrow("access token")
    expect([written, empty.written]).toEqual([[], []])
  })

  test("deletes what it made when it is stopped or fails in the middle, and names what it can't delete", async () => {
    const stopped = await startAtlas()
    const stop = new AbortController()
    const onExchange = ({ step }: Exchange) => {
      if (step === "peer: create") stop.abort()
    }
    const early = await stopped.verify({ signal: stop.signal, onExchange })
    expect([early.left, early.failure, stopped.isEmpty()]).toEqual([[], null, true])
    expect(early.exchanges.at(-1)?.step).toBe("peer: create")

    const lost = await startAtlas()
    lost.simulator.addFault({
      match: { method: "POST", path: "/containers" },
      fault: { cut: "after" },
      times: 1,
    })
    const whole = await lost.verify()
    expect([whole.left, whole.failure, lost.isEmpty()]).toEqual([[], null, true])

    const cut = await startAtlas()
    cut.simulator.addFault({ match: { method: "POST", path: "/peers" }, fault: { cut: "after" }, times: 30 })
    const failed = await cut.verify()
    expect([failed.left, failed.failure instanceof Error, cut.isEmpty()]).toEqual([[], true, true])

    const stuck = await startAtlas()
    const late = await stuck.verify({
      onExchange({ step }) {
        if (step === "container: create")
          stuck.simulator.addFault({
            match: { method: "DELETE", path: "/containers/" },
            fault: { status: 500 },
          })
      },
    })
    expect(late.left).toEqual([
      expect.stringMatching(/^container \w{24}$/),
      expect.stringMatching(/^container \w{24}$/),
    ])
  })

  test("judges rows that the stand-in's README has", () => {
    expect(readRows()).toEqual(expect.arrayContaining(guesses.map(([row]) => row)))
  })

  const recordings = fileURLToPath(new URL("recordings", import.meta.url))
  for (const file of existsSync(recordings) ? readdirSync(recordings) : [])
    test(`finds the stand-in to answer as Atlas did in ${file}`, async () => {
      const { exchanges } = JSON.parse(readFileSync(join(recordings, file), "utf8")) as {
        exchanges: Exchange[]
      }
      expect((await compareWithStandIn(exchanges)).differences).toEqual([])
    })
})

describe("the command", () => {
  const quick = Object.fromEntries(
    "awsInitiating awsFinalizing deleting containerUnlock containerRecent"
      .split(" ")
      .map((name) => [name, 0]),
  )
  async function run(
    origin: string,
    args: readonly string[],
    onStart: (stop: () => void) => void = () => {},
  ) {
    const folder = mkdtempSync(join(tmpdir(), "verify-atlas-"))
    ending.push(() => rmSync(folder, { recursive: true }))
    const doctor = fileURLToPath(new URL("../doctor.ts", import.meta.url))
    const child = spawn(
      process.execPath,
      ["--import", import.meta.resolve("tsx"), doctor, "--verify-atlas", ...args],
      {
        cwd: folder,
        env: {
          ATLAS_BASE_URL: origin,
          ATLAS_PUBLIC_KEY: ownerKey.publicKey,
          ATLAS_PRIVATE_KEY: ownerKey.privateKey,
        },
      },
    )
    onStart(() => child.kill("SIGINT"))
    const answers = ["n\n", "y\n"]
    child.stdout.on("data", (part: Buffer) => {
      if (!part.toString().endsWith("yes to [a]ll: ")) return
      const answer = answers.shift()
      if (answer === undefined) child.stdin.end()
      else child.stdin.write(answer)
    })
    const [out, errors, [status]] = await Promise.all([
      readText(child.stdout),
      readText(child.stderr),
      once(child, "close") as Promise<[number | null]>,
    ])
    expect(out).not.toContain(ownerKey.privateKey)
    return { out, errors, status, file: join(folder, "verify-atlas.json") }
  }
  const tableOf = (out: string) =>
    out
      .slice(out.search(/^(wrong|confirmed) /m))
      .split("\nThe exchanges are")[0]
      ?.trim()

  test("records Atlas, prints what differs, and replays the recording without Atlas", async () => {
    const { origin, isEmpty } = await startAtlas([], { durations: quick })
    const { out, errors, status, file } = await run(origin, ["--yes", "--project", projectId])
    expect([errors, status, isEmpty()]).toEqual(["", 1, true])
    expect(out).toMatch(/^wrong {6}states and their order$/m)
    expect(out).toContain("key, v2, peer: create: 201")
    const again = await run("https://atlas.invalid", ["--replay", file])
    expect([again.errors, again.status]).toEqual(["", 1])
    expect(tableOf(again.out)).toBe(tableOf(out))
    const lost = await run("https://atlas.invalid", ["--replay", `${file}.lost`])
    expect([lost.errors, lost.status]).toEqual(["", 2])
  })

  test("asks before each write, and deletes what it made when nobody answers any more", async () => {
    const { origin, isEmpty, written } = await startAtlas([], { durations: quick })
    const { out, status } = await run(origin, ["--project", projectId])
    expect(out).toContain("custom DNS: as it is: PATCH groups/{project}/awsCustomDNS on v1.0? [y]es, [n]o")
    expect(written.map((one) => one.replace(/^.*\//, ""))).toEqual(["privateIpMode"])
    expect([status, isEmpty()]).toEqual([1, true])
  })

  test("deletes what it made after Ctrl-C", async () => {
    let stop = () => {}
    const { origin, isEmpty } = await startAtlas([], {
      durations: quick,
      onServed({ method, target }) {
        if (method === "POST" && target.endsWith("/peers")) stop()
      },
    })
    const { out, status } = await run(origin, ["--yes", "--project", projectId], (kill) => {
      stop = kill
    })
    expect(out).toContain("Stopping. What was made is deleted")
    expect([status, isEmpty()]).toEqual([1, true])
  })
})
