import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { startProgram, waitForProgram } from "@peering-desk/test-support/programs"
import { sessionSecret, startDesk, type Desk } from "#tools/lab/desk.ts"
import { runScript, toNode } from "#tools/lab/programs.ts"
import { connectionsPerProject, projectCount } from "./creates/world.ts"
import { chooseNode, type Runtime } from "./runtimes.ts"

const filler = fileURLToPath(new URL("../../../apps/bff/test/support/session-filler.ts", import.meta.url))

export interface StandIn {
  url: string
  pid: number
  log: () => string
  stop: () => Promise<void>
}

/** What came since it was last read: all requests, and those for each project. */
interface Calls {
  requests: number
  calls: { projectId: string; tried: number; refused: number }[]
}

export interface AtlasStub extends StandIn {
  readCalls: () => Promise<Calls>
  /** Creates a connection that moves, sets the status of all AWS connections, or allows only so many calls a minute. */
  control: (
    what: "create" | "status" | "limit",
    body: { projectId: string; providerName?: string; statusName?: string; perMinute?: number },
  ) => Promise<void>
}

/** The key that the stub of Atlas accepts. */
export const atlasKey = { publicKey: "benchkey", privateKey: "00000000-0000-4000-8000-00000000be7c" }

export async function startAtlasStub({
  projects = projectCount,
  connections = connectionsPerProject,
  delayMs = 0,
} = {}): Promise<AtlasStub> {
  const world = [`--projects=${projects}`, `--connections=${connections}`, `--delayMs=${delayMs}`]
  const stub = await startScript("atlas-stub.ts", world)
  const ask = async (path: string, init: RequestInit) => {
    const answer = await fetch(`${stub.url}/bench/${path}`, init)
    if (!answer.ok) throw new Error(`the stub of Atlas answered ${answer.status} to ${path}`)
    return await answer.json()
  }
  return {
    ...stub,
    readCalls: async () => (await ask("calls", {})) as Calls,
    control: async (what, body) => void (await ask(what, { method: "POST", body: JSON.stringify(body) })),
  }
}

interface Run {
  /** The image's Node unless another is named. */
  runtime?: Runtime
  /** More flags for it. */
  flags?: readonly string[]
}

/** Starts the built server beside a stub of Atlas. */
export async function startProduct(
  work: string,
  atlasUrl: string,
  environment: Readonly<Record<string, string>> = {},
  { runtime, flags = [] }: Run = {},
): Promise<Desk> {
  const { path: node } = runtime ?? (await chooseNode())
  return await startDesk(work, { url: atlasUrl, ...atlasKey }, environment, { node, flags })
}

/** Signs as many people in at a server, each once. Returns their `Cookie` headers. */
export async function signPeopleIn(count: number, work: string, databaseUrl?: string): Promise<string[]> {
  const where = databaseUrl === undefined ? [] : [databaseUrl]
  return (await runScript(filler, join(work, "data"), String(count), sessionSecret, ...where))
    .trim()
    .split("\n")
}

/** Asks an address over new connections until some work is done. Returns how long each answer took, in milliseconds. */
export async function probe(url: string, work: () => Promise<unknown>): Promise<number[]> {
  const prober = await runFile("creates/prober.ts", [`--url=${url}`])
  await waitForProgram(prober, () => prober.log().startsWith("warm"))
  await work()
  prober.child.stdin?.end()
  await prober.gone
  return JSON.parse(prober.log().slice("warm".length)) as number[]
}

/** Starts a server of the benchmark's own as one process, and reads its address from its first line. */
export async function startScript(
  name: string,
  args: readonly string[] = [],
  run: Run = {},
): Promise<StandIn> {
  const program = await runFile(name, args, run)
  const readUrl = () => /^listening on (\S+)\n/.exec(program.log())?.[1]
  await waitForProgram(program, () => readUrl() !== undefined)
  const { child, log } = program
  return { url: readUrl() ?? "", pid: child.pid ?? Number.NaN, log, stop: () => program.stop() }
}

async function runFile(name: string, args: readonly string[], { runtime, flags = [] }: Run = {}) {
  const file = fileURLToPath(new URL(name, import.meta.url))
  const { path } = runtime ?? (await chooseNode())
  return startProgram(path, [...flags, ...toNode(file, ...args)], {}, process.cwd())
}
