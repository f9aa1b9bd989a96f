import { fileURLToPath } from "node:url"
import { startProgram, waitForProgram } from "#bff/test/support/server-process.ts"
import { toNode } from "#tools/lab/programs.ts"
import { connectionsPerProject, projectCount } from "./creates/world.ts"

export interface StandIn {
  url: string
  pid: number
  stop: () => Promise<void>
}

/** What came since it was last read: all requests, and the calls for connections of each project. */
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

export async function startBareProxy(atlasUrl: string): Promise<StandIn> {
  const { publicKey, privateKey } = atlasKey
  return await startScript("creates/bare-proxy.ts", [
    `--atlas=${atlasUrl}`,
    `--key=${publicKey}`,
    `--secret=${privateKey}`,
  ])
}

/** Asks an address over new connections until some work is done. Returns how long each answer took, in milliseconds. */
export async function knock(url: string, work: () => Promise<unknown>): Promise<number[]> {
  const knocker = runFile("creates/knocker.ts", [`--url=${url}`])
  await waitForProgram(knocker, () => knocker.log().startsWith("warm"))
  await work()
  knocker.child.stdin?.end()
  await knocker.gone
  return JSON.parse(knocker.log().slice("warm".length)) as number[]
}

/** Starts a server of the benchmark's own as one process, and reads its address from its first line. */
export async function startScript(name: string, args: readonly string[] = []): Promise<StandIn> {
  const program = runFile(name, args)
  const readUrl = () => /^listening on (\S+)\n/.exec(program.log())?.[1]
  await waitForProgram(program, () => readUrl() !== undefined)
  return { url: readUrl() ?? "", pid: program.child.pid ?? Number.NaN, stop: () => program.stop() }
}

function runFile(name: string, args: readonly string[]) {
  const file = fileURLToPath(new URL(name, import.meta.url))
  return startProgram(process.execPath, toNode(file, ...args), {}, process.cwd())
}
