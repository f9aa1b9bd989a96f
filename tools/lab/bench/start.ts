import type { Task } from "#tools/lab/area.ts"
import { createHash } from "node:crypto"
import { statSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { apiUrls } from "@peering-desk/shared-schemas"
import { startProgram, waitForProgram } from "#bff/test/support/server-process.ts"
import { answers, findFreePort, runScript } from "#tools/lab/programs.ts"
import { noAtlas, sessionSecret, startDesk, type Desk } from "#tools/lab/desk.ts"
import { readCpuUs, readRssMb } from "./process-cost.ts"
import { interleave } from "./rounds.ts"
import { toMedian, type Figure } from "#tools/lab/figure.ts"

const roundCount = 5
const auditRows = 100_000
const filler = fileURLToPath(new URL("../../../apps/bff/test/support/audit-filler.ts", import.meta.url))

interface Start {
  readyMs: number
  cpuMs: number
  rssMb: number
}

interface Verification {
  firstMs: number
  againMs: number
}

/** How long a start takes, with an empty audit log and a long one, and how long verifying the long one takes. */
export async function measureStart({ work }: Task): Promise<Figure[]> {
  const long = join(work, "long")
  await runScript(filler, join(long, "data"), String(auditRows), sessionSecret)
  const bytes = statSync(join(long, "data", "peering-desk.sqlite")).size

  const { empty, full, bare } = await interleave(roundCount, {
    empty: () => measureDesk(join(work, String(performance.now()))),
    full: () => measureDesk(long),
    bare: startBareServer,
  })
  const verifications = await interleave(3, { ours: () => measureVerification(long), peer: hashAsMany })
  const toStart = (what: string, ours: Start[], goalMs: number | null): Figure => ({
    what: `from the start of the process to /readyz, ${what}`,
    unit: "ms",
    seen: toMedian(ours, ({ readyMs }) => readyMs),
    peer: { what: "node:http alone", value: toMedian(bare, ({ readyMs }) => readyMs) },
    goal: goalMs === null ? null : { atMost: goalMs, of: "unit" },
  })
  const perRow = (ms: number) => (ms * 1000) / auditRows
  const peer = {
    what: "SHA-256 of as many texts",
    value: perRow(toMedian(verifications.peer, ({ firstMs }) => firstMs)),
  }
  const toVerify = (what: string, read: (one: Verification) => number): Figure => ({
    what: `verifying ${auditRows} audit rows, each, ${what}`,
    unit: "µs",
    seen: perRow(toMedian(verifications.ours, read)),
    peer,
    goal: { atMost: 6, of: "unit" },
  })
  return [
    toStart("empty", empty, null),
    toStart(`with ${auditRows} audit rows`, full, 1_000),
    {
      what: "processor time until then",
      unit: "ms",
      seen: toMedian(full, ({ cpuMs }) => cpuMs),
      peer: { what: "node:http alone", value: toMedian(bare, ({ cpuMs }) => cpuMs) },
      goal: null,
    },
    {
      what: "memory at that moment",
      unit: "MB",
      seen: toMedian(full, ({ rssMb }) => rssMb),
      peer: { what: "node:http alone", value: toMedian(bare, ({ rssMb }) => rssMb) },
      goal: null,
    },
    toVerify("the first time", ({ firstMs }) => firstMs),
    toVerify("again", ({ againMs }) => againMs),
    { what: "database, each audit row", unit: "B", seen: bytes / auditRows, peer: null, goal: null },
  ]
}

async function measureDesk(work: string): Promise<Start> {
  const desk = await startDesk(work, noAtlas)
  const start = readStart(desk.readyMs, desk.pid)
  await desk.stop()
  return start
}

const readStart = (readyMs: number, pid: number): Start => ({
  readyMs,
  cpuMs: readCpuUs(pid) / 1000,
  rssMb: readRssMb(pid),
})

/** The least that can answer: Node with one handler. */
async function startBareServer(): Promise<Start> {
  const port = await findFreePort()
  const script = `require("node:http").createServer((_, answer) => answer.end("{}")).listen(${port}, "127.0.0.1")`
  const from = performance.now()
  const program = startProgram(process.execPath, ["-e", script], {}, process.cwd())
  await waitForProgram(program, () => answers(`http://127.0.0.1:${port}/`))
  const start = readStart(performance.now() - from, program.child.pid ?? Number.NaN)
  await program.stop()
  return start
}

async function measureVerification(work: string): Promise<Verification> {
  const desk = await startDesk(work, noAtlas)
  const cookie = await desk.signIn("sam")
  const firstMs = await verify(desk, cookie)
  const againMs = await verify(desk, cookie)
  await desk.stop()
  return { firstMs, againMs }
}

async function verify({ origin }: Desk, cookie: string): Promise<number> {
  const from = performance.now()
  const answer = await fetch(`${origin}${apiUrls.verifyAudit({ head: [] })}`, { headers: { cookie } })
  const { verdict, rowCount } = (await answer.json()) as { verdict: string; rowCount: number }
  if (verdict !== "verified" || rowCount < auditRows)
    throw new Error(`the log was not verified: ${answer.status}`)
  return performance.now() - from
}

/** No check of a chain can do less. */
function hashAsMany(): Promise<Verification> {
  const row = JSON.stringify(["peering-desk event 1", ...Array.from({ length: 14 }, () => "a value of it")])
  const from = performance.now()
  for (let left = auditRows; left > 0; left -= 1) createHash("sha256").update(row).digest("hex")
  const firstMs = performance.now() - from
  return Promise.resolve({ firstMs, againMs: firstMs })
}
