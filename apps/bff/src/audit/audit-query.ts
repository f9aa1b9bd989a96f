import type {
  AuditAction,
  AuditFilter,
  AuditPage,
  AuditQuery,
  AuditRow,
  AuditStory,
} from "@peering-desk/shared-schemas"
import { sql, type Expression, type SqlBool } from "kysely"
import type { Store } from "#store/store.ts"
import {
  auditColumns,
  readAuditRow,
  readAuditRows,
  toAuditRow,
  type NarrowRows,
} from "#audit/chain/audit-rows.ts"

const defaultLimit = 50

/** Returns one page of matching rows, newest first. Pages go by sequence, so new rows do not shift them. */
export async function queryAudit(
  store: Store,
  { before, limit, acts, ...filter }: AuditQuery,
): Promise<AuditPage> {
  const size = Number(limit ?? defaultLimit)
  const narrow = acts === undefined ? narrowByFilter : narrowToActs
  const rows = await readAuditRows(store, store.db, (query) =>
    narrow(query, filter)
      .$if(before !== undefined, (narrowed) => narrowed.where("sequence", "<", Number(before)))
      .orderBy("sequence", "desc")
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
  const rows = await readAuditRows(store, store.db, (query) =>
    query.where("attempt_sequence", "in", attempts).orderBy("sequence"),
  )
  return rows.map(toAuditRow)
}

/** Returns a row with the attempt and outcomes that belong to it, oldest first. Null if there is no such row. */
export async function readAuditStory(store: Store, sequence: number): Promise<AuditStory | null> {
  const row = await readAuditRow(store, sequence)
  if (row === null) return null
  const attempt = row.attempt_sequence ?? row.sequence
  const rows = await readAuditRows(store, store.db, (query) =>
    query
      .where((eb) => eb.or([eb("sequence", "=", attempt), eb("attempt_sequence", "=", attempt)]))
      .orderBy("sequence"),
  )
  return { rows: rows.map(toAuditRow) }
}

export function narrowByFilter(query: Parameters<NarrowRows>[0], filter: AuditFilter) {
  const { from, until, actor, action, projectId, outcome, text } = filter
  return query
    .$if(from !== undefined, (narrowed) => narrowed.where("at", ">=", Date.parse(from ?? "")))
    .$if(until !== undefined, (narrowed) => narrowed.where("at", "<", Date.parse(until ?? "")))
    .$if(action !== undefined, (narrowed) => narrowed.where("action", "=", action ?? ""))
    .$if(projectId !== undefined, (narrowed) => narrowed.where("project_id", "=", projectId ?? ""))
    .$if(actor !== undefined, (narrowed) =>
      narrowed.where((eb) =>
        eb.or([eb("actor_subject", "=", actor ?? ""), ...contains("audit_row", "actor_name", actor ?? "")]),
      ),
    )
    .$if(text !== undefined, (narrowed) =>
      narrowed.where((eb) => eb.or(containsAnywhere("audit_row", text ?? ""))),
    )
    .$if(outcome !== undefined && outcome !== "pending", (narrowed) =>
      narrowed.where("outcome", "=", outcome ?? ""),
    )
    .$if(outcome === "pending", (narrowed) =>
      narrowed
        .where("kind", "=", "attempt")
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom("audit_row as end")
                .select("end.sequence")
                .whereRef("end.attempt_sequence", "=", "audit_row.sequence")
                .where("end.outcome", "!=", "unknown"),
            ),
          ),
        ),
    )
}

/** Actions whose events mean that somebody was refused. */
const refusals: AuditAction[] = ["sign-in-refused", "access-denied", "token-refused"]

function narrowToActs(query: Parameters<NarrowRows>[0], { text, outcome, ...filter }: AuditFilter) {
  const isPending = outcome === "pending"
  return narrowByFilter(query, isPending ? { ...filter, outcome } : filter)
    .where("kind", "!=", "outcome")
    .$if(text !== undefined, (narrowed) =>
      narrowed.where((eb) =>
        eb.or([
          ...containsAnywhere("audit_row", text ?? ""),
          eb.exists(
            eb
              .selectFrom("audit_row as end")
              .select("end.sequence")
              .whereRef("end.attempt_sequence", "=", "audit_row.sequence")
              .where((end) => end.or(containsAnywhere("end", text ?? ""))),
          ),
        ]),
      ),
    )
    .$if(outcome !== undefined && !isPending, (narrowed) =>
      narrowed.where((eb) =>
        eb.or([
          eb("outcome", "=", outcome ?? ""),
          ...(outcome === "done" || outcome === "refused"
            ? [
                eb.and([
                  eb("kind", "=", "event"),
                  eb("outcome", "is", null),
                  eb("action", outcome === "done" ? "not in" : "in", refusals),
                ]),
              ]
            : []),
          // The last outcome counts: an unknown one may be settled later.
          eb(
            eb
              .selectFrom("audit_row as end")
              .select("end.outcome")
              .whereRef("end.attempt_sequence", "=", "audit_row.sequence")
              .orderBy("end.sequence", "desc")
              .limit(1),
            "=",
            outcome ?? "",
          ),
        ]),
      ),
    )
}

const searchedColumns = auditColumns.filter(
  (column) => !["sequence", "at", "attempt_sequence", "previous_hash", "kind"].includes(column),
)

type RowAlias = "audit_row" | "end"

function containsAnywhere(row: RowAlias, text: string): Expression<SqlBool>[] {
  return searchedColumns.flatMap((column) => contains(row, column, text))
}

/** Ignores case. SQLite knows the cases of ASCII only, so the text is also matched as it was typed. */
function contains(
  row: RowAlias,
  column: (typeof searchedColumns)[number],
  text: string,
): Expression<SqlBool>[] {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&").replaceAll("\0", "?")}%`
  const value = sql.ref(`${row}.${column}`)
  return [
    sql<SqlBool>`lower(${value}) like ${pattern.toLowerCase()} escape '\\'`,
    sql<SqlBool>`${value} like ${pattern} escape '\\'`,
  ]
}
