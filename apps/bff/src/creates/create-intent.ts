import type { PeeringRequest, Problem, ProviderName } from "@peering-desk/shared-schemas"
import type { Selectable } from "kysely"
import type { CreateIntentTable } from "#store/tables.ts"

/** The values of the column `create_intent.state`. `create-states.ts` explains them. */
export type StoredState = "sending" | "created" | "refused" | "unknown" | "not-created"

/** One create as the person sent it. Times are milliseconds since 1970. */
export interface CreateIntent {
  projectId: string
  /** The form's Idempotency-Key. */
  key: string
  userKey: string
  providerName: ProviderName
  body: PeeringRequest
  /** Hash of everything that was sent. Two bodies with the same content have the same hash. */
  bodyHash: string
  state: StoredState
  /** Ids of the peerings that existed before. */
  knownBefore: string[]
  peeringId: string | null
  /** Why it was refused or not created, or why its outcome is unknown. */
  problem: Problem | null
  /** Number of the audit row of the attempt, written before the request is sent. */
  attemptSequence: number | null
  /** Id of the peering that is deleted first; null for a plain create. */
  replaces: string | null
  createdAt: number
  updatedAt: number
}

/** An intent whose outcome is open. */
export interface OpenIntent extends CreateIntent {
  /** The process that sends it or looks it up no longer says that it lives. */
  isProcessGone: boolean
}

export type NewIntent = Pick<
  CreateIntent,
  "projectId" | "key" | "userKey" | "body" | "bodyHash" | "knownBefore" | "replaces"
>

export type IntentName = Pick<CreateIntent, "projectId" | "key">

export type IntentChanges = Partial<
  Pick<CreateIntent, "body" | "knownBefore" | "peeringId" | "problem" | "attemptSequence">
>

/** Returns one text for project and key. No project id has a space. */
export function toRowKey({ projectId, key }: IntentName): string {
  return `${projectId} ${key}`
}

export function toColumns({ body, knownBefore, peeringId, problem, attemptSequence }: IntentChanges) {
  return {
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(knownBefore !== undefined && { known_before: JSON.stringify(knownBefore) }),
    ...(peeringId !== undefined && { peering_id: peeringId }),
    ...(problem !== undefined && { problem: problem && JSON.stringify(problem) }),
    ...(attemptSequence !== undefined && { attempt_sequence: attemptSequence }),
  }
}

export function toIntent(row: Selectable<CreateIntentTable>): CreateIntent {
  return {
    projectId: row.project_id,
    key: row.key.slice(row.project_id.length + 1),
    userKey: row.user_key,
    providerName: row.provider_name as ProviderName,
    body: JSON.parse(row.body) as PeeringRequest,
    bodyHash: row.body_hash,
    state: row.state as StoredState,
    knownBefore: JSON.parse(row.known_before) as string[],
    peeringId: row.peering_id,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as Problem),
    attemptSequence: row.attempt_sequence,
    replaces: row.replaces,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
