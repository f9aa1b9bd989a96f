import { answerQuestions } from "#base/answer-questions.ts"
import { identify } from "./aws-session.ts"
import { checkRole } from "./check-role.ts"
import { readRegion } from "./read-region.ts"
import type { FactRow, ReadAnswer, Reading, ReadQuestion } from "./reading.ts"

/** The JSON of a piece is parsed in a few milliseconds. */
const pieceLength = 100_000
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

function toPieces({ listed, networks }: Pick<Reading, "listed" | "networks">): string[] {
  const rows = [
    ...listed.flatMap((facts) => toRows("listed", facts.network?.value ?? "", facts)),
    ...networks.flatMap(({ vpcId, facts }) => toRows("networks", vpcId, facts)),
  ]
  const texts: string[] = []
  let piece: string[] = []
  let length = 0
  const end = () => {
    if (piece.length > 0) texts.push(`[${piece.join(",")}]`)
    piece = []
    length = 0
  }
  for (const row of rows) {
    const text = JSON.stringify(row)
    if (length + text.length > pieceLength) end()
    piece.push(text)
    length += text.length
  }
  end()
  return texts
}

function toRows(
  list: FactRow[0],
  vpcId: string,
  { providerName: _cloud, ...facts }: Reading["listed"][number],
): FactRow[] {
  return Object.entries(facts).map(([aspect, fact]) => [list, vpcId, aspect, fact] as const)
}
