import type {
  NotificationChannel,
  NotificationKind,
  NotificationRoute,
  ProviderName,
} from "@peering-desk/shared-schemas"
import type { Selectable } from "kysely"
import { toContentHash } from "#base/content-hash.ts"
import { TextSealer } from "#base/text-sealer.ts"
import type { Secrets } from "#base/derived-keys.ts"
import type { NotificationRouteTable } from "#store/notification-tables.ts"
import type { Store } from "#store/store.ts"

/** Where the messages of a route go. Sealed in the database; no answer, log line or audit row has it. */
export type Target =
  { url: string; /** Signs a webhook's messages. */ secret?: string } | { addresses: readonly string[] }

/** A route as it is stored. Moments are milliseconds since 1970. */
export interface StoredRoute extends Omit<NotificationRoute, "createdAt" | "off" | "last"> {
  /** Null when the secrets of today do not open it. */
  target: Target | null
  createdAt: number
  off: { at: number; why: string } | null
}

/** A route to store. */
export type NewRoute = Omit<StoredRoute, "version">

type Row = Selectable<NotificationRouteTable>

const purpose = "notification targets"

/** The table `notification_route`. */
export class RouteTable {
  readonly #store: Store
  readonly #sealer: TextSealer
  #secrets: Secrets

  /** @param secrets seal the targets; newest first */
  constructor(store: Store, secrets: Secrets) {
    this.#store = store
    this.#secrets = secrets
    this.#sealer = new TextSealer(secrets, purpose)
  }

  /** Lists the routes by name. */
  async list(db: Store["db"] = this.#store.db): Promise<StoredRoute[]> {
    const rows = await db.selectFrom("notification_route").selectAll().orderBy("name").execute()
    return rows.map((row) => this.#toRoute(row))
  }

  async find(id: string, db: Store["db"] = this.#store.db): Promise<StoredRoute | null> {
    const row = await db.selectFrom("notification_route").selectAll().where("id", "=", id).executeTakeFirst()
    return row === undefined ? null : this.#toRoute(row)
  }

  async add(route: NewRoute & { target: Target }, db: Store["db"]): Promise<void> {
    await db.insertInto("notification_route").values(this.#toRow(route, route.target)).execute()
  }

  /** Replaces a route. A target that can't be opened stays as it is. */
  async replace(route: NewRoute, db: Store["db"]): Promise<void> {
    const { target, ...columns } = this.#toRow(route, route.target ?? { addresses: [] })
    await db
      .updateTable("notification_route")
      .set(route.target === null ? columns : { ...columns, target })
      .where("id", "=", route.id)
      .execute()
  }

  /** Switches a route off. Returns false when it is off, or gone. */
  async switchOff(id: string, off: { at: number; why: string }, db: Store["db"]): Promise<boolean> {
    const row = await db
      .updateTable("notification_route")
      .set({ off_at: off.at, off_why: off.why })
      .where("id", "=", id)
      .where("off_at", "is", null)
      .returning("id")
      .executeTakeFirst()
    return row !== undefined
  }

  async remove(id: string, db: Store["db"]): Promise<boolean> {
    const row = await db
      .deleteFrom("notification_route")
      .where("id", "=", id)
      .returning("id")
      .executeTakeFirst()
    return row !== undefined
  }

  /** Uses other secrets from now on, and seals all targets under the newest. */
  async replaceSecrets(secrets: Secrets): Promise<void> {
    this.#sealer.replaceSecrets([...secrets, ...this.#secrets])
    await this.reencrypt()
    this.#sealer.replaceSecrets(secrets)
    this.#secrets = secrets
  }

  /** Seals all targets under the newest secret, so that older ones may be dropped. */
  async reencrypt(): Promise<void> {
    const rows = await this.#store.db.selectFrom("notification_route").select(["id", "target"]).execute()
    for (const { id, target } of rows) {
      const text = this.#sealer.unseal(target)
      if (text === null) continue
      await this.#store.db
        .updateTable("notification_route")
        .set({ target: this.#sealer.seal(text) })
        .where("id", "=", id)
        .where("target", "=", target)
        .execute()
    }
  }

  #toRow(route: Omit<NewRoute, "target">, target: Target): Row {
    return {
      id: route.id,
      name: route.name,
      channel: route.channel,
      target: this.#sealer.seal(JSON.stringify(target)),
      place: route.place,
      projects: JSON.stringify(route.projects),
      clouds: JSON.stringify(route.clouds),
      events: JSON.stringify(route.events),
      created_at: route.createdAt,
      created_by: route.createdBy,
      off_at: route.off?.at ?? null,
      off_why: route.off?.why ?? null,
    }
  }

  #toRoute(row: Row): StoredRoute {
    const target = this.#sealer.unseal(row.target)
    return {
      id: row.id,
      name: row.name,
      channel: row.channel as NotificationChannel,
      target: target === null ? null : (JSON.parse(target) as Target),
      place: row.place,
      projects: JSON.parse(row.projects) as "*" | string[],
      clouds: JSON.parse(row.clouds) as ProviderName[],
      events: JSON.parse(row.events) as NotificationKind[],
      createdAt: row.created_at,
      createdBy: row.created_by,
      // Each change seals the target again, which gives another text.
      version: toContentHash(row.target),
      off: row.off_at === null ? null : { at: row.off_at, why: row.off_why ?? "" },
    }
  }
}
