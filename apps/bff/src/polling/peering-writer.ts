import { readAtlasPeer, type RawAnswer } from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import { addFindings } from "#events/findings.ts"
import { addPeeringFindings } from "#events/peering-findings.ts"
import { readFirstAnswers } from "#events/peering-history.ts"
import type { Cloud, PolledClouds } from "#processes/polled-clouds.ts"
import { headOf, showStep, step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { applyAnswers, isOvertaken, isSameAnswer, type Answers, type ChangedRow } from "./apply-answers.ts"
import { longestIntervalMs, type Polled } from "./poll-log.ts"
import { readRows, writeRows, type StoredPeering } from "./peering-rows.ts"

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

/**
 * Writes what Atlas answered about peerings, with what was found of them, in one step. The live views of all processes read it from
 * there.
 */
export class PeeringWriter {
  readonly #store: Store
  readonly #clouds: Pick<PolledClouds, "readLastPoll">

  constructor(store: Store, clouds: Pick<PolledClouds, "readLastPoll">) {
    this.#store = store
    this.#clouds = clouds
  }

  /**
   * @param ids the peerings of which the answers may differ from what is stored
   * @param gap the last poll before, where that is too long ago
   * @returns whether the list was overtaken
   */
  async storeList(answers: Answers, ids: readonly string[], gap: Polled | null): Promise<boolean> {
    return await step(this.#store, async ({ transaction, head: { version } }) => {
      // Also where it writes nothing, since the live view may lack what is stored.
      showStep(transaction)
      if (gap !== null) await addGap(this.#clouds, transaction, answers, gap)
      const stored = await readRows(transaction, answers.cloud, ids)
      const changed = applyAnswers(stored, ids, answers, version)
      await write(
        transaction,
        changed.map(({ row }) => row),
      )
      await addFound(transaction, changed, answers)
      return isOvertaken(stored, answers)
    })
  }

  /**
   * Stores the answer to a change of ours, within a step. If the peering changed since the change left, only its creator is new.
   * @returns whether another create was found to have made the peering, which this answer disproves
   */
  async storeAnswer(
    transaction: Transaction<Tables>,
    { cloud, raw, since, at, createdBy }: OwnAnswer,
  ): Promise<boolean> {
    const id = String(raw["id"])
    const { version } = headOf(transaction)
    showStep(transaction)
    const before = (await readRows(transaction, cloud, [id])).get(id) ?? null
    const creator = createdBy ?? before?.createdBy ?? null
    const disproves = createdBy !== undefined && before !== null && before.createdBy !== null
    if (before !== null && before.version > since) {
      if (creator !== before.createdBy) await write(transaction, [{ ...before, createdBy: creator, version }])
      return disproves
    }
    const { beginSeen, firstSeenAt, firstVersion } = before ?? {
      beginSeen: true,
      firstSeenAt: at,
      firstVersion: version,
    }
    const begin = { beginSeen, firstSeenAt, firstVersion, createdBy: creator }
    const row = { ...cloud, ...begin, id, raw, version, isAhead: true, updatedAt: at, gone: null }
    await write(transaction, [row])
    await addFound(transaction, [{ row, before }], { at, afterAt: at })
    return disproves
  }

  /** Stores who created a peering that a list showed first, within a step. */
  async storeCreator(transaction: Transaction<Tables>, cloud: Cloud, id: string, createdBy: string) {
    const row = (await readRows(transaction, cloud, [id])).get(id)
    if (row === undefined || row.createdBy !== null) return
    const { version } = headOf(transaction)
    await write(transaction, [{ ...row, createdBy, version }])
  }

  /** Returns the ids of the peerings of a cloud that were first stored after a version, and that no create made. */
  async listUnclaimed({ projectId, providerName }: Cloud, version: number): Promise<string[]> {
    const rows = await this.#store.db
      .selectFrom("peering")
      .select("id")
      .where("project_id", "=", projectId)
      .where("provider_name", "=", providerName)
      .where("first_version", ">", version)
      .where("created_by", "is", null)
      .execute()
    return rows.map(({ id }) => id)
  }

  /** Returns how each of the peerings that `listUnclaimed` names was when it was first found, also of one that is gone. */
  async readFirstAnswers(cloud: Cloud, version: number): Promise<{ id: string; raw: RawAnswer }[]> {
    const ids = await this.listUnclaimed(cloud, version)
    return await readFirstAnswers(this.#store, cloud.projectId, ids)
  }
}

/** Shows the notes of a peering, or of all in a project, as they are stored now, within the step that writes them. */
export async function touchPeering(
  transaction: Transaction<Tables>,
  { projectId, id }: { projectId: string; id?: string },
): Promise<void> {
  await transaction
    .updateTable("peering")
    .set({ version: headOf(transaction).version })
    .where("project_id", "=", projectId)
    .where("gone_at", "is", null)
    .$if(id !== undefined, (query) => query.where("id", "=", id ?? ""))
    .execute()
  showStep(transaction)
}

async function write(transaction: Transaction<Tables>, rows: readonly StoredPeering[]): Promise<void> {
  if (rows.length === 0) return
  await writeRows(transaction, rows)
  showStep(transaction)
}

type Times = Pick<Answers, "at" | "afterAt">

/** Adds what changed in the rows to the log; a row that is only no longer ahead shows nothing new. */
async function addFound(
  transaction: Transaction<Tables>,
  changed: readonly ChangedRow[],
  { at, afterAt }: Times,
): Promise<void> {
  const found = changed.flatMap(({ row, before }) => {
    const { projectId, providerName, gone } = row
    const rawBefore = before === null || before.gone !== null ? null : before.raw
    const raw = gone === null ? row.raw : null
    const peer = readAtlasPeer(row.raw, providerName)
    if (peer === null || isSameAnswer(rawBefore, raw)) return []
    const peerBefore = rawBefore && readAtlasPeer(rawBefore, providerName)
    return [{ projectId, at, afterAt, before: peerBefore, isKnown: before !== null, peer, raw }]
  })
  if (found.length > 0) await addPeeringFindings(transaction, found)
}

/** Adds the gap before a poll to the log, unless another process polled meanwhile. */
async function addGap(
  clouds: Pick<PolledClouds, "readLastPoll">,
  transaction: Transaction<Tables>,
  { cloud, at }: Answers,
  { lastPoll, problem }: Polled,
): Promise<void> {
  const { projectId, providerName } = cloud
  const afterAt = Math.max(lastPoll ?? 0, (await clouds.readLastPoll(cloud, transaction))?.lastPoll ?? 0)
  if (at - afterAt <= longestIntervalMs) return
  const about = { projectId, providerName, peeringId: null }
  const once = `polling-gap ${projectId} ${providerName} ${afterAt}`
  await addFindings(transaction, [{ at, kind: "polling-gap", about, afterAt, values: { problem }, once }])
}
