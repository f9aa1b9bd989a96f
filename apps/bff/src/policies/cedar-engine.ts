import type {
  AuthorizationAnswer,
  AuthorizationCall,
  PolicyToJsonAnswer,
} from "@cedar-policy/cedar-wasm/nodejs"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { findThreadFile, QuestionThread } from "#base/question-thread.ts"

/** Far more than 200 policies take. */
const longestMs = 5_000

/** Asks Cedar's engine, which runs in a thread. */
export class CedarEngine {
  readonly #thread: QuestionThread

  constructor({
    file = findThreadFile("cedar-worker", import.meta.url),
    ...deps
  }: {
    clock: Clock
    logger: Logger
    file?: URL
  }) {
    this.#thread = new QuestionThread({ ...deps, file, name: "The policy engine", longestMs })
  }

  /** Parses the text of one policy. Rejects when the engine can't be used. */
  parse(text: string): Promise<PolicyToJsonAnswer> {
    return this.#thread.ask("policyToJson", text)
  }

  /** Evaluates policies for one request. Rejects when the engine can't be used. */
  evaluate(call: AuthorizationCall): Promise<AuthorizationAnswer> {
    return this.#thread.ask("isAuthorized", call)
  }
}
