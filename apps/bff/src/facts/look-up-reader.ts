import type { NetworkFacts } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { findThreadFile, QuestionThread } from "#base/question-thread.ts"
import { readForNetwork, type LookUpAnswer, type LookUpQuestion } from "./read-for-network.ts"

/** The longest text takes two seconds. */
const longestMs = 20_000
const idleMs = 10 * 60_000
/** Characters that are read in less than 20 ms, and so without the thread. */
const shortText = 50_000

/** Reads pasted look-ups, long ones in a thread: they take seconds, in which requests are answered. */
export class LookUpReader {
  readonly #thread: QuestionThread

  constructor({
    file = findThreadFile("look-up-worker", import.meta.url),
    ...deps
  }: {
    clock: Clock
    logger: Logger
    file?: URL
  }) {
    this.#thread = new QuestionThread({ ...deps, file, name: "The reader of look-ups", longestMs, idleMs })
  }

  /**
   * Reads what a text says of the network of a connection.
   * @throws AppError `facts_unreadable` or `facts_of_another_network`
   */
  async read(question: LookUpQuestion): Promise<NetworkFacts> {
    const answer = await this.#ask(question)
    if ("facts" in answer) return answer.facts
    throw new AppError(answer.code, { detail: answer.detail })
  }

  async #ask(question: LookUpQuestion): Promise<LookUpAnswer> {
    if (question.text.length <= shortText) return readForNetwork(question)
    try {
      return JSON.parse(await this.#thread.ask<string>("read", question)) as LookUpAnswer
    } catch {
      return { code: "facts_unreadable", detail: "This server could not read the text. Nothing was kept." }
    }
  }
}
