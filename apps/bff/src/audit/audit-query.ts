import type { AuditFilter, AuditPage, AuditQuery, AuditStory } from "@peering-desk/shared-schemas"
import { sql, type Expression, type SqlBool } from "kysely"
import type { Store } from "#store/store.ts"
import { auditColumns, readAuditRow, readAuditRows, toAuditRow, type NarrowRows } from "./audit-rows.ts"

const defaultLimit = 50

/** Returns one page of matching rows, newest first. Pages go by sequence, so new rows do not shift them. */
export async function queryAudit(store: Store, { before, limit, ...filter }: AuditQuery): Promise<AuditPage> {
  const size = Number(limit ?? defaultLimit)
  const rows = await readAuditRows(store, store.db, (query) =>
    narrowByFilter(query, filter)
      .$if(before !== undefined, (narrowed) => narrowed.where("sequence", "<", Number(before)))
      .orderBy("sequence", "desc")
      .limit(size + 1),
  )
  const page = rows.slice(0, size).map(toAuditRow)
  return { rows: page, nextBefore: rows.length > size ? (page.at(-1)?.sequence ?? null) : null }
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
        eb.or([eb("actor_subject", "=", actor ?? ""), ...contains("actor_name", actor ?? "")]),
      ),
    )
    .$if(text !== undefined, (narrowed) =>
      narrowed.where((eb) => eb.or(searchedColumns.flatMap((column) => contains(column, text ?? "")))),
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

const searchedColumns = auditColumns.filter(
  (column) => !["sequence", "at", "attempt_sequence", "previous_hash", "kind"].includes(column),
)

/** Ignores case. SQLite knows the cases of ASCII only, so the text is also matched as it was typed. */
function contains(column: (typeof searchedColumns)[number], text: string): Expression<SqlBool>[] {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&").replaceAll("\0", "?")}%`
  const value = sql.ref(`audit_row.${column}`)
  return [
    sql<SqlBool>`lower(${value}) like ${pattern.toLowerCase()} escape '\\'`,
    sql<SqlBool>`${value} like ${pattern} escape '\\'`,
  ]
}
