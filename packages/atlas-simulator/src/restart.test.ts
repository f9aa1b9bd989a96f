import { execFile, spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

import { afterEach, beforeEach, describe, expect, it } from "vitest"

import type { Snapshot } from "#console/snapshot.ts"

const run = promisify(execFile)
const main = fileURLToPath(new URL("main.ts", import.meta.url))

let folder: string
let dataFile: string
const children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "simulator-"))
  dataFile = join(folder, "atlas.json")
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL")
  rmSync(folder, { recursive: true })
})

const toArguments = (more: readonly string[]) => [
  "--import",
  "tsx",
  main,
  "--port=0",
  "--speed=0",
  "--data-file",
  dataFile,
  ...more,
]

/** Starts the command and waits for its first two lines. */
async function start(more: readonly string[] = []) {
  const child = spawn(process.execPath, toArguments(more), { stdio: ["ignore", "pipe", "pipe"] })
  children.push(child)
  const errors: string[] = []
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk.toString()))
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const first = String((await lines.next()).value)
  const line = String((await lines.next()).value)
  const origin = first.replace("listening on ", "")
  const post = (path: string, body: unknown) =>
    fetch(`${origin}/simulator${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    })
  const state = async (): Promise<Snapshot> =>
    (await fetch(`${origin}/simulator/state`)).json() as Promise<Snapshot>
  const stop = async (signal: "SIGTERM" | "SIGKILL") => {
    const ended = once(child, "close")
    child.kill(signal)
    const [code]: unknown[] = await ended
    return { code, errors: errors.join("") }
  }
  return { post, state, stop, line }
}

describe("the simulator command with a data file", () => {
  it.each(["SIGKILL", "SIGTERM"] as const)("resumes after %s", async (signal) => {
    const first = await start()
    const waiting = (await first.state()).projects
      .flatMap(({ peers }) => peers)
      .find(({ status }) => status === "PENDING_ACCEPTANCE")
    expect((await first.post("/cloud-side", { peerId: waiting?.id, act: "reject" })).status).toBe(200)
    expect((await first.post("/clock", { advanceSeconds: 3600 })).status).toBe(200)
    const before = await first.state()
    await first.stop(signal)

    const second = await start()
    expect(await second.state()).toEqual(before)
    expect(await second.stop("SIGTERM")).toEqual({ code: 0, errors: "" })
  })

  it("warns when the requested scenario is not the file's", async () => {
    const first = await start(["--scenario=documentation"])
    expect((await first.stop("SIGTERM")).errors).toBe("")
    const second = await start(["--scenario=crowded"])
    expect(second.line).toContain("scenario documentation")
    expect((await second.stop("SIGTERM")).errors).toBe(
      `simulator: --scenario crowded has no effect, as ${dataFile} holds documentation; delete the file to start over\n`,
    )
  })

  it("exits with 1 for a damaged file, says what to do, and leaves it unchanged", async () => {
    writeFileSync(dataFile, '{"format":"atlas-simulator","version":1,"no')
    const failure: unknown = await run(process.execPath, toArguments([])).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 1,
      stdout: "",
      stderr: `simulator: the data file ${dataFile} cannot be used: it is not JSON, or breaks off. Delete it to start over (for the demo's: pnpm demo --fresh)\n`,
    })
    expect(readFileSync(dataFile, "utf8")).toContain('"no')
  })
})
