import { toMiniPath, type InventoryRow } from "@peering-desk/peering-rules"
import { toMiniWords } from "#copy/stops.ts"
import { MiniPath } from "#ui/marks/MiniPath.tsx"
import { useNow } from "#ui/time/now.ts"

/** The path of a connection in a row of a list. */
export function RowPath({ row }: { row: Parameters<typeof toRowStops>[0] }) {
  const stops = toRowStops(row, useNow())
  const { providerName } = row.peering.peer
  const states = stops.map(({ state }) => state)
  return (
    <MiniPath
      // On Google Cloud the first slot stays empty, so that the peerings of all clouds stand in one column.
      states={states.length === 6 ? [null, ...states] : states}
      says={toMiniWords(stops, providerName)}
      isStale={row.staleSince !== null}
    />
  )
}

/** Lists the stops of a row's path. What is gone has none that count. */
export function toRowStops(
  row: Pick<InventoryRow, "peering" | "listed" | "running" | "staleSince">,
  now: number,
) {
  return toMiniPath(row.peering, row, now)
}
