import { readFileSync } from "node:fs"
import { runProgram } from "#tools/lab/programs.ts"

/** A Node of this machine. */
export interface Runtime {
  path: string
  /** As in v24.22.3. */
  version: string
}

/** The Node that runs the bench. */
export const ownNode: Runtime = { path: process.execPath, version: process.version }

/** The major version of Node in the image, as in `24`. */
export const imageMajor =
  /^FROM node:(\d+)/m.exec(readFileSync(new URL("../../../Dockerfile", import.meta.url), "utf8"))?.[1] ?? ""

let found: Promise<Runtime | null> | undefined

/** Finds a Node of the image's version: the bench's own, the one that `BENCH_NODE` names, or npm's package of it. Null without one. */
export function findImageNode(): Promise<Runtime | null> {
  found ??= find()
  return found
}

async function find(): Promise<Runtime | null> {
  const named = process.env["BENCH_NODE"]
  for (const path of [ownNode.path, named ?? (await findPackaged())]) {
    const version = (await readOutput(path, ["-v"])) ?? ""
    if (version.startsWith(`v${imageMajor}.`)) return { path, version }
  }
  return null
}

async function findPackaged(): Promise<string> {
  const name = `node-${process.platform}-${process.arch}@${imageMajor}`
  return (await readOutput("npx", ["-y", "-p", name, "-c", "node -p process.execPath"])) ?? ""
}

/** Returns what a program prints; null when it is missing or fails. */
async function readOutput(program: string, args: readonly string[]): Promise<string | null> {
  const options = { env: { HOME: process.env["HOME"] ?? "" }, timeoutMs: 180_000 }
  const ended = await runProgram(program, args, options).catch(() => null)
  return ended?.code === 0 ? ended.stdout.trim() : null
}

/** The Node that runs the product and its peers: the image's where there is one. */
export async function chooseNode(): Promise<Runtime> {
  return (await findImageNode()) ?? ownNode
}

/** Names the versions of a run. */
export async function describeRuntimes(): Promise<string> {
  const image = await findImageNode()
  if (image === null)
    return `Node ${ownNode.version}; Node ${imageMajor}, which the image has, was not found: name one in \`BENCH_NODE\``
  return image.path === ownNode.path
    ? `Node ${image.version}, which the image has`
    : `Node ${image.version}, which the image has, and ${ownNode.version} where it is named`
}
