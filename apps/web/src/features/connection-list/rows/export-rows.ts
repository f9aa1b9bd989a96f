import { isDeclined, type InventoryRow } from "@peering-desk/peering-rules"
import {
  formatCsvHeader,
  formatCsvRows,
  readFailure,
  requestFields,
  type CsvColumn,
} from "@peering-desk/shared-schemas"
import { toContainerPlace } from "#copy/peerings.ts"
import { saveFile } from "#shared/save-file.ts"
import { summariseRow } from "./row-state.ts"

/** Fields of some cloud's peer, under Atlas's names. */
const peerFields = ["containerId", "connectionId", ...Object.values(requestFields).flatMap(Object.keys)]

const columns: CsvColumn<InventoryRow>[] = [
  ["projectId", ({ project }) => project.id],
  ["projectName", ({ project }) => project.name],
  ["providerName", ({ peering }) => peering.peer.providerName],
  ["id", ({ peering }) => peering.id],
  ["label", ({ peering }) => peering.label],
  ["status", ({ peering }) => peering.status],
  // Its title is the same at any time.
  ["state", (row) => summariseRow(row, 0).title],
  ["cause", ({ peering }) => readFailure(peering.peer) ?? peering.broken?.says],
  ["statusSince", ({ peering }) => peering.statusSince],
  ["statusSinceSeen", ({ peering }) => peering.statusSinceSeen],
  ["expiresFrom", ({ expiry }) => expiry?.earliest],
  ["expiresBy", ({ expiry }) => expiry?.latest],
  ["declinedAt", ({ peering }) => (isDeclined(peering) ? peering.declined?.at : null)],
  ["declineReason", ({ peering }) => (isDeclined(peering) ? peering.declined?.reason : null)],
  ...peerFields.map((name): CsvColumn<InventoryRow> => [
    name,
    ({ peering }) => Reflect.get(peering.peer, name) as string,
  ]),
  ["atlasRegion", ({ container }) => container && toContainerPlace(container)],
  ["atlasCidrBlock", ({ container }) => container?.atlasCidrBlock],
  ["origin", ({ peering }) => peering.origin],
  ["createdBy", ({ peering }) => peering.createdBy],
  ["firstSeenAt", ({ peering }) => peering.firstSeenAt],
  ["leftAvailableAt", ({ peering }) => peering.leftAvailableAt],
  ["deletedAt", ({ deletion, peering }) => deletion && peering.statusSince],
  ["deletedBy", ({ deletion }) => deletion?.by],
  ["deleteReason", ({ deletion }) => deletion?.reason],
]

/** Formats the rows as CSV. */
export function toInventoryCsv(rows: readonly InventoryRow[]): string {
  return formatCsvHeader(columns) + formatCsvRows(columns, rows)
}

/** Formats the rows as a JSON list of objects with the same fields; null for a missing value. */
export function toInventoryJson(rows: readonly InventoryRow[]): string {
  const objects = rows.map((row) =>
    Object.fromEntries(columns.map(([name, read]) => [name, read(row) ?? null])),
  )
  return `${JSON.stringify(objects, null, 2)}\n`
}

const types = { csv: "text/csv", json: "application/json" }
export type ExportFormat = keyof typeof types

/** Saves the rows as a file of this browser. */
export function exportRows(rows: readonly InventoryRow[], format: ExportFormat): void {
  const text = format === "csv" ? toInventoryCsv(rows) : toInventoryJson(rows)
  saveFile(text, { name: `connections.${format}`, type: types[format] })
}
