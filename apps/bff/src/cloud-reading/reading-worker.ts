import { answerQuestions } from "#base/answer-questions.ts"
import { identify } from "./aws-session.ts"
import { checkRole } from "./check-role.ts"
import { toPieces } from "./facts-pieces.ts"
import { readRegion } from "./read-region.ts"
import type { ReadAnswer, ReadQuestion } from "./reading.ts"

const pieces = new Map<number, string[]>()
let readings = 0

answerQuestions({
  identify,
  check: checkRole,
  async read(question: ReadQuestion): Promise<ReadAnswer> {
    const { reading, memory } = await readRegion(question)
    const { listed, networks, ...rest } = reading
    const id = (readings += 1)
    const texts = toPieces({ listed, networks })
    pieces.set(id, texts)
    return { reading: rest, memory, id, pieces: texts.length }
  },
  /** Returns the next piece of a reading; the last one ends it. */
  piece({ id }: { id: number }): string {
    const [first = "[]", ...others] = pieces.get(id) ?? []
    if (others.length === 0) pieces.delete(id)
    else pieces.set(id, others)
    return first
  },
})
