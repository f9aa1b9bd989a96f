import {
  RawNode,
  SelectQueryNode,
  sql,
  type Kysely,
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type Transaction,
} from "kysely"
import { AppError } from "#base/app-error.ts"
import { toStoreUnavailable } from "./drivers/outage-driver.ts"
import { getOpenStep, openStep, type Head, type Step } from "./event-log.ts"
import { emptyHead } from "./first-migration.ts"
import type { Store } from "./store.ts"
import type { Tables } from "./tables.ts"

/** A process that stops between lock and commit loses the lock after this time, in milliseconds, and its transaction with it. */
const idleAfterMs = 1_500
/** Longer than SQLite's `waitToWriteMs`: several processes may stop one after another. */
const waitForHeadMs = 10_000

type SteppingStore = Pick<Store, "db" | "dialect" | "clock" | "log" | "limitSteps" | "show">

/** Notices on this channel name a version of the state, or are one of ours. None carries data. */
export const channel = "peering_desk"

/**
 * Runs a transaction that writes rows which other processes read. It locks the head first and gives it the next version, so steps commit
 * in the order of their versions, and what `work` reads stays as it is until then. A step that writes no row uses no version. `work`
 * writes through `transaction` alone and waits for nothing else: every other writer waits for it. A step inside a step would wait for
 * itself. Where the database ends the transaction before its commit, because this process stood still, `work` runs once more. Rows that
 * pages show are in the live view of this process when it resolves.
 * @throws AppError `store_unavailable` when this process stood still again, or others held the head for too long
 */
export async function step<T>(store: SteppingStore, work: (step: Step) => Promise<T>): Promise<T> {
  const askedAt = performance.now()
  const { done, result } = await store.limitSteps(async () => {
    if (performance.now() - askedAt > waitForHeadMs)
      throw toStoreUnavailable(new Error("The steps before this one took too long"))
    const first: Attempt = { state: "waiting" }
    try {
      return await attempt(store, work, first)
    } catch (thrown) {
      // Once the commit was sent, nobody knows whether it happened.
      const isRolledBack = first.state === "locked" && isUnavailable(thrown)
      if (!isRolledBack || store.dialect === "sqlite") throw thrown
      return await attempt(store, work, { state: "waiting" })
    }
  })
  if (done.head.isShown) await store.show?.(done.head.version)
  return result
}

/** Returns the head of the step that a transaction belongs to. */
export function headOf(transaction: Kysely<Tables>): Readonly<Pick<Head, "version" | "at">> {
  return getOpenStep(transaction).step.head
}

/** Notes that pages show rows which have the version of this step. */
export function showStep(transaction: Kysely<Tables>): void {
  getOpenStep(transaction).step.head.isShown = true
}

interface Attempt {
  state: "waiting" | "locked" | "committing"
}

const isUnavailable = (thrown: unknown) => thrown instanceof AppError && thrown.code === "store_unavailable"

async function attempt<T>(
  store: SteppingStore,
  work: (step: Step) => Promise<T>,
  progress: Attempt,
): Promise<{ done: Step; result: T }> {
  const attempted = await store.db
    .transaction()
    .setIsolationLevel("read committed")
    .execute(async (transaction) => {
      const head = (await lockHead(store, transaction)) ?? (await replaceHead(store, transaction))
      progress.state = "locked"
      const watch = new WriteWatch()
      const current: Step = { transaction: transaction.withPlugin(watch), head }
      openStep(current, store.log)
      const worked = await work(current)
      await store.log?.flush(current)
      const { version, at, auditEnd, isShown } = head
      const notice = isShown && store.dialect === "postgres"
      const update = transaction
        .updateTable("head")
        .set({ version, at, ...auditEnd })
        .where("id", "=", 1)
      if (watch.hasWritten || auditEnd !== null)
        await (notice ? update.returning(toNotice(version)) : update).execute()
      progress.state = "committing"
      return { done: current, result: worked }
    })
  store.log?.committed(attempted.done)
  return attempted
}

function toNotice(version: number) {
  return sql`pg_notify(${channel}, ${String(version)})`.as("notice")
}

/** Returns null where there is no row to lock. */
async function lockHead(
  { dialect, clock }: Pick<Store, "dialect" | "clock">,
  transaction: Transaction<Tables>,
): Promise<Head | null> {
  const { rows } = await (
    dialect === "sqlite"
      ? sql<Pick<Head, "version" | "at">>`
          select cast(version as integer) + 1 as version, max(cast(at as integer), ${clock.now()}) as at
          from head where id = 1`
      : sql<Pick<Head, "version" | "at">>`
          with settings as materialized (
            select set_config('idle_in_transaction_session_timeout', ${sql.lit(String(idleAfterMs))}, true),
              set_config('lock_timeout', ${sql.lit(String(waitForHeadMs))}, true)
          )
          select version + 1 as version,
            greatest(at, floor(extract(epoch from clock_timestamp()) * 1000)::bigint) as at
          from head where id = 1 and exists (select from settings) for update of head`
  ).execute(transaction)
  const [row] = rows
  return row === undefined ? null : { ...row, auditEnd: null, isShown: false }
}

/** Puts a row where somebody removed it. Without the number of an audit row it stays a flaw of the audit log. */
async function replaceHead(
  store: Pick<Store, "dialect" | "clock">,
  transaction: Transaction<Tables>,
): Promise<Head> {
  await transaction
    .insertInto("head")
    .values(emptyHead())
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute()
  const head = await lockHead(store, transaction)
  if (head === null) throw new Error("The head of the database can't be locked")
  return head
}

/** Notes whether a statement inserted, changed or removed a row. */
class WriteWatch implements KyselyPlugin {
  hasWritten = false
  /** The queries whose returned rows are written ones. */
  readonly #writes = new WeakSet<object>()

  transformQuery({ node, queryId }: PluginTransformQueryArgs) {
    if (!SelectQueryNode.is(node) && !RawNode.is(node)) this.#writes.add(queryId)
    return node
  }

  transformResult({ result, queryId }: PluginTransformResultArgs) {
    const returned = this.#writes.has(queryId) ? result.rows.length : 0
    if (returned > 0 || (result.numAffectedRows ?? 0n) > 0n) this.hasWritten = true
    return Promise.resolve(result)
  }
}
