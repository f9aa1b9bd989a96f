import { fileURLToPath } from "node:url"
import type { Task } from "#tools/lab/area.ts"
import { runProgram, runScript } from "#tools/lab/programs.ts"
import { toProjectId } from "./creates/world.ts"
import { compare, interleave } from "./rounds.ts"
import { toQuantile, type Figure } from "#tools/lab/figure.ts"
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

/** Signed calls of the client that the server uses, beside other clients that speak digest. */
export async function measureDigest({ keep }: Task): Promise<Figure[]> {
  const near = keep(await startAtlasStub())
  const far = keep(await startAtlasStub({ delayMs: roundTripMs }))
  const contest = (client: Client) => () => measure(client, near, far)
  const { ours, bare, curl } = await interleave(roundCount, {
    ours: contest(createNodeClient("ours")),
    bare: contest(createNodeClient("bare")),
    curl: contest(runCurl),
  })
  const toCurl = compare({ ours, peer: { what: "curl", rounds: curl } })
  const toBare = compare({ ours, peer: { what: "undici and a digest alone", rounds: bare } })
  const alone = `median wait of a call over a line of ${roundTripMs} ms, alone`
  const together = `the same, ${clients} at a time`
  const [trips, costed] = ["round trips", `${counts.costed} calls, ${clients} at a time`]
  return [
    toCurl(`requests a call, ${costed}`, "", (one) => one.requestsPerCall, 1.01),
    toCurl(`failures of ${costed}`, "", (one) => one.failures, 0),
    toBare(alone, trips, (one) => one.aloneTrips, 1.06, limitedBy),
    toCurl(alone, trips, (one) => one.aloneTrips),
    toBare(together, trips, (one) => one.togetherTrips, 1.06, limitedBy),
    toBare(`CPU of a call, ${clients} at a time`, "µs", (one) => one.cpuUs),
    toCurl(`CPU of a call, ${clients} at a time`, "µs", (one) => one.cpuUs),
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

/** One process of curl for all calls, which is more than a script gives it. */
async function runCurl(atlas: string, count: number, atOnce: number): Promise<Calls> {
  const { publicKey, privateKey } = atlasKey
  const write = "%{http_code} %{time_total}\\n"
  const options = `--silent --digest --user '${publicKey}:${privateKey}' --output /dev/null --write-out '${write}'`
  const many = atOnce === 1 ? "" : `--parallel --parallel-immediate --parallel-max ${atOnce}`
  const line = `TIMEFORMAT='cpu %U %S'; time curl ${options} ${many} '${atlas}${path}?call=[1-${count}]'`
  // bash writes the times of a program to the other stream.
  const { stdout } = await runProgram("bash", ["-c", `{ ${line}; } 2>&1`], { timeoutMs: 300_000 })
  const lines = stdout.trim().split("\n")
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
