import { escapeInvisible, type Broken, type SeenStops } from "@peering-desk/shared-schemas"
import { readOutsideChanges } from "#events/outside-changes.ts"
import { readDeclineAnswers } from "#events/peering-history.ts"
import { sql } from "kysely"
import { toBatches } from "#base/batches.ts"
import { toInstant } from "#base/clock.ts"
import type { Store } from "#store/store.ts"
import type { Annotation } from "./observe-peering.ts"

/** A peering's label, marked steps and decline. */
type Notes = Pick<Annotation, "label" | "steps" | "declined">

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
  const [outside, notes] = await Promise.all([
    readOutsideChanges(store.db, projectId, ids),
    readNotes(store, projectId, ids),
  ])
  return (id) => {
    const noted = notes.get(id)
    const { creator, created, changed, activeAt, managedBy, override } = outside.get(id) ?? {}
    return {
      origin: creator == null ? "adopted" : "created-here",
      createdBy: creator?.name ?? created?.by ?? null,
      ...(creator && { createdByKey: creator.key }),
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
  const selected: NoteRow[] = []
  for (const some of toBatches(ids)) selected.push(...(await selectNotes(store, projectId, some).execute()))
  const rows = selected.map((row) => ({ ...row, text: row.text ?? "" }))
  const notes = new Map<string, Notes>()
  const add = (id: string, more: Partial<Notes>) =>
    notes.set(id, { ...(notes.get(id) ?? { label: null }), ...more })
  for (const { what, peering_id: id, text, by_name: name, at } of rows) {
    if (what === "label") add(id, { label: escapeInvisible(text) })
    const done = { by: name ?? "", at: toInstant(at) }
    if (what === "step") add(id, { steps: { ...notes.get(id)?.steps, [text]: done } })
  }
  const declines = rows.filter(({ what }) => what === "decline").sort((one, other) => one.at - other.at)
  const declinedIds = declines.map(({ peering_id: id }) => id)
  const answers = await readDeclineAnswers(store, projectId, declinedIds)
  for (const { peering_id: id, text, by_name: name, at: declinedAt } of declines) {
    const declined = { at: toInstant(declinedAt), ...escapeInvisible({ reason: text, for: name }) }
    const after = (answers.get(id) ?? []).filter(({ at }) => at >= declined.at)
    add(id, { declined: { ...declined, ...(after.length > 0 && { answers: after }) } })
  }
  return notes
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
  for (const some of toBatches(networks))
    for (const { network, at, broken, seen } of await db
      .selectFrom("network_facts")
      .select(["network", "at", "broken", "seen"])
      .where("project_id", "=", projectId)
      .where("network", "in", some)
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

/** Picks from the notes of a network what is of one of its connections. */
export function pickNoted({ factsAt, broken, seen }: FactsNote, id: string) {
  return { factsAt, ...(broken[id] && { broken: broken[id] }), ...(seen[id] && { seen: seen[id] }) }
}

type NoteRow = Awaited<ReturnType<ReturnType<typeof selectNotes>["execute"]>>[number]

/** Selects labels, marked steps, and the declines by share links that were not taken back. A later "done" report ends one too. */
function selectNotes({ db }: Pick<Store, "db">, projectId: string, ids: readonly string[]) {
  return db
    .selectFrom("hand_off")
    .select([sql.lit("decline").as("what"), "peering_id", "decline_reason as text", "made_for as by_name"])
    .select(sql<number>`declined_at`.as("at"))
    .where("project_id", "=", projectId)
    .where("peering_id", "in", ids)
    .where("declined_at", "is not", null)
    .where((eb) =>
      eb.or([eb("last_pressed_at", "is", null), eb("last_pressed_at", "<=", eb.ref("declined_at"))]),
    )
    .unionAll(
      db
        .selectFrom("peering_label")
        .select([sql.lit("label").as("what"), "peering_id", "label as text", "by_name", "at"])
        .where("project_id", "=", projectId)
        .where("peering_id", "in", ids),
    )
    .unionAll(
      db
        .selectFrom("peering_step")
        .select([sql.lit("step").as("what"), "peering_id", "step_id as text", "by_name", "at"])
        .where("project_id", "=", projectId)
        .where("peering_id", "in", ids),
    )
    .orderBy("text")
}
