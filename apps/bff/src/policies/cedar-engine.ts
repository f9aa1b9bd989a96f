import { Worker } from "node:worker_threads"
import type {
  AuthorizationAnswer,
  AuthorizationCall,
  PolicyToJsonAnswer,
} from "@cedar-policy/cedar-wasm/nodejs"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"

interface Waiting {
  resolve: (answer: unknown) => void
  reject: (error: unknown) => void
}

/** Beside this file, in the source as in the bundle. */
const workerFile = new URL("./cedar-worker.js", import.meta.url)
/** Far more than 200 policies take. */
const longestMs = 5_000

/** Asks Cedar's engine, which runs in a thread that starts with the first question. A question that ends the thread fails alone with those beside it. */
export class CedarEngine {
  readonly #deps: { clock: Clock; logger: Logger; file: URL }
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #asked = 0

  constructor(deps: { clock: Clock; logger: Logger; file?: URL }) {
    this.#deps = { file: workerFile, ...deps }
  }

  /** Parses the text of one policy. Rejects when the engine can't be used. */
  parse(text: string): Promise<PolicyToJsonAnswer> {
    return this.#ask("policyToJson", text)
  }

  /** Evaluates policies for one request. Rejects when the engine can't be used. */
  evaluate(call: AuthorizationCall): Promise<AuthorizationAnswer> {
    return this.#ask("isAuthorized", call)
  }

  async #ask<Answer>(method: string, question: unknown): Promise<Answer> {
    const worker = (this.#worker ??= this.#start())
    const id = (this.#asked += 1)
    const callOff = this.#deps.clock.after(longestMs, () => {
      this.#end(worker, new Error("The policy engine does not answer"))
      void worker.terminate()
    })
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.#waiting.set(id, { resolve: (answer) => resolve(answer as Answer), reject })
        worker.postMessage({ id, method, question })
      })
    } finally {
      callOff()
      this.#waiting.delete(id)
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#deps.file)
    // It ends with the server.
    worker.unref()
    worker.on("message", ({ id, answer }: { id: number; answer: unknown }) => {
      this.#waiting.get(id)?.resolve(answer)
    })
    worker.on("error", (error) => {
      this.#deps.logger.warn(
        { err: error },
        "The policy engine failed; it starts again with the next question",
      )
      this.#end(worker, error)
    })
    return worker
  }

  #end(worker: Worker, error: unknown): void {
    if (this.#worker !== worker) return
    this.#worker = null
    for (const { reject } of this.#waiting.values()) reject(error)
  }
}
