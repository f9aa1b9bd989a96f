import {
  escapeInvisible,
  type Broken,
  type Declined,
  type SeenStops,
  type StepDone,
} from "@peering-desk/shared-schemas"
import { readOutsideChanges } from "#events/outside-changes.ts"
import { readCreators, readDeclineAnswers } from "#events/peering-history.ts"
import { toInstant } from "#base/clock.ts"
import type { Store } from "#store/store.ts"
import type { HandOffTable } from "#store/tables.ts"
import type { Annotation } from "./observe-peering.ts"

const idsPerStatement = 500

/** A peering's label, marked steps and decline. */
interface Notes {
  label: string | null
  /** Keyed by step id; absent without marked steps. */
  steps?: Record<string, StepDone>
  declined?: Declined
}

/**
 * Reads who created some peerings of a project here, with their labels, marked steps and declines.
 * @returns the annotation of a peering by its id
 */
export async function readAnnotations(
  store: Store,
  projectId: string,
  ids: readonly string[],
): Promise<(id: string) => Annotation> {
  // At once: browsers of every process wait for them after a change.
  const [creators, outside, notes] = await Promise.all([
    readCreators(store, projectId, ids),
    readOutsideChanges(store, store.db, projectId, ids),
    readNotes(store, projectId, ids),
  ])
  return (id) => {
    const creator = creators.get(id) ?? null
    const noted = notes.get(id)
    const { created, changed, activeAt, managedBy, override } = outside.get(id) ?? {}
    return {
      origin: creator === null ? "adopted" : "created-here",
      createdBy: creator?.name ?? created?.by ?? null,
      createdAt: toInstant((creator ?? created)?.at ?? null),
      ...(changed && { changedOutside: { by: changed.by, at: toInstant(changed.at) } }),
      ...(managedBy && { managedBy, ...(override && { override }) }),
      activeAt: activeAt ?? null,
      createReason: creator?.reason ?? undefined,
      label: noted?.label ?? null,
      steps: noted?.steps,
      declined: noted?.declined,
    }
  }
}

async function readNotes(
  store: Store,
  projectId: string,
  ids: readonly string[],
): Promise<Map<string, Notes>> {
  const notes = new Map<string, Notes>()
  for (let from = 0; from < ids.length; from += idsPerStatement)
    await addNotes(store, projectId, ids.slice(from, from + idsPerStatement), notes)
  return notes
}

async function addNotes(
  store: Store,
  projectId: string,
  ids: readonly string[],
  notes: Map<string, Notes>,
): Promise<void> {
  const { db } = store
  const [labels, steps, declines] = await Promise.all([
    db
      .selectFrom("peering_label")
      .select(["peering_id", "label"])
      .where("project_id", "=", projectId)
      .where("peering_id", "in", ids)
      .execute(),
    db
      .selectFrom("peering_step")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("peering_id", "in", ids)
      .orderBy("step_id")
      .execute(),
    readDeclines({ db }, projectId, ids),
  ])
  const add = (id: string, more: Partial<Notes>) =>
    notes.set(id, { ...(notes.get(id) ?? { label: null }), ...more })
  for (const { peering_id: id, label } of labels) add(id, { label: escapeInvisible(label) })
  for (const { peering_id: id, step_id: stepId, by_name: by, at } of steps)
    add(id, { steps: { ...notes.get(id)?.steps, [stepId]: { by, at: toInstant(at) } } })
  const declinedIds = declines.map(({ peering_id: id }) => id)
  const answers = await readDeclineAnswers(store, projectId, declinedIds)
  for (const { peering_id: id, ...row } of declines) {
    const declined = toDeclined(row)
    const after = (answers.get(id) ?? []).filter(({ at }) => at >= declined.at)
    add(id, { declined: { ...declined, ...(after.length > 0 && { answers: after }) } })
  }
}

/** Of what is known about a network: when that last changed, and by peering id what is broken in AWS, and what lists show of its stops. */
interface FactsNote {
  factsAt: string
  broken: Readonly<Record<string, Broken>>
  seen: Readonly<Record<string, SeenStops>>
}

/** Reads what is noted about the facts of networks, by `toNetworkName`. */
export async function readFactsNotes(
  { db }: Pick<Store, "db">,
  projectId: string,
  networks: readonly string[],
): Promise<Map<string, FactsNote>> {
  const notes = new Map<string, FactsNote>()
  for (let from = 0; from < networks.length; from += idsPerStatement)
    for (const { network, at, broken, seen } of await db
      .selectFrom("network_facts")
      .select(["network", "at", "broken", "seen"])
      .where("project_id", "=", projectId)
      .where("network", "in", networks.slice(from, from + idsPerStatement))
      .orderBy("at")
      .execute()) {
      const known = broken === null ? notes.get(network)?.broken : (JSON.parse(broken) as FactsNote["broken"])
      notes.set(network, {
        factsAt: toInstant(at),
        broken: escapeInvisible(known ?? {}),
        seen: seen === null ? {} : (JSON.parse(seen) as FactsNote["seen"]),
      })
    }
  return notes
}

/** Reads the declines by share links that were not taken back, oldest first. A later "done" report ends one too. */
async function readDeclines({ db }: Pick<Store, "db">, projectId: string, ids: readonly string[]) {
  return await db
    .selectFrom("hand_off")
    .select(["peering_id", "made_for", "declined_at", "decline_reason"])
    .where("project_id", "=", projectId)
    .where("peering_id", "in", ids)
    .where("declined_at", "is not", null)
    .where((eb) =>
      eb.or([eb("last_pressed_at", "is", null), eb("last_pressed_at", "<=", eb.ref("declined_at"))]),
    )
    .orderBy("declined_at")
    .execute()
}

function toDeclined(row: Pick<HandOffTable, "made_for" | "declined_at" | "decline_reason">): Declined {
  const told = { reason: row.decline_reason ?? "", for: row.made_for }
  return { at: toInstant(row.declined_at ?? 0), ...escapeInvisible(told) }
}
