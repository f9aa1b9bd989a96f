import * as z from "zod/mini"
import { actionKinds, listKinds } from "./event-kinds.ts"

/** The actions that the audit log records: the rows of `actionKinds`. */
export const AuditAction = z.enum(listKinds(actionKinds))
export type AuditAction = z.infer<typeof AuditAction>

/** `failed`: nothing was changed. `unknown`: it may have been, and is looked up. `unclear`: it can't be proved either way. */
export const AuditOutcome = z.enum(["done", "refused", "failed", "unknown", "unclear"])
export type AuditOutcome = z.infer<typeof AuditOutcome>

const AuditFields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
export type AuditFields = z.infer<typeof AuditFields>

/** One row, as it was written; rows are never changed. */
export const AuditRow = z.object({
  /** 1, 2, 3 … without a gap. */
  sequence: z.number(),
  /** ISO 8601, UTC. */
  at: z.string(),
  /** Of the step that wrote it: rows of one step have the same. */
  version: z.number(),
  /** `attempt`, `outcome`, `event`, or `finding`: what a poll or the server found. Rows outlive versions, so later ones may have others. */
  kind: z.string(),
  action: z.string(),
  /** The actor; null for the server itself or a stranger. */
  actor: z.nullable(z.object({ issuer: z.string(), subject: z.string(), name: z.string() })),
  address: z.nullable(z.string()),
  projectId: z.nullable(z.string()),
  providerName: z.nullable(z.string()),
  peeringId: z.nullable(z.string()),
  /** Of a finding: Atlas's status. */
  status: z.nullable(z.string()),
  /** Of a finding: the poll before, ISO 8601. */
  afterAt: z.nullable(z.string()),
  /** The kinds of notification that it is, separated by spaces. */
  notification: z.nullable(z.string()),
  /** Why, in the actor's own words. */
  reason: z.nullable(z.string()),
  /** SHA-256 of what was asked for. */
  requestHash: z.nullable(z.string()),
  /** Null for an attempt. */
  outcome: z.nullable(z.string()),
  /** Atlas's status and error code. */
  answerCode: z.nullable(z.string()),
  detail: z.nullable(AuditFields),
  before: z.nullable(AuditFields),
  after: z.nullable(AuditFields),
  /** Of an outcome: the row of its attempt. */
  attemptSequence: z.nullable(z.number()),
  /** A second event with the same text is left out. */
  once: z.nullable(z.string()),
  /** Null once the texts and fields of the row were dropped. */
  salt: z.nullable(z.string()),
  /** SHA-256 of the salt with the texts and fields. */
  digest: z.string(),
  previousHash: z.string(),
  hash: z.string(),
})
export type AuditRow = z.infer<typeof AuditRow>

/** Names of projects of the rows by their ids, as far as the server knows them. An auditor sees no project elsewhere. */
const projectNames = z.optional(z.record(z.string(), z.string()))
/** Names of connections of the rows by their ids, also of deleted ones. */
const connectionNames = projectNames

/** `GET /api/audit`: newest first. */
export const AuditPage = z.object({
  rows: z.array(AuditRow),
  /** With `acts=true`: the outcomes of the attempts on this page, oldest first. */
  outcomes: z.optional(z.array(AuditRow)),
  projectNames,
  connectionNames,
  /** Give it as `before` to get the next page; null on the last one. */
  nextBefore: z.nullable(z.number()),
})
export type AuditPage = z.infer<typeof AuditPage>

/** `GET /api/audit/{sequence}`: an attempt and all its outcomes, or the one event; oldest first. */
export const AuditEntryHistory = z.object({ rows: z.array(AuditRow), projectNames, connectionNames })
export type AuditEntryHistory = z.infer<typeof AuditEntryHistory>

/** A date with time and time zone: anything else is read differently by different programs. */
const instant = z.iso.datetime({ offset: true, error: "Write it as 2026-01-15T12:00:00Z" })
const wholeNumber = z.string().check(z.regex(/^\d{1,15}$/, "A whole number"))
/** Anything that a row may hold, to find it: NUL is in none. */
const words = z
  .string()
  .check(z.maxLength(200, "Use at most 200 characters"), z.regex(/^[^\0]*$/, "No row contains NUL"))

const auditFilterFields = {
  /** From this moment on. */
  from: z.optional(instant),
  /** Before this moment. */
  until: z.optional(instant),
  /** A part of the name, or the whole subject. */
  actor: z.optional(words),
  action: z.optional(AuditAction),
  projectId: z.optional(words),
  /** `pending`: attempts that have no outcome, or none but `unknown`. */
  outcome: z.optional(z.enum([...AuditOutcome.options, "pending"])),
  /** Found anywhere in a row, ignoring case. */
  text: z.optional(words),
}

/** Which rows to export, by query parameters; each one narrows it. */
export const AuditFilter = z.strictObject(auditFilterFields)
export type AuditFilter = z.infer<typeof AuditFilter>

/** The query parameters of `GET /api/audit`. */
export const AuditQuery = z.strictObject({
  ...auditFilterFields,
  /** Each act once: events and attempts. An attempt also matches by its outcomes, and an event without one counts as done or refused. */
  acts: z.optional(z.literal("true", 'must be "true", or left out')),
  /** Only rows with a lower sequence. */
  before: z.optional(wholeNumber),
  /** Number of rows, 1 to 200. */
  limit: z.optional(z.string().check(z.regex(/^([1-9]\d?|1\d\d|200)$/, "A number from 1 to 200"))),
})
export type AuditQuery = z.infer<typeof AuditQuery>

export const AuditExportFormat = z.enum(["jsonl", "csv"])
export type AuditExportFormat = z.infer<typeof AuditExportFormat>

/** The query parameters of `GET /api/audit/export`. */
export const AuditExportQuery = z.extend(AuditFilter, { format: AuditExportFormat })

/** A key that signs checkpoints. */
export const AuditKey = z.object({
  /** The first 32 hex digits of the SHA-256 of its DER. Checkpoints name it. */
  id: z.string(),
  /** Ed25519, as SubjectPublicKeyInfo in base64: the middle of a PEM file. */
  publicKey: z.string(),
  createdAt: z.string(),
  /** The rows whose end it signs. */
  fromSequence: z.number(),
  /** Null while it signs. */
  untilSequence: z.nullable(z.number()),
  /** False if the key before could not sign that this one takes over. */
  isConfirmed: z.boolean(),
})
export type AuditKey = z.infer<typeof AuditKey>

/** The last line of an export as JSON Lines. With all rows it proves them; `docs/audit-log.md` says how. */
export interface AuditExportEnd {
  kind: "checkpoint"
  /** The signed end of the log before the export. Null when the database has none. */
  checkpoint: string | null
  keys: AuditKey[]
}

/** `GET /api/audit/checkpoint`: the signed end of the log. Null when the database has none. */
export const SignedCheckpoint = z.object({ checkpoint: z.nullable(z.string()) })
export type SignedCheckpoint = z.infer<typeof SignedCheckpoint>

/** `GET` and `POST /api/audit/keys`: the oldest first. */
export const AuditKeyList = z.object({ keys: z.array(AuditKey) })
export type AuditKeyList = z.infer<typeof AuditKeyList>
