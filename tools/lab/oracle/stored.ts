import { join } from "node:path"
import { runProgram } from "#tools/lab/programs.ts"
import type { PostgresDatabase } from "#tools/lab/chaos/world.ts"
import { toFace } from "./order.ts"

/** The connections of a project as the database has them: faces and display names by id. This file alone names tables. */
export type ReadStored = (projectId: string) => Promise<Map<string, StoredPeering>>

interface StoredPeering {
  face: string
  label: string | null
}

const toQuery = (projectId: string) =>
  `select seen.id as id, seen.raw as raw, named.label as label from peering as seen
   left join peering_label as named on named.project_id = seen.project_id and named.peering_id = seen.id
   where seen.project_id = '${projectId}' and seen.gone_at is null`

/** @param work the folder of the only server, for SQLite */
export function openStored(postgres: PostgresDatabase | null, work: string): ReadStored {
  const path = join(work, "data", "peering-desk.sqlite")
  const readRows = async (sql: string): Promise<Record<string, unknown>[]> => {
    if (postgres !== null) return await postgres.readRows(sql)
    const flags = ["-readonly", "-json", "-cmd", ".timeout 2000"]
    const { code, stdout, stderr } = await runProgram("sqlite3", [...flags, path, sql])
    if (code !== 0) throw new Error(`sqlite3: ${stderr}`)
    return stdout.trim() === "" ? [] : (JSON.parse(stdout) as Record<string, unknown>[])
  }
  return async (projectId) =>
    new Map(
      (await readRows(toQuery(projectId))).map(({ id, raw, label }) => [
        String(id),
        { face: toFace(JSON.parse(String(raw)) as object), label: typeof label === "string" ? label : null },
      ]),
    )
}
