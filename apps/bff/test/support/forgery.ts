import { sql } from "kysely"
import { requestedByHeader, requestedByValue } from "@peering-desk/shared-schemas"
import type { TestApp } from "./test-app.ts"

const foreign = "http://evil.example"

/** Values of one header by the name a test uses; undefined leaves it out. */
type Choices = Readonly<Record<string, string | undefined>>

export const sites: Choices = {
  absent: undefined,
  none: "none",
  "same-origin": "same-origin",
  "same-site": "same-site",
  "cross-site": "cross-site",
  garbage: "Same-Origin, trust me",
}

/** @param origin our own */
export function toOrigins(origin: string): Choices {
  const otherPort = new URL(origin)
  otherPort.port = "1"
  return { absent: undefined, right: origin, wrong: foreign, null: "null", "other port": otherPort.origin }
}

export const ownHeaders: Choices = { right: requestedByValue, absent: undefined, wrong: "0" }

export const contentTypes: Choices = {
  json: "application/json",
  "json with charset": "application/json; charset=utf-8",
  text: "text/plain",
  form: "application/x-www-form-urlencoded",
  multipart: "multipart/form-data; boundary=b",
  absent: undefined,
}

/** One way a request can look; each value is the name of a choice. */
export interface Cell {
  method: string
  site: string
  origin: string
  own: string
  type: string
}

/** Every combination of the choices. */
export function toCells(choices: { [Name in keyof Cell]: readonly string[] }): Cell[] {
  return choices.method.flatMap((method) =>
    choices.site.flatMap((site) =>
      choices.origin.flatMap((origin) =>
        choices.own.flatMap((own) => choices.type.map((type) => ({ method, site, origin, own, type }))),
      ),
    ),
  )
}

/** The rule: a write comes from our own pages, carries our header, and is JSON. */
export function mayWrite({ site, origin, own, type }: Cell): boolean {
  const ours = site === "same-origin" || (site === "absent" && origin === "right")
  return ours && own === "right" && type.startsWith("json")
}

/** The combinations that may not write, and would with another value in one place. */
export function listNearMisses(choices: { [Name in keyof Cell]: readonly string[] }): Cell[] {
  const cells = toCells(choices)
  const writes = cells.filter(mayWrite)
  const names: readonly (keyof Cell)[] = ["method", "site", "origin", "own", "type"]
  const countDifferences = (one: Cell, other: Cell) =>
    names.filter((name) => one[name] !== other[name]).length
  return cells.filter(
    (cell) => !mayWrite(cell) && writes.some((write) => countDifferences(cell, write) === 1),
  )
}

/** The headers of a cell, to be put over those of a browser on our own page. */
export function toHeaders(cell: Cell, origin: string): Record<string, string | undefined> {
  return {
    "sec-fetch-site": sites[cell.site],
    origin: toOrigins(origin)[cell.origin],
    [requestedByHeader]: ownHeaders[cell.own],
    "content-type": contentTypes[cell.type],
  }
}

/** Data from Atlas's answers, which polling alone may add to. The head counts what polls write, too. */
const seen: ReadonlySet<string> = new Set(["peering", "polled_cloud", "head"])
/** Findings of polls move the place of every later event. */
const places: ReadonlySet<string> = new Set(["number", "attempt", "previous_hash", "hash"])

/**
 * All that requests can change: what Atlas was asked to change, and every row of every table but those of what was seen there,
 * sessions without the moment they were last used.
 */
export async function readState(desk: TestApp): Promise<Record<string, unknown>> {
  const { db } = desk.services.store
  const rows: Record<string, unknown> = {}
  for (const { name } of await db.introspection.getTables()) {
    if (seen.has(name)) continue
    const found = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db)
    rows[name] = found.rows
      .filter(({ phase }) => phase !== "finding")
      .map(({ seen_at: _seen, expires_at: _expires, data: _data, version: _version, ...row }) =>
        name === "event"
          ? Object.fromEntries(Object.entries(row).filter(([column]) => !places.has(column)))
          : row,
      )
  }
  const writes = desk.simulator
    .calls()
    .rows.filter(({ method }) => method !== "GET")
    .map(({ requests }) => requests)
  return { ...rows, writesAtAtlas: writes.reduce((sum, one) => sum + one, 0) }
}
