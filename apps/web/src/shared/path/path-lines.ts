import type { PathState } from "@peering-desk/peering-rules"

/** How a stop's half of the line to its neighbour is drawn. */
export type LineKind = "solid" | "dots" | "work" | "gap" | "dashes" | "thin"

const kinds: Record<PathState, LineKind> = {
  proven: "solid",
  waiting: "dots",
  "in-progress": "work",
  broken: "gap",
  "not-checked": "dashes",
  marked: "dashes",
  later: "thin",
  planned: "thin",
  sent: "thin",
}

/** What breaks, isn't known or is still to come spoils the whole line; one that is waited for is solid up to the middle. */
const spoiling: readonly LineKind[] = ["gap", "dashes", "thin"]

/** Chooses how a stop's half of the line is drawn. Solid in full only between two proven stops. */
export function joinStops({ state }: { state: PathState }, neighbour: { state: PathState }): LineKind {
  const [own, other] = [kinds[state], kinds[neighbour.state]]
  return spoiling.find((kind) => kind === own || kind === other) ?? own
}
