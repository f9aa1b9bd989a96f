import { toContainerPlace } from "#copy/peerings.ts"
import type { InventoryRow } from "./inventory-rows.ts"

type Value = string | boolean | null | undefined

/** What Atlas's answer has of some cloud's connection, under its own names. */
const peerFields = [
  "containerId",
  "connectionId",
  "awsAccountId",
  "vpcId",
  "routeTableCidrBlock",
  "accepterRegionName",
  "gcpProjectId",
  "networkName",
  "azureDirectoryId",
  "azureSubscriptionId",
  "resourceGroupName",
  "vnetName",
]

const columns: [string, (row: InventoryRow) => Value][] = [
  ["projectId", ({ project }) => project.id],
  ["projectName", ({ project }) => project.name],
  ["providerName", ({ peering }) => peering.peer.providerName],
  ["id", ({ peering }) => peering.id],
  ["label", ({ peering }) => peering.label],
  ["status", ({ peering }) => peering.status],
  ["turn", ({ turn }) => turn],
  ["statusSince", ({ peering }) => peering.statusSince],
  ["statusSinceSeen", ({ peering }) => peering.statusSinceSeen],
  ["deadline", ({ deadline }) => deadline],
  ...peerFields.map((name): [string, (row: InventoryRow) => Value] => [
    name,
    ({ peering }) => Reflect.get(peering.peer, name) as Value,
  ]),
  ["atlasRegion", ({ container }) => container && toContainerPlace(container)],
  ["atlasCidrBlock", ({ container }) => container?.atlasCidrBlock],
  ["origin", ({ peering }) => peering.origin],
  ["createdBy", ({ peering }) => peering.createdBy],
  ["firstSeenAt", ({ peering }) => peering.firstSeenAt],
  ["leftAvailableAt", ({ peering }) => peering.leftAvailableAt],
]

/** The rows as CSV (RFC 4180) with a byte order mark, by which Excel knows UTF-8. */
export function toInventoryCsv(rows: readonly InventoryRow[]): string {
  const lines = rows.map((row) => columns.map(([, read]) => String(read(row) ?? "")))
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
  const defused = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
  return `"${defused.replaceAll('"', '""')}"`
}
