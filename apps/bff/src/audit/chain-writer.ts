import type { Transaction } from "kysely"
import { toBatches } from "#base/batches.ts"
import type { Clock } from "#base/clock.ts"
import { randomBytes } from "node:crypto"
import { hashedColumns, type StoredEvent } from "#audit/chain/event-rows.ts"
import { toRewritten } from "#audit/chain/chain-flaw.ts"
import { chainStart, toDigest, toRowHash, type ChainEnd } from "#audit/chain/row-hash.ts"
import { AuditKeys } from "#audit/signing/audit-keys.ts"
import type { SignedText } from "#audit/signing/checkpoint.ts"
import { SignedEnd, type EndInStore } from "#audit/signing/signed-end.ts"
import type { SigningKey } from "#audit/signing/signing-key.ts"
import type { EventColumns, EventLog, NewEvent, Step } from "#store/event-log.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { itself, type AuditEvent } from "./audit-events.ts"
import { toStorableText } from "./audit-fields.ts"
import { computeDigest, toFlawDetail } from "./flaw-rows.ts"
import { toEventContent, toNewEvent } from "./row-content.ts"
import { verifyLog, type LogVerification } from "./verify-log.ts"

export interface ChainWriterDeps {
  store: Store
  clock: Clock
  /** Seal the private halves of the signing keys; newest first. */
  secrets: readonly [string, ...string[]]
  /** Gets each row once it is on the disk. */
  onRow?: ((row: StoredEvent) => void) | undefined
}

type By = Pick<AuditEvent, "actor" | "address">

interface AppendOptions {
  verified?: LogVerification | null
  rotatedBy?: By | null
}

/** The log as one step adds to it. */
interface OpenChain {
  /** The end before the step changed anything. */
  found: EndInStore
  /** Where the next row goes; null before the first. */
  place: { last: ChainEnd; nextSequence: number; since: number; key: SigningKey } | null
  rows: StoredEvent[]
  /** How many of the rows are in the table. */
  inserted: number
  signed: SignedText | null
}

const whyRotated = "Rotated."
const whyFirst =
  "There was no signing key that SESSION_SECRET opens. Entries before this one are as they were found."

/** Adds rows to the end of the chain and signs it. */
export class ChainWriter implements EventLog {
  readonly keys: AuditKeys
  readonly end: SignedEnd
  readonly #store: Store
  readonly #clock: Clock
  readonly #onRow: (row: StoredEvent) => void
  readonly #open = new WeakMap<Step, OpenChain>()

  constructor({ store, clock, secrets, onRow = () => undefined }: ChainWriterDeps) {
    this.#store = store
    this.#clock = clock
    this.#onRow = onRow
    this.keys = new AuditKeys({ store, clock, secrets })
    this.end = new SignedEnd({ store, clock, keys: this.keys })
  }

