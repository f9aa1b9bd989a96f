import type { FactRow, Reading } from "./reading.ts"

/** The most characters of a piece, unless one aspect alone has more. */
export const pieceLength = 100_000

/** Writes facts as JSON in pieces, each of whole aspects. The server parses one in a few milliseconds, and answers requests between two. */
export function toPieces({ listed, networks }: Pick<Reading, "listed" | "networks">): string[] {
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
