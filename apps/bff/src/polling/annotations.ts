import { escapeInvisible, type Declined, type Peering, type StepDone } from "@peering-desk/shared-schemas"
import type { Kysely } from "kysely"
import { readCreators, type Creator } from "#audit/peering-audit-rows.ts"
import { CachedRead } from "#base/cached-read.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { Store } from "#store/store.ts"
import type { HandOffTable, Tables } from "#store/tables.ts"
import type { CloudSharing } from "./cloud-sharing.ts"
import type { LiveState } from "./live-state.ts"
import { annotatePeering, type Annotation } from "./observe-peering.ts"

interface AnnotationsDeps {
  store: Store
  live: LiveState
  /** Tells other processes; null when there can be none. */
  sharing: Pick<CloudSharing, "touch"> | null
  clock: Clock
  logger: Logger
}

/** A peering's label, ticked steps and decline. */
interface Notes {
  label: string | null
  /** Keyed by step id; absent without ticked steps. */
  steps?: Record<string, StepDone>
  declined?: Declined
}

type PeeringId = Pick<Peering, "projectId" | "id">

/** The name of the writer, and the time in milliseconds since 1970. */
interface Written {
  by: string
  at: number
}

/** Who created a peering, and why. */
export type CreatorNote = Pick<Creator, "name" | "reason">

interface KnownCreator {
  creator: Creator | null
  /** When it was first asked for, on the clock's `elapsed`. */
  since: number
}

/** Notes that somebody else writes into the file show up this late at most. */
const notesMaxAgeMs = 5_000
/** Another server tells at once what it noted. One that ends in between leaves it unread for this long. */
const sharedNotesMaxAgeMs = 10 * 60_000
/** The creator is written a moment after the peering shows up, perhaps by another process. */
const askCreatorAgainForMs = 60_000

/** Keeps who created a peering here, its label and its ticked steps. Caches them, since every poll asks. */
export class Annotations {
  readonly #deps: AnnotationsDeps
  readonly #creators = new Map<string, KnownCreator>()
  readonly #notes = new Map<string, CachedRead<Map<string, Notes>>>()

  constructor(deps: AnnotationsDeps) {
    this.#deps = deps
  }

  /** Returns what the last `refresh` read. */
  of(projectId: string, id: string): Annotation {
    const creator = this.#creators.get(toKey(projectId, id))?.creator ?? null
    const notes = this.#notes.get(projectId)?.kept.value?.get(id)
    return {
      origin: creator === null ? "adopted" : "created-here",
      createdBy: creator?.name ?? null,
      createdAt: creator && toInstant(creator.at),
      createReason: creator?.reason ?? undefined,
      label: notes?.label ?? null,
      steps: notes?.steps,
      declined: notes?.declined,
    }
  }

  /** Reads what may have changed. Never throws: on a failure everything stays as it was. */
  async refresh(projectId: string, ids: readonly string[]): Promise<void> {
    const { clock, logger, sharing, store } = this.#deps
    const now = clock.elapsed()
    const maxAgeMs = sharing === null ? notesMaxAgeMs : sharedNotesMaxAgeMs
    const { failure } = await this.#notesOf(projectId).refresh(maxAgeMs)
    if (failure !== null) logger.error({ err: failure, projectId }, "a project's notes can't be read")
    const unsure = ids.filter((id) => {
      const known = this.#creators.get(toKey(projectId, id))
      return known === undefined || (known.creator === null && now - known.since < askCreatorAgainForMs)
    })
    try {
      const creators = await readCreators(store, projectId, unsure)
      for (const id of unsure) {
        const key = toKey(projectId, id)
        const since = this.#creators.get(key)?.since ?? now
        this.#creators.set(key, { creator: creators.get(id) ?? null, since })
      }
    } catch (error) {
      logger.error({ err: error, projectId }, "who created a project's peerings can't be read")
    }
  }

  /** Reads a peering's annotation again and shows it in the live state. */
  async publish({ projectId, id }: PeeringId): Promise<void> {
    this.askAgain(projectId, [id])
    this.#notesOf(projectId).expire()
    await this.refresh(projectId, [id])
    const known = this.#deps.live.find(projectId, id)
    if (known === null) return
    const annotated = annotatePeering(known, this.of(projectId, id))
    if (annotated !== known) this.#deps.live.putPeering(annotated, { isStored: true })
    // The live state may have read it already, from the news of another process. The others still have to hear of it.
    await this.#deps.sharing?.touch({ projectId, providerName: known.peer.providerName })
  }

