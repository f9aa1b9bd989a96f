import type { Task } from "#tools/lab/area.ts"
import { createHash } from "node:crypto"
import { statSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { apiUrls } from "@peering-desk/shared-schemas"
import { findFreePort, answers, startProgram, waitForProgram } from "@peering-desk/test-support/programs"
import { runScript } from "#tools/lab/programs.ts"
import { noAtlas, sessionSecret, type Desk } from "#tools/lab/desk.ts"
import { readCpuUs, readRssMb } from "./process-cost.ts"
import { compare, interleave } from "./rounds.ts"
import { chooseNode } from "./runtimes.ts"
import { startProduct } from "./stand-ins.ts"
import { shown, type Figure } from "#tools/lab/figure.ts"

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
  const bareNode = { what: "node:http alone", rounds: bare }
  const [toFull, toEmpty] = [
    compare({ ours: full, peer: bareNode }),
    compare({ ours: empty, peer: bareNode }),
  ]
  const toVerification = compare({
    ours: verifications.ours,
    peer: { what: "SHA-256 of as many texts", rounds: verifications.peer },
  })
  const perRow = (ms: number) => (ms * 1000) / auditRows
  const verifying = `verifying ${auditRows} audit rows, each`
  return [
    toEmpty("from the start of the process to /readyz, empty", "ms", ({ readyMs }) => readyMs),
    toFull(`the same with ${auditRows} audit rows`, "ms", ({ readyMs }) => readyMs, 1_000),
    toFull("processor time until then", "ms", ({ cpuMs }) => cpuMs),
    toFull("memory at that moment", "MB", ({ rssMb }) => rssMb),
    toVerification(`${verifying}, the first time`, "µs", ({ firstMs }) => perRow(firstMs), 6),
    toVerification(`${verifying}, again`, "µs", ({ againMs }) => perRow(againMs), 6),
    shown("database, each audit row", bytes / auditRows, "B"),
  ]
}

async function measureDesk(work: string): Promise<Start> {
  const desk = await startProduct(work, noAtlas.url)
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
  const program = startProgram((await chooseNode()).path, ["-e", script], {}, process.cwd())
  await waitForProgram(program, () => answers(`http://127.0.0.1:${port}/`))
  const start = readStart(performance.now() - from, program.child.pid ?? Number.NaN)
  await program.stop()
  return start
}

async function measureVerification(work: string): Promise<Verification> {
  const desk = await startProduct(work, noAtlas.url)
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
