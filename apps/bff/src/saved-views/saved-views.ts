import { randomUUID } from "node:crypto"
import { escapeInvisible, type SaveView, type SavedView } from "@peering-desk/shared-schemas"
import type { Selectable } from "kysely"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Store } from "#store/store.ts"
import type { SavedViewTable } from "#store/tables.ts"

/** The table `saved_view`: views of the connection list, by person. */
export class SavedViews {
  readonly #store: Store
  readonly #clock: Clock

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store
    this.#clock = clock
  }

  async list(userKey: string): Promise<SavedView[]> {
    const rows = await this.#store.db
      .selectFrom("saved_view")
      .selectAll()
      .where("user_key", "=", userKey)
      .execute()
    return rows.map(toSavedView).sort((one, other) => one.name.localeCompare(other.name))
  }

  /** Saves a view and replaces the person's view of the same name. */
  async save(userKey: string, { name, query }: SaveView): Promise<SavedView> {
    const saved = { query, at: this.#clock.now() }
    const row = await this.#store.db
      .insertInto("saved_view")
      .values({ id: randomUUID(), user_key: userKey, name, ...saved })
      .onConflict((conflict) => conflict.columns(["user_key", "name"]).doUpdateSet(saved))
      .returningAll()
      .executeTakeFirstOrThrow()
    return toSavedView(row)
  }

  /** Returns false if the person has no such view. */
  async remove(userKey: string, id: string): Promise<boolean> {
    const row = await this.#store.db
      .deleteFrom("saved_view")
      .where("user_key", "=", userKey)
      .where("id", "=", id)
      .returning("id")
      .executeTakeFirst()
    return row !== undefined
  }
}

function toSavedView({ id, name, query, at }: Selectable<SavedViewTable>): SavedView {
  return { id, name: escapeInvisible(name), query, at: toInstant(at) }
}
