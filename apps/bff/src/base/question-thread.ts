import { extname } from "node:path"
import { Worker } from "node:worker_threads"
import type { Clock } from "./clock.ts"
import type { Logger } from "./logger.ts"

interface Waiting {
  resolve: (answer: unknown) => void
  reject: (error: unknown) => void
}

interface QuestionThreadDeps {
  clock: Clock
  logger: Logger
  /** The thread's file, which calls `answerQuestions`. */
  file: URL
  /** Its name in log lines and errors: "The policy engine". */
  name: string
  /** A question that takes longer ends the thread. */
  longestMs: number
  /** The thread ends after this long without a question; without it, with the server. */
  idleMs?: number
  /** The thread's environment; by default the server's. */
  environment?: NodeJS.ProcessEnv
}

/** Returns the file of a thread beside the file that starts it, in the bundle as in the source. */
export function findThreadFile(name: string, startedBy: string): URL {
  return new URL(`./${name}${extname(startedBy)}`, startedBy)
}

/** Returns code that loads a thread from its source, as in tests and `pnpm dev`. */
function loadSource({ href }: URL): string {
  return `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(href)}) })`
}

/** Asks a worker thread that starts with the first question. A question that ends the thread fails alone with those beside it. */
export class QuestionThread {
  readonly #deps: QuestionThreadDeps
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #asked = 0
  #cancelIdle = () => {}

  constructor(deps: QuestionThreadDeps) {
    this.#deps = deps
  }

  /** Calls a method in the thread. Rejects when the thread can't be used. */
  async ask<Answer>(method: string, question: unknown): Promise<Answer> {
    const { clock, name, longestMs } = this.#deps
    this.#cancelIdle()
    const worker = (this.#worker ??= this.#start())
    const id = (this.#asked += 1)
    const callOff = clock.after(longestMs, () => {
      void this.#end(worker, new Error(`${name} does not answer`))
    })
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.#waiting.set(id, { resolve: (answer) => resolve(answer as Answer), reject })
        worker.postMessage({ id, method, question })
      })
    } finally {
      callOff()
      this.#waiting.delete(id)
      this.#endWhenIdle()
    }
  }

  /** Ends the thread. A later question starts another. */
  async stop(): Promise<void> {
    this.#cancelIdle()
    if (this.#worker !== null) await this.#end(this.#worker, new Error(`${this.#deps.name} was stopped`))
  }

  #start(): Worker {
    const { file, environment } = this.#deps
    const options = environment === undefined ? {} : { env: environment }
    const worker = file.pathname.endsWith(".ts")
      ? new Worker(loadSource(file), { ...options, eval: true })
      : new Worker(file, options)
    // It ends with the server.
    worker.unref()
    worker.on("message", ({ id, answer }: { id: number; answer: unknown }) => {
      this.#waiting.get(id)?.resolve(answer)
    })
    worker.on("error", (error) => {
      const { logger, name } = this.#deps
      logger.warn({ err: error }, `${name} failed; it starts again with the next question`)
      void this.#end(worker, error)
    })
    return worker
  }

  async #end(worker: Worker, error: unknown): Promise<void> {
    if (this.#worker === worker) {
      this.#worker = null
      for (const { reject } of this.#waiting.values()) reject(error)
    }
    await worker.terminate()
  }

  #endWhenIdle(): void {
    const { clock, idleMs } = this.#deps
    this.#cancelIdle()
    if (idleMs === undefined || this.#waiting.size > 0) return
    this.#cancelIdle = clock.after(idleMs, () => void this.stop())
  }
}
