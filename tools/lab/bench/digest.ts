import { fileURLToPath } from "node:url"
import { runProgram, runScript } from "#tools/lab/programs.ts"
import { toProjectId } from "./creates/world.ts"
import { interleave } from "./rounds.ts"
import { toMedian, toQuantile, type Figure } from "#tools/lab/figure.ts"
import { atlasKey, startAtlasStub, type AtlasStub } from "./stand-ins.ts"

const roundCount = 3
const clients = 64
const roundTripMs = 50
const counts = { alone: 30, together: 1_280, costed: 2_000 }
const path = `/api/atlas/v1.0/groups/${toProjectId(0)}/privateIpMode`
const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))

const limitedBy = "A wait is one round trip and the turn of the call among calls answered in the same moment."

/** What a client says of its calls. */
interface Calls {
  cpuUs: number
  medianMs: number
  failures: number
}

/** Makes so many calls, so many at a time. */
type Client = (atlas: string, count: number, atOnce: number) => Promise<Calls>

interface Measured extends Calls {
  requestsPerCall: number
  /** The median wait in round trips, one call at a time and many. */
  aloneTrips: number
  togetherTrips: number
}

const contestants = {
  ours: createNodeClient("ours"),
  bare: createNodeClient("bare"),
  plain: createNodeClient("plain"),
  urllib: runUrllib,
  curl: runCurl,
}
type Name = keyof typeof contestants
const names: Record<Exclude<Name, "ours">, string> = {
  bare: "undici and a digest alone",
  plain: "digest-fetch",
  urllib: "urllib",
  curl: "curl",
}

/** Signed calls of the client that the server uses, beside other clients that speak digest. */
export async function measureDigest(): Promise<Figure[]> {
  const near = await startAtlasStub()
  const far = await startAtlasStub({ delayMs: roundTripMs })
  const rounds = await interleave(
    roundCount,
    mapValues(contestants, (client) => () => measure(client, near, far)),
  )
  await near.stop()
  await far.stop()
  const toFigure = (
    what: string,
    unit: string,
    peer: keyof typeof names,
    read: (one: Measured) => number,
    goal: Figure["goal"] = null,
  ): Figure => ({
    what,
    unit,
    seen: toMedian(rounds.ours, read),
    peer: { what: names[peer], value: toMedian(rounds[peer], read) },
    goal,
    ...(unit === "round trips" && { limitedBy }),
  })
  const requests = `requests a call, ${counts.costed} calls, ${clients} at a time`
  const alone = `median wait of a call over a line of ${roundTripMs} ms, alone`
  const together = `the same, ${clients} at a time`
  const cpu = `CPU of a call, ${clients} at a time`
  return [
    toFigure(requests, "", "plain", (one) => one.requestsPerCall, { atMost: 1.01, of: "unit" }),
    toFigure(requests, "", "urllib", (one) => one.requestsPerCall),
    toFigure(requests, "", "curl", (one) => one.requestsPerCall),
    toFigure(`failures of ${counts.costed} calls`, "", "plain", (one) => one.failures, {
      atMost: 0,
      of: "unit",
    }),
    toFigure(alone, "round trips", "bare", (one) => one.aloneTrips, { atMost: 1.06, of: "unit" }),
    toFigure(alone, "round trips", "urllib", (one) => one.aloneTrips),
    toFigure(alone, "round trips", "curl", (one) => one.aloneTrips),
    toFigure(together, "round trips", "bare", (one) => one.togetherTrips, { atMost: 1.06, of: "unit" }),
    toFigure(together, "round trips", "plain", (one) => one.togetherTrips),
    toFigure(cpu, "µs", "bare", (one) => one.cpuUs),
    toFigure(cpu, "µs", "plain", (one) => one.cpuUs),
    toFigure(cpu, "µs", "urllib", (one) => one.cpuUs),
    toFigure(cpu, "µs", "curl", (one) => one.cpuUs),
  ]
}

async function measure(client: Client, near: AtlasStub, far: AtlasStub): Promise<Measured> {
  await near.readCalls()
  const costed = await client(near.url, counts.costed, clients)
  const { requests } = await near.readCalls()
  const alone = await client(far.url, counts.alone, 1)
  const together = await client(far.url, counts.together, clients)
  return {
    ...costed,
    requestsPerCall: requests / counts.costed,
    aloneTrips: alone.medianMs / roundTripMs,
    togetherTrips: together.medianMs / roundTripMs,
  }
}

function createNodeClient(client: string): Client {
  return async (atlas, count, atOnce) => {
    const { publicKey, privateKey } = atlasKey
    const options = { client, atlas, path, key: publicKey, secret: privateKey, count, clients: atOnce }
    const flags = Object.entries(options).map(([name, value]) => `--${name}=${value}`)
    return JSON.parse(await runScript(fileOf("digest/signed-calls.ts"), ...flags)) as Calls
  }
}

async function runUrllib(atlas: string, count: number, atOnce: number): Promise<Calls> {
  const { publicKey, privateKey } = atlasKey
  const script = fileOf("digest/urllib-calls.py")
  const call = [`${atlas}${path}`, publicKey, privateKey, String(count), String(atOnce)]
  return JSON.parse(await run("python3", [script, ...call])) as Calls
}

/** One process of curl for all calls, which is more than a script gives it. */
async function runCurl(atlas: string, count: number, atOnce: number): Promise<Calls> {
  const { publicKey, privateKey } = atlasKey
  const write = "%{http_code} %{time_total}\\n"
  const options = `--silent --digest --user '${publicKey}:${privateKey}' --output /dev/null --write-out '${write}'`
  const many = atOnce === 1 ? "" : `--parallel --parallel-immediate --parallel-max ${atOnce}`
  const line = `TIMEFORMAT='cpu %U %S'; time curl ${options} ${many} '${atlas}${path}?call=[1-${count}]'`
  // bash writes the times of a program to the other stream.
  const lines = (await run("bash", ["-c", `{ ${line}; } 2>&1`])).trim().split("\n")
  const cpu = lines.find((one) => one.startsWith("cpu "))?.split(" ") ?? []
  const calls = lines.filter((one) => /^\d{3} [\d.]+$/.test(one)).map((one) => one.split(" ").map(Number))
  return {
    cpuUs: ((Number(cpu[1]) + Number(cpu[2])) * 1e6) / count,
    medianMs:
      toQuantile(
        calls.map(([, seconds = Number.NaN]) => seconds),
        0.5,
      ) * 1e3,
    failures: count - calls.filter(([status]) => status === 200).length,
  }
}

async function run(program: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runProgram(program, args, { timeoutMs: 300_000 })
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${stderr.slice(-2_000)}`)
  return stdout
}

function mapValues<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  to: (value: From) => To,
): Record<Key, To> {
  return Object.fromEntries(Object.entries<From>(record).map(([key, value]) => [key, to(value)])) as Record<
    Key,
    To
  >
}
