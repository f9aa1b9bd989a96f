import type { Kysely, Transaction } from "kysely"
import type { Tables } from "./tables.ts"

/** A reader of events; of Atlas's events of one project. */
export type CursorName = "messages" | "history" | `atlas-events ${string}`

/** Returns the number of the last event that a reader has read, of one of Atlas its time; 0 before the first. */
export async function readCursor(db: Kysely<Tables>, name: CursorName): Promise<number> {
  const row = await db.selectFrom("cursor").select("number").where("name", "=", name).executeTakeFirst()
  return row?.number ?? 0
}

/**
 * Moves a cursor in the step that stores what its reader made of the events.
 * @param from the cursor before
 * @throws Error when somebody else moved it, which rolls the step back
 */
export async function moveCursor(
  transaction: Transaction<Tables>,
  name: CursorName,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const moved = await transaction
    .insertInto("cursor")
    .values({ name, number: to })
    .onConflict((conflict) =>
      conflict.column("name").doUpdateSet({ number: to }).where("cursor.number", "=", from),
    )
    .returning("number")
    .executeTakeFirst()
  if (moved === undefined) throw new Error(`The cursor ${name} is not at event ${from} any more`)
}
