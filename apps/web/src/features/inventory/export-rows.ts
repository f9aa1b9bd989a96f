import { toAtlasRegion, type InventoryRow } from "./inventory-rows.ts"

const columns: [string, (row: InventoryRow) => string | null | undefined][] = [
  ["projectId", ({ project }) => project.id],
  ["projectName", ({ project }) => project.name],
  ["providerName", ({ peering }) => peering.peer.providerName],
  ["id", ({ peering }) => peering.id],
  ["label", ({ peering }) => peering.label],
  ["status", ({ peering }) => peering.status],
  ["turn", ({ turn }) => turn],
  ["statusSince", ({ peering }) => peering.statusSince],
  ["deadline", ({ deadline }) => deadline],
  ["network", ({ network }) => network],
  ["owner", ({ owner }) => owner],
  ["connectionId", ({ peering: { peer } }) => (peer.providerName === "AWS" ? peer.connectionId : null)],
  [
    "routeTableCidrBlock",
    ({ peering: { peer } }) => (peer.providerName === "AWS" ? peer.routeTableCidrBlock : null),
  ],
  [
    "accepterRegionName",
    ({ peering: { peer } }) => (peer.providerName === "AWS" ? peer.accepterRegionName : null),
  ],
  ["containerId", ({ peering }) => peering.peer.containerId],
  ["atlasRegion", toAtlasRegion],
  ["atlasCidrBlock", ({ container }) => container?.atlasCidrBlock],
  ["origin", ({ peering }) => peering.origin],
  ["createdBy", ({ peering }) => peering.createdBy],
  ["firstSeenAt", ({ peering }) => peering.firstSeenAt],
]

/** The rows as CSV (RFC 4180) with a byte order mark, by which Excel knows UTF-8. */
export function toInventoryCsv(rows: readonly InventoryRow[]): string {
  const lines = rows.map((row) => columns.map(([, read]) => read(row) ?? ""))
  return `\uFEFF${[columns.map(([name]) => name), ...lines].map(toCsvLine).join("")}`
}

/** The rows as a JSON list of objects with the same fields; null where there is nothing. */
export function toInventoryJson(rows: readonly InventoryRow[]): string {
  const objects = rows.map((row) =>
    Object.fromEntries(columns.map(([name, read]) => [name, read(row) ?? null])),
  )
  return `${JSON.stringify(objects, null, 2)}\n`
}

function toCsvLine(cells: readonly string[]): string {
  return `${cells.map(toCsvCell).join(",")}\r\n`
}

/** A spreadsheet would run what begins so as a formula; with an apostrophe before it, it shows the text (OWASP: CSV Injection). */
function toCsvCell(text: string): string {
  const defused = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  return `"${defused.replaceAll('"', '""')}"`
}
