import { readAtlasPeer, readStatus, type RawAnswer } from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import { addPeeringEvents } from "#events/peering-events.ts"
import { notifyVersion } from "#processes/polled-clouds.ts"
import { headOf, step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { applyAnswers, type Answers, type Finding } from "./apply-answers.ts"
import { addObservations, type NewObservation } from "./observation-rows.ts"
import { readRows, writeRows, type StoredPeering } from "./peering-rows.ts"
import type { Cloud } from "./poll-sessions.ts"

/** Atlas's answer to a change of one peering. */
export interface OwnAnswer {
  cloud: Cloud
  raw: RawAnswer
  /** The version of the state when the change left. */
  since: number
  /** When Atlas answered, milliseconds since 1970. */
  at: number
  /** Key of the user who created the peering with it. */
  createdBy?: string
}

/** Names one peering. Ids are unique in a cloud. */
type PeeringName = Pick<Cloud, "projectId"> & { id: string }

/**
 * Writes what Atlas answered about peerings, with what was observed of them and the events that people hear of, in one step. The live
 * views of all processes read it from there.
 */
export class PeeringWriter {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** @param ids the peerings of which the answers may differ from what is stored */
  async storeList(answers: Answers, ids: readonly string[]): Promise<void> {
    await step(this.#store, async ({ transaction, head: { version } }) => {
      const stored = await readRows(transaction, answers.cloud, ids)
      const found = applyAnswers(stored, ids, answers, version)
      const rows = found.map(({ row }) => row)
      await this.#write(transaction, rows)
      await observe(transaction, found, answers)
    })
  }

  /** Stores the answer to a change of ours, within a step. If the peering changed since the change left, only its creator is new. */
  async storeAnswer(
    transaction: Transaction<Tables>,
    { cloud, raw, since, at, createdBy }: OwnAnswer,
  ): Promise<void> {
    const id = String(raw["id"])
    const { version } = headOf(transaction)
    const row = (await readRows(transaction, cloud, [id])).get(id)
    const creator = row?.createdBy ?? createdBy ?? null
    if (row !== undefined && row.version > since) {
      if (creator === row.createdBy) return
      return await this.#write(transaction, [{ ...row, createdBy: creator, version }])
    }
    const { beginSeen, firstSeenAt } = row ?? { beginSeen: true, firstSeenAt: at }
    const begin = { beginSeen, firstSeenAt, createdBy: creator }
    const answered = { ...cloud, ...begin, id, raw, version, isAhead: true, updatedAt: at, gone: null }
    await this.#write(transaction, [answered])
    await observe(transaction, [{ row: answered, what: "listed" }], { at, afterAt: at })
  }

  /** Stores who created a peering that a list showed first, within a step. */
  async storeCreator(transaction: Transaction<Tables>, cloud: Cloud, id: string, createdBy: string) {
    const row = (await readRows(transaction, cloud, [id])).get(id)
    if (row === undefined || row.createdBy !== null) return
    const { version } = headOf(transaction)
    await this.#write(transaction, [{ ...row, createdBy, version }])
  }

  /** Shows a peering's notes as they are stored now, within the step that writes them. */
  async touch(transaction: Transaction<Tables>, { projectId, id }: PeeringName): Promise<void> {
    await transaction
      .updateTable("peering")
      .set({ version: headOf(transaction).version })
      .where("project_id", "=", projectId)
      .where("id", "=", id)
      .execute()
    await notifyVersion(this.#store, transaction)
  }

  async #write(transaction: Transaction<Tables>, rows: readonly StoredPeering[]): Promise<void> {
    if (rows.length === 0) return
    await writeRows(transaction, rows)
    await notifyVersion(this.#store, transaction)
  }
}

/** Stores what was observed, and the events that people hear of. */
async function observe(
  transaction: Transaction<Tables>,
  found: readonly Finding[],
  times: Pick<NewObservation, "at" | "afterAt">,
): Promise<void> {
  const observed = found.flatMap((one) => toObservation(one, times))
  await addPeeringEvents(transaction, await addObservations(transaction, observed))
}

function toObservation(
  { row, what }: Finding,
  { at, afterAt }: Pick<NewObservation, "at" | "afterAt">,
): NewObservation[] {
  const { projectId, providerName, id: peeringId, raw } = row
  const peer = readAtlasPeer(raw, providerName)
  if (what === null || peer === null) return []
  const state = { status: readStatus(peer), raw: what === "gone" ? null : raw }
  return [{ projectId, providerName, peeringId, at, afterAt, what, ...state }]
}