  /** Verifies the whole log in a step. */
  async verify(transaction: Transaction<Tables>): Promise<LogVerification> {
    return await verifyLog({ store: this.#within(transaction), signedEnd: this.end })
  }

  /** Reads the end of the log. A step that changes other rows calls it before. */
  async open(step: Step): Promise<OpenChain> {
    const known = this.#open.get(step)
    if (known !== undefined) return known
    const found = await this.end.read(step.transaction)
    const chain: OpenChain = { found, place: null, rows: [], inserted: 0, signed: null }
    this.#open.set(step, chain)
    return chain
  }

  /**
   * Adds rows in a step, at whose end `flush` inserts them. Where the log is flawed, they begin a new segment, whose first row records the flaw.
   * @param verified what `verify` found in this transaction; otherwise only the end is compared
   * @param rotatedBy makes a new key first, for that actor
   * @returns the rows of the given events: rows about keys and flaws come before
   */
  async append(
    step: Step,
    given: readonly NewEvent[],
    { verified = null, rotatedBy = null }: AppendOptions = {},
  ): Promise<StoredEvent[]> {
    const { transaction, head } = step
    const chain = await this.open(step)
    const { events, ...place } =
      chain.place === null
        ? await this.#prepare(transaction, chain.found, { verified, rotatedBy })
        : { ...chain.place, events: [] }
    const rows: StoredEvent[] = []
    let end = place.last
    for (const { columns: some, data, at = this.#clock.now() } of [
      ...events.map((event) => toNewEvent(toEventContent(event))),
      ...given,
    ]) {
      const columns = toColumns(some)
      const number = place.nextSequence + rows.length
      const kept = { salt: randomBytes(12).toString("base64url"), data }
      const content = { number, at, version: head.version, previous_hash: end.hash, digest: toDigest(kept) }
      end = { sequence: number, hash: toRowHash({ ...columns, ...content }) }
      rows.push({ ...columns, ...content, ...kept, hash: end.hash })
    }
    chain.place = { ...place, last: end, nextSequence: place.nextSequence + rows.length }
    chain.rows.push(...rows)
    return rows.slice(events.length)
  }

  async flush(step: Step): Promise<void> {
    const chain = this.#open.get(step)
    const { place = null, rows = [] } = chain ?? {}
    if (chain === undefined || place === null || chain.inserted === rows.length) return
    for (const some of toBatches(rows.slice(chain.inserted)))
      await step.transaction.insertInto("event").values(some).execute()
    chain.inserted = rows.length
    chain.signed = this.end.sign(place.key, { ...place.last, since: place.since })
    const { sequence: number, hash } = place.last
    step.head.auditEnd = { number, hash, checkpoint: chain.signed.text }
  }

  committed(step: Step): void {
    const { rows = [], signed = null } = this.#open.get(step) ?? {}
    if (signed !== null) this.end.remember(signed)
    for (const row of rows) this.#onRow(row)
  }

  /** Returns the end to add to and the key to sign with, and events about what was found there. */
  async #prepare(
    transaction: Transaction<Tables>,
    found: EndInStore,
    { verified, rotatedBy }: Required<AppendOptions>,
  ) {
    const isFlawed = found.flaw !== null || (verified?.unrecorded ?? null) !== null
    const furthest = Math.max(found.last.sequence, found.signed?.sequence ?? 0, this.end.known?.sequence ?? 0)
    // Row 1 begins a whole log, so a segment begins later.
    const nextSequence = Math.max(furthest, isFlawed ? 1 : 0) + 1
    const events: AuditEvent[] = []
    if (isFlawed) events.push(await this.#describeFlaw(transaction, found, verified, nextSequence))
    const place = {
      last: isFlawed ? toLink(found.last) : (found.signed ?? chainStart),
      nextSequence,
      since: isFlawed ? nextSequence : (found.signed?.since ?? 1),
      events,
    }
    // What somebody did to the log may have been done to the stored key, too.
    const kept = isFlawed ? await this.keys.readStored(transaction) : found.key
    if (kept !== null && rotatedBy === null) return { ...place, key: kept }
    const key = await this.keys.create(transaction, nextSequence)
    // The first key of an empty log signs from row 1 on, which needs no mention.
    if (found.last.sequence > 0 || rotatedBy !== null)
      events.push({
        ...(rotatedBy ?? itself),
        action: "audit-key-created",
        detail: { key: key.id, publicKey: key.publicKey, why: rotatedBy === null ? whyFirst : whyRotated },
      })
    return { ...place, key }
  }

  async #describeFlaw(
    transaction: Transaction<Tables>,
    found: EndInStore,
    verified: LogVerification | null,
    nextSequence: number,
  ): Promise<AuditEvent> {
    const { unrecorded, since, end } = verified ?? (await this.verify(transaction))
    const flaw = unrecorded ?? { flaw: found.flaw ?? toRewritten(end.sequence), segment: since, chained: end }
    const digest = await computeDigest(this.#within(transaction), flaw, nextSequence)
    return { ...itself, action: "audit-flaw-found", detail: toFlawDetail(flaw, digest, found.text) }
  }

  #within(transaction: Transaction<Tables>): Store {
    return { ...this.#store, db: transaction }
  }
}

/** Returns every column, with texts that both databases return unchanged. Those that the place of the row decides follow. */
function toColumns(given: NewEvent["columns"]): EventColumns {
  const known: Record<string, unknown> = { ...given }
  const entries = hashedColumns.map((name) => {
    const value = known[name] ?? null
    return [name, typeof value === "string" ? toStorableText(value) : value]
  })
  return Object.fromEntries(entries) as EventColumns
}

/** A new segment links to the last row as it is stored, if its hash can be one. */
function toLink({ sequence, hash }: ChainEnd): ChainEnd {
  return { sequence, hash: /^[0-9a-f]{64}$/.test(hash) ? hash : chainStart.hash }
}
