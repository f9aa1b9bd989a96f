import { setImmediate } from "node:timers/promises"
import type { NetworkFacts } from "@peering-desk/shared-schemas"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { findThreadFile, QuestionThread } from "#base/question-thread.ts"
import type {
  FactRow,
  ReadAnswer,
  ReaderIdentity,
  Reading,
  ReadingRequest,
  ReadingRole,
  ReadMemory,
  ReadProblem,
  RoleCheck,
} from "./reading.ts"

interface CloudReaderDeps {
  clock: Clock
  logger: Logger
  /** Environment of the SDK: credentials, endpoints. By default the server's. */
  environment?: NodeJS.ProcessEnv
  file?: URL
  /** The longest that one call of AWS may take, and all of a reading. */
  callMs?: number
  readMs?: number
}

const idleMs = 10 * 60_000
/** Waits for what the thread ends by itself. */
const longestMs = 120_000
const nothingKept: ReadMemory = { waiting: {}, lists: {} }

/** Reads networks in AWS, in a thread. It never rejects for what AWS or the network does. */
export class CloudReader {
  readonly #clock: Clock
  readonly #thread: QuestionThread
  readonly #limits: { callMs: number; readMs: number }
  /** By role, external id and region. */
  readonly #memory = new Map<string, ReadMemory>()

  constructor({ callMs = 5_000, readMs = 20_000, environment, file, ...deps }: CloudReaderDeps) {
    this.#clock = deps.clock
    this.#limits = { callMs, readMs }
    this.#thread = new QuestionThread({
      ...deps,
      file: file ?? findThreadFile("reading-worker", import.meta.url),
      name: "The thread that reads AWS",
      longestMs,
      idleMs,
      ...(environment !== undefined && { environment }),
    })
  }

  /** Asks AWS for the server's own identity. */
  async identify(): Promise<ReaderIdentity> {
    try {
      return await this.#thread.ask("identify", this.#limits)
    } catch (error) {
      return { problem: toThreadProblem(error) }
    }
  }

  /** Tries what a role may do: assumes it with and without the external id, and asks for each right with a dry run. */
  async check(role: ReadingRole, region: string): Promise<RoleCheck> {
    try {
      return await this.#thread.ask("check", { role, region, ...this.#limits })
    } catch (error) {
      return { problem: toThreadProblem(error), account: null, missing: [], isOpenToOthers: null, calls: 0 }
    }
  }

  /** Reads one region of a role's account. */
  async read(role: ReadingRole, asked: ReadingRequest): Promise<Reading> {
    const at = this.#clock.now()
    const key = `${role.roleArn} ${role.externalId} ${asked.region}`
    const memory = this.#memory.get(key) ?? nothingKept
    try {
      const question = { role, asked, at, memory, ...this.#limits }
      const answer = await this.#thread.ask<ReadAnswer>("read", question)
      this.#memory.set(key, answer.memory)
      return { ...answer.reading, ...(await this.#collect(answer)) }
    } catch (error) {
      return {
        at,
        calls: 0,
        problem: toThreadProblem(error),
        missing: [],
        granted: [],
        listed: [],
        networks: [],
      }
    }
  }

  /** Ends the thread. */
  stop(): Promise<void> {
    return this.#thread.stop()
  }

  /** Fetches facts piece by piece. Between two pieces the server answers requests: it waits a turn, since the next piece may be there already. */
  async #collect({ id, pieces }: ReadAnswer): Promise<Pick<Reading, "listed" | "networks">> {
    const found = { listed: new Map<string, NetworkFacts>(), networks: new Map<string, NetworkFacts>() }
    for (let at = 0; at < pieces; at += 1) {
      await setImmediate()
      const rows = JSON.parse(await this.#thread.ask<string>("piece", { id })) as FactRow[]
      for (const [list, vpcId, aspect, fact] of rows) {
        const facts = found[list].get(vpcId) ?? { providerName: "AWS" }
        found[list].set(vpcId, Object.assign(facts, { [aspect]: fact }))
      }
    }
    return {
      listed: [...found.listed.values()],
      networks: [...found.networks].map(([vpcId, facts]) => ({ vpcId, facts })),
    }
  }
}

/** Explains a thread that ended. */
function toThreadProblem(error: unknown): ReadProblem {
  const words = error instanceof Error ? error.message : "no reason"
  return { code: "unexpected", says: `The thread that reads AWS failed (${words.slice(0, 200)}).` }
}