  /** Makes the next refresh read a project's notes again, and who created the peerings without a known creator. */
  expire(projectId: string): void {
    this.#notesOf(projectId).expire()
    for (const [key, { creator }] of this.#creators)
      if (creator === null && key.startsWith(`${projectId} `)) this.#creators.delete(key)
  }

  /** Makes the next refresh ask again who created peerings of which no creator is known. */
  askAgain(projectId: string, ids: readonly string[]): void {
    for (const key of ids.map((id) => toKey(projectId, id)))
      if (this.#creators.get(key)?.creator === null) this.#creators.delete(key)
  }

  /** Notes the creator of a peering that was created just now, before its audit row is written. */
  noteCreated(projectId: string, id: string, creator: CreatorNote): void {
    const { clock } = this.#deps
    const { name, reason } = creator
    const known = { creator: { name, reason, at: clock.now() }, since: clock.elapsed() }
    this.#creators.set(toKey(projectId, id), known)
  }

  /** Writes a label; an empty one removes it. */
  async setLabel(peering: PeeringId, label: string, { by, at }: Written): Promise<void> {
    const { db } = this.#deps.store
    const key = { project_id: peering.projectId, peering_id: peering.id }
    if (label === "") {
      await db
        .deleteFrom("peering_label")
        .where((eb) => eb.and(key))
        .execute()
    } else {
      const written = { label, by_name: by, at }
      await db
        .insertInto("peering_label")
        .values({ ...key, ...written })
        .onConflict((conflict) => conflict.columns(["project_id", "peering_id"]).doUpdateSet(written))
        .execute()
    }
    await this.publish(peering)
  }

  /** Marks a step as done; who did it first stays. Returns false if it was marked before. `publish` shows it. */
  async tick(
    peering: PeeringId,
    stepId: string,
    { by, at }: Written,
    db: Kysely<Tables> = this.#deps.store.db,
  ): Promise<boolean> {
    const inserted = await db
      .insertInto("peering_step")
      .values({ ...toStepKey(peering, stepId), by_name: by, at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return inserted.numInsertedOrUpdatedRows === 1n
  }

  /** Undoes that. Returns false if it was not marked. `publish` shows it. */
  async untick(
    peering: PeeringId,
    stepId: string,
    db: Kysely<Tables> = this.#deps.store.db,
  ): Promise<boolean> {
    const deleted = await db
      .deleteFrom("peering_step")
      .where((eb) => eb.and(toStepKey(peering, stepId)))
      .executeTakeFirst()
    return deleted.numDeletedRows === 1n
  }

  #notesOf(projectId: string): CachedRead<Map<string, Notes>> {
    const known = this.#notes.get(projectId)
    if (known !== undefined) return known
    const notes = new CachedRead(() => this.#readNotes(projectId), this.#deps.clock)
    this.#notes.set(projectId, notes)
    return notes
  }

  async #readNotes(projectId: string): Promise<Map<string, Notes>> {
    const { db } = this.#deps.store
    // At once: browsers of every process wait for them after a change.
    const [labels, steps, declines] = await Promise.all([
      db
        .selectFrom("peering_label")
        .select(["peering_id", "label"])
        .where("project_id", "=", projectId)
        .execute(),
      db
        .selectFrom("peering_step")
        .selectAll()
        .where("project_id", "=", projectId)
        .orderBy("step_id")
        .execute(),
      this.#readDeclines(projectId),
    ])
    const notes = new Map<string, Notes>(
      labels.map(({ peering_id: id, label }) => [id, { label: escapeInvisible(label) }]),
    )
    for (const { peering_id: id, step_id: stepId, by_name: by, at } of steps) {
      const known = notes.get(id) ?? { label: null }
      notes.set(id, { ...known, steps: { ...known.steps, [stepId]: { by, at: toInstant(at) } } })
    }
    for (const { peering_id: id, ...declined } of declines)
      notes.set(id, { ...(notes.get(id) ?? { label: null }), declined: toDeclined(declined) })
    return notes
  }

  /** Reads the declines by share links, oldest first. A later "done" report withdraws one. */
  async #readDeclines(projectId: string) {
    return await this.#deps.store.db
      .selectFrom("hand_off")
      .select(["peering_id", "made_for", "declined_at", "decline_reason"])
      .where("project_id", "=", projectId)
      .where("declined_at", "is not", null)
      .where((eb) =>
        eb.or([eb("last_pressed_at", "is", null), eb("last_pressed_at", "<=", eb.ref("declined_at"))]),
      )
      .orderBy("declined_at")
      .execute()
  }
}

function toDeclined(row: Pick<HandOffTable, "made_for" | "declined_at" | "decline_reason">): Declined {
  const told = { reason: row.decline_reason ?? "", for: row.made_for }
  return { at: toInstant(row.declined_at ?? 0), ...escapeInvisible(told) }
}

function toStepKey({ projectId, id }: PeeringId, stepId: string) {
  return { project_id: projectId, peering_id: id, step_id: stepId }
}

function toKey(projectId: string, id: string): string {
  return `${projectId} ${id}`
}
