import { readFileSync, writeFileSync } from "node:fs"
import { createInterface } from "node:readline/promises"
import { setTimeout as sleep } from "node:timers/promises"
import { parseArgs } from "node:util"
import { parseCredentials } from "#bff/src/atlas/auth/credentials.ts"
import { Variables } from "#bff/src/config.ts"
import { readVariable } from "#bff/src/environment.ts"
import type { Exchange } from "./exchange.ts"
import { compareWithStandIn, record, Refused } from "./verify.ts"

const help = `pnpm run doctor --verify-atlas [--project ID] [--yes] [--out FILE]
  Compares a real Atlas with the stand-in that this product is tested against. Needs the Atlas variables of .env, and a project
  without clusters, containers and connections, which you can throw away. Ends with 0 when nothing differs, 1 when something does or
  is left there, 2 when it refuses to begin.
pnpm run doctor --verify-atlas --replay FILE
  Compares what an earlier run recorded with today's stand-in.
`
const print = (text: string) => process.stdout.write(`${text}\n`)

/** Reads what of the configuration is about Atlas. Throws an Error that names mistakes, never values. */
function readAtlas(environment: NodeJS.ProcessEnv) {
  const mistakes = new Map<string, string>()
  const names = Object.keys(Variables.shape).filter((name) =>
    /^ATLAS_(BASE_URL|PUBLIC|PRIVATE|CLIENT)/.test(name),
  )
  const values = Object.fromEntries(names.map((name) => [name, readVariable(name, environment, mistakes)]))
  const file = environment["ATLAS_CREDENTIALS_FILE"] || undefined
  const parsed = parseCredentials({ ...values, ATLAS_CREDENTIALS_FILE: file }, undefined)
  const origin = Variables.shape.ATLAS_BASE_URL.safeParse(values["ATLAS_BASE_URL"])
  const lines = [...[...mistakes].map(([name, says]) => `${name} ${says}`), ...parsed.mistakes]
  if (!origin.success) lines.push("ATLAS_BASE_URL can't be used")
  if (lines.length > 0 || !origin.success) throw new Error(lines.join("\n"))
  return { origin: origin.data.origin, credentials: parsed.credentials }
}

/** Prints the table, and returns whether the stand-in is right in everything that was seen. */
async function compare(exchanges: readonly Exchange[]): Promise<boolean> {
  const { table, differences } = await compareWithStandIn(exchanges)
  print(table)
  return differences.length === 0
}

/** Runs the command to its end, and returns its exit status. */
export async function verifyAtlas(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "verify-atlas": { type: "boolean" },
      project: { type: "string" },
      yes: { type: "boolean", default: false },
      out: { type: "string", default: "verify-atlas.json" },
      replay: { type: "string" },
      help: { type: "boolean", default: false },
    },
  })
  if (values.help) {
    print(help)
    return 0
  }
  if (values.replay !== undefined) {
    const { exchanges } = JSON.parse(readFileSync(values.replay, "utf8")) as { exchanges: Exchange[] }
    return (await compare(exchanges)) ? 0 : 1
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const stop = new AbortController()
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(130)
    print("\nStopping. What was made is deleted; once more ends at once, and leaves it.")
    stop.abort()
  }
  // Without more input there is nobody to ask.
  if (!values.yes) terminal.once("close", () => stop.abort())
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal)
  terminal.on("SIGINT", onSignal)
  try {
    const { origin, credentials } = readAtlas(environment)
    const projectId =
      values.project ??
      (await terminal.question("Id of a project to throw away: ", { signal: stop.signal })).trim()
    const serving = credentials.filter(({ projects }) => projects === "*" || projects.includes(projectId))
    const chosen = (["digest", "service-account"] as const).flatMap(
      (kind) => serving.find((one) => one.kind === kind) ?? [],
    )
    if (chosen.length === 0) throw new Refused("No credential serves this project.")
    print(`Project ${projectId} of ${origin}. What is made there is deleted at the end without asking.`)
    let isAsking = !values.yes
    const { exchanges, left, failure } = await record({
      origin,
      credentials: chosen,
      projectId,
      signal: stop.signal,
      wait: (seconds, signal) => sleep(seconds * 1000, undefined, { signal }),
      async mayWrite({ name, method, path }, { version }) {
        if (!isAsking) return true
        const asked = `${name}: ${method} ${path} on ${version}? [y]es, [n]o, yes to [a]ll: `
        const answer = (await terminal.question(asked, { signal: stop.signal })).trim().toLowerCase()
        isAsking = answer !== "a"
        return answer === "y" || answer === "a"
      },
      onExchange: ({ credential, version, step, status }) =>
        print(`  ${credential}, ${version}, ${step}: ${status}`),
    })
    const about = "Exchanges with MongoDB Atlas, without keys, names, ids and addresses"
    const recordedOn = new Date().toISOString().slice(0, 10)
    writeFileSync(values.out, `${JSON.stringify({ about, recordedOn, exchanges }, null, 2)}\n`)
    const isSame = await compare(exchanges)
    print(`The exchanges are in ${values.out}.`)
    if (failure !== null) print(`Ended early: ${failure instanceof Error ? failure.message : "it failed"}`)
    for (const one of left) print(`LEFT in the project, delete it by hand: ${one}`)
    return isSame && left.length === 0 && failure === null && !stop.signal.aborted ? 0 : 1
  } catch (error) {
    print(error instanceof Error ? error.message : String(error))
    return 2
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal)
    terminal.close()
  }
}
