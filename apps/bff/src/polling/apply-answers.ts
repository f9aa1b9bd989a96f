import { isDeepStrictEqual } from "node:util"
import type { RawAnswer } from "@peering-desk/shared-schemas"
import type { Cloud } from "#processes/polled-clouds.ts"
import type { StoredPeering } from "./peering-rows.ts"

/*
 * What the answers of Atlas change in the stored peerings of a cloud:
 *
 *   stored                     list      answer by id   becomes
 *   changed since the request  any       any            (as stored); another list is asked for where it differs
 *   (none)                     there     any            listed
 *   there, as listed           there     any            (as stored)
 *   there, other content       there     any            listed
 *   there                      –         any            gone
 *   gone                       there     any            listed
 *   ahead, equals the list     equal     any            no longer ahead
 *   ahead, differs             any       not asked      (as stored)
 *   ahead, differs             any       any            as answered by id; ahead while the list differs from that
 *
 * A row is ahead from Atlas's answer to a change of ours on, until Atlas's list agrees with it.
 */

/** What Atlas answered about a cloud, for requests that left at one version. Times are milliseconds since 1970. */
export interface Answers {
  cloud: Cloud
  /** The version of the state when the request left. What changed since is newer than the answers. */
  since: number
  /** By id. */
  listed: ReadonlyMap<string, RawAnswer>
  /** Answers by id; null where Atlas has no such peering. */
  byId: ReadonlyMap<string, RawAnswer | null>
  at: number
  /** The poll before; null when that is unknown. */
  afterAt: number | null
  /** True when the cloud was polled before, so that what a list shows first is new in Atlas. */
  beginSeen: boolean
}

/** A row that changes. */
export interface ChangedRow {
  row: StoredPeering
  /** Null for a new one. */
  before: StoredPeering | null
}

/**
 * Decides what changes in the rows with some ids.
 * @param stored by id
 * @param version of the step that stores it
 */
export function applyAnswers(
  stored: ReadonlyMap<string, StoredPeering>,
  ids: readonly string[],
  answers: Answers,
  version: number,
): ChangedRow[] {
  return ids.flatMap((id) => {
    const before = stored.get(id) ?? null
    const row = decide(before, id, answers)
    const firstVersion = before?.firstVersion ?? version
    return row === null ? [] : [{ row: { ...row, version, firstVersion }, before }]
  })
}

/**
 * Returns true if a list says something else of a row that was written after the request left, as by a new name. Only another list tells
 * which is true.
 * @param stored by id
 */
export function isOvertaken(stored: ReadonlyMap<string, StoredPeering>, { since, listed }: Answers): boolean {
  return [...stored].some(([id, row]) => row.version > since && !isAsAnswered(row, listed.get(id) ?? null))
}

function decide(row: StoredPeering | null, id: string, answers: Answers): StoredPeering | null {
  const { since, listed, byId } = answers
  const inList = listed.get(id) ?? null
  if (row === null) return inList && toListed(toNew(id, inList, answers), inList, answers)
  if (row.version > since) return null
  if (!row.isAhead) return toAnswered(row, inList, answers)
  if (isAsAnswered(row, inList)) return { ...row, isAhead: false }
  const answer = byId.get(id)
  if (answer === undefined) return null
  const isAhead = !isSameAnswer(answer, inList)
  const answered = toAnswered(row, answer, answers)
  if (answered === null && isAhead) return null
  return { ...(answered ?? row), isAhead }
}

/** Returns null when the answer says what is stored. */
function toAnswered(row: StoredPeering, answer: RawAnswer | null, answers: Answers): StoredPeering | null {
  if (isAsAnswered(row, answer)) return null
  if (answer !== null) return toListed(row, answer, answers)
  const { at, afterAt } = answers
  return { ...row, gone: { at, lastListedAt: afterAt }, updatedAt: at }
}

function toListed(row: StoredPeering, raw: RawAnswer, { at, beginSeen }: Answers): StoredPeering {
  const begin = row.gone === null ? row.beginSeen : beginSeen
  return { ...row, raw, beginSeen: begin, gone: null, updatedAt: at }
}

function toNew(id: string, raw: RawAnswer, { cloud, at, beginSeen }: Answers): StoredPeering {
  const first = { firstSeenAt: at, updatedAt: at, createdBy: null, isAhead: false, gone: null }
  return { ...cloud, id, raw, beginSeen, version: 0, firstVersion: 0, ...first }
}

function isAsAnswered({ gone, raw }: StoredPeering, answer: RawAnswer | null): boolean {
  return isSameAnswer(gone === null ? raw : null, answer)
}

/** Compares answers of Atlas about one peering; null for none. The order of their fields means nothing. */
export function isSameAnswer(one: RawAnswer | null, other: RawAnswer | null): boolean {
  return isDeepStrictEqual(one, other)
}
