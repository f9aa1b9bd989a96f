import {
  actionKinds,
  type AuditFilter,
  type AuditPage,
  type AuditQuery,
  type AuditRow,
  type AuditEntryHistory,
} from "@peering-desk/shared-schemas"
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from "kysely"
import { containsText } from "./contains-text.ts"
import { isPostgres, type Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { toAuditRow } from "#audit/chain/event-data.ts"
import { readEvent, readEvents, type NarrowRows } from "#audit/chain/event-rows.ts"
import { findPeeringsByName } from "./peering-names.ts"

const defaultLimit = 50

/** Returns one page of matching rows, newest first. Pages go by sequence, so new rows do not shift them. */
export async function queryAudit(
  store: Store,
  { before, limit, acts, ...filter }: AuditQuery,
): Promise<AuditPage> {
  const size = Number(limit ?? defaultLimit)
  const narrow = acts === undefined ? narrowByFilter : narrowToActs
  const narrowing = await toNarrowing(store, filter)
  const rows = await readEvents(store.db, (query) =>
    narrow(query.where("phase", "!=", "finding"), narrowing)
      .$if(before !== undefined, (narrowed) => narrowed.where("number", "<", Number(before)))
      .orderBy("number", "desc")
      .limit(size + 1),
  )
  const page = rows.slice(0, size).map(toAuditRow)
  return {
    rows: page,
    ...(acts !== undefined && { outcomes: await readOutcomes(store, page) }),
    nextBefore: rows.length > size ? (page.at(-1)?.sequence ?? null) : null,
  }
}

async function readOutcomes(store: Store, page: readonly AuditRow[]): Promise<AuditRow[]> {
  const attempts = page.filter(({ kind }) => kind === "attempt").map(({ sequence }) => sequence)
  if (attempts.length === 0) return []
  const rows = await readEvents(store.db, (query) => query.where("attempt", "in", attempts).orderBy("number"))
  return rows.map(toAuditRow)
}

/** Returns a row with the attempt and outcomes that belong to it, oldest first. Null if there is no such row. */
export async function readAuditStory(store: Store, sequence: number): Promise<AuditEntryHistory | null> {
  const row = await readEvent(store.db, sequence)
  if (row === null) return null
  const attempt = row.attempt ?? row.number
  const rows = await readEvents(store.db, (query) =>
    query.where((eb) => eb.or([eb("number", "=", attempt), eb("attempt", "=", attempt)])).orderBy("number"),
  )
  return { rows: rows.map(toAuditRow) }
}

/** A text, and a query of the ids of the peerings that are named so. */
interface Sought {
  text: string
  named: Expression<unknown>
}

type Narrowing = Omit<AuditFilter, "text"> & { sought: Sought | null }

/** Looks up which peerings a filter's text names: rows have only their ids. */
export async function toNarrowing({ db }: Store, { text, ...filter }: AuditFilter): Promise<Narrowing> {
  if (text === undefined) return { ...filter, sought: null }
  // One parameter, however many there are.
  const ids = JSON.stringify(await findPeeringsByName(db, text))
  const named = isPostgres(db)
    ? sql`select jsonb_array_elements_text(${ids}::jsonb)`
    : sql`select value from json_each(${ids})`
  return { ...filter, sought: { text, named } }
}

export function narrowByFilter(query: Parameters<NarrowRows>[0], filter: Narrowing) {
  const { from, until, actor, action, projectId, outcome, sought } = filter
  return query
    .$if(from !== undefined, (narrowed) => narrowed.where("at", ">=", Date.parse(from ?? "")))
    .$if(until !== undefined, (narrowed) => narrowed.where("at", "<", Date.parse(until ?? "")))
    .$if(action !== undefined, (narrowed) => narrowed.where("kind", "=", action ?? ""))
    .$if(projectId !== undefined, (narrowed) => narrowed.where("project_id", "=", projectId ?? ""))
    .$if(actor !== undefined, (narrowed) =>
      narrowed.where((eb) =>
        eb.or([eb("actor_subject", "=", actor ?? ""), ...containsText("event.actor_name", actor ?? "")]),
      ),
    )
    .$if(sought !== null, (narrowed) => narrowed.where((eb) => eb.or(containsAnywhere("event", sought))))
    .$if(outcome !== undefined && outcome !== "pending", (narrowed) =>
      narrowed.where("outcome", "=", outcome ?? ""),
    )
    .$if(outcome === "pending", (narrowed) =>
      narrowed
        .where("phase", "=", "attempt")
        .where((eb) => eb.not(eb.exists(selectOutcomes(eb).where("end.outcome", "!=", "unknown")))),
    )
}

/** Selects the outcomes of an attempt. */
function selectOutcomes(eb: ExpressionBuilder<Tables, "event">) {
  return eb.selectFrom("event as end").select("end.outcome").whereRef("end.attempt", "=", "event.number")
}

/** Returns the actions whose events have one of these outcomes. */
function listActions(...outcomes: string[]): string[] {
  const kinds = Object.entries(actionKinds)
  return kinds.flatMap(([action, { outcome = "done" }]) => (outcomes.includes(outcome) ? [action] : []))
}

function narrowToActs(query: Parameters<NarrowRows>[0], { sought, outcome, ...filter }: Narrowing) {
  const isPending = outcome === "pending"
  return narrowByFilter(query, { ...filter, ...(isPending && { outcome }), sought: null })
    .where("phase", "!=", "outcome")
    .$if(sought !== null, (narrowed) =>
      narrowed.where((eb) =>
        eb.or([
          ...containsAnywhere("event", sought),
          eb.exists(selectOutcomes(eb).where((end) => end.or(containsAnywhere("end", sought)))),
        ]),
      ),
    )
    .$if(outcome !== undefined && !isPending, (narrowed) =>
      narrowed.where((eb) =>
        eb.or([
          eb("outcome", "=", outcome ?? ""),
          ...(outcome === "unknown"
            ? []
            : [
                eb.and([
                  eb("phase", "=", "event"),
                  eb("outcome", "is", null),
                  outcome === "done"
                    ? eb("kind", "not in", listActions("refused", "failed"))
                    : eb("kind", "in", listActions(outcome ?? "")),
                ]),
              ]),
          // The last outcome counts: an unknown one may be settled later.
          eb(selectOutcomes(eb).orderBy("end.number", "desc").limit(1), "=", outcome ?? ""),
        ]),
      ),
    )
}

const searchedColumns = [
  ...(["kind", "actor_issuer", "actor_subject", "actor_name", "project_id", "peering_id"] as const),
  ...(["outcome", "data", "hash"] as const),
]

type RowAlias = "event" | "end"

function containsAnywhere(row: RowAlias, sought: Sought | null): Expression<SqlBool>[] {
  if (sought === null) return []
  const { text, named } = sought
  return [
    ...searchedColumns.flatMap((column) =>
      // Data is JSON, in which a quotation mark or a line break has another form.
      containsText(`${row}.${column}`, column === "data" ? JSON.stringify(text).slice(1, -1) : text),
    ),
    sql<SqlBool>`${sql.ref(`${row}.peering_id`)} in (${named})`,
  ]
}
