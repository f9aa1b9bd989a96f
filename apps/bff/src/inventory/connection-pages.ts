import { setImmediate } from "node:timers/promises"
import {
  countFitting,
  listFields,
  toListRow,
  walkPage,
  type InventoryRow,
  type ListFilter,
  type SortKey,
  type ViewContext,
} from "@peering-desk/peering-rules"
import { readFilter, type ConnectionPage, type ListRow, type Project } from "@peering-desk/shared-schemas"
import type { ConnectionQuery } from "@peering-desk/shared-schemas/api-schemas"
import type * as z from "zod/mini"
import { AppError } from "#base/app-error.ts"
import { listSavedViews } from "#saved-views/saved-view-routes.ts"
import type { Identity } from "#sign-in/provider/identity.ts"
import type { SignedIn } from "#sign-in/require-user.ts"
import { toPersonKey, toUserKey } from "#store/session-store.ts"
import type { createInventoryReader, InventoryDeps } from "./inventory.ts"

const usualLimit = 50

/** Builds the reader of pages of all connections that a person may see: it walks rows that all viewers share. */
export function createConnectionReader(
  { clock, peeringStore, snapshotReader, store }: InventoryDeps,
  { pieces, readProjects }: Pick<ReturnType<typeof createInventoryReader>, "pieces" | "readProjects">,
) {
  async function readLists(projects: readonly Project[], { state, sort }: ListFilter) {
    if (state !== "deleted") return projects.map((project) => pieces.sort(pieces.listRows(project), sort))
    const gone = await peeringStore.countGone()
    const lists = projects.filter(({ id }) => gone.has(id)).map((project) => pieces.readDeleted(project))
    return (await Promise.all(lists)).map((rows) => pieces.sort(rows, sort))
  }

  async function countSaved(projects: readonly Project[], identity: Identity, context: ViewContext) {
    const counts: ConnectionPage["savedCounts"] = {}
    for (const { id, query } of await listSavedViews(store, toUserKey(identity))) {
      const saved = readFilter(listFields, new URLSearchParams(query))
      if (saved.state === "deleted") continue
      const all = projects.map((project) => pieces.listRows(project))
      counts[id] = countFitting(all, saved, context)
      // Other requests come between two views.
      // oxlint-disable-next-line no-await-in-loop
      await setImmediate()
    }
    return counts
  }

  function toRow({ project: { id, name }, deletion, ...row }: InventoryRow): ListRow {
    const toProject = () => snapshotReader.addKey({ id, name })
    if (deletion === null) return toListRow(pieces.toSource(id), row.peering, toProject)
    const { peering, container, staleSince, listed, running } = row
    return { project: toProject(), peering, container, staleSince, listed, running, deletion }
  }

  return async (
    { access, identity }: SignedIn,
    { after, limit, ...query }: z.output<typeof ConnectionQuery>,
  ): Promise<ConnectionPage> => {
    const filter = readFilter(listFields, new URLSearchParams(query))
    const begin = after === undefined ? null : readCursor(after, filter)
    const projects = await readProjects(access)
    const lists = await readLists(projects, filter)
    const context = { now: clock.now(), person: toPersonKey(identity) }
    const most = limit === undefined ? usualLimit : Number(limit)
    const steps = walkPage(lists, filter, context, { after: begin, most })
    let step = steps.next()
    for (; step.done !== true; step = steps.next())
      // Other requests come between.
      // oxlint-disable-next-line no-await-in-loop
      await setImmediate()
    const { rows, counts, regions, next } = step.value
    const savedCounts = begin === null ? await countSaved(projects, identity, context) : {}
    return {
      rows: rows.map(({ row }) => toRow(row)),
      counts,
      savedCounts,
      regions,
      next: next && writeCursor(next, filter),
    }
  }
}

/** Writes where a page ends: the order, and what its last row is sorted by, which stays a place in the list also without that row. */
function writeCursor(key: SortKey, { sort, direction }: ListFilter): string {
  return Buffer.from(JSON.stringify([sort, direction, ...key])).toString("base64url")
}

/** @throws AppError `invalid_request` for one of another order, or that this server did not write */
function readCursor(cursor: string, { sort, direction }: ListFilter): SortKey {
  try {
    const [by, way, ...key] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[]
    if (by === sort && way === direction && key.length > 1 && key.every(isPart)) return key
  } catch {
    // Said below.
  }
  throw new AppError("invalid_request", {
    fields: { after: "Take it from `next` of a page in the same order" },
  })
}

function isPart(part: unknown): part is string | number {
  return typeof part === "string" || typeof part === "number"
}
