import type { OpenCreate } from "@peering-desk/shared-schemas"
import { isEffectOf, type Act } from "./act.ts"
import type { Effect, RecordedAtlas } from "./atlas-record.ts"
import { isOpen, toLabel, type Attempt, type AuditReader } from "./audit-reader.ts"
import type { Violations } from "./violations.ts"

/** A change is settled within this time without a kill or a stop: each delays the proof that it changed nothing. */
const settledWithinMs = 60_000

/** Compares what each change is called with what Atlas did because of it. */
export class Labels {
  readonly #acts: Act[] = []
  readonly #createsByKey = new Map<string, Act>()
  readonly #effects = new Map<string, Effect[]>()
  readonly #atlas: RecordedAtlas
  readonly #audit: AuditReader
  readonly #violations: Violations
  readonly #readTroubledAt: () => number
  readonly #isUntimed: boolean
  #read = 0

  constructor(
    atlas: RecordedAtlas,
    audit: AuditReader,
    violations: Violations,
    {
      readTroubledAt,
      isUntimed = false,
    }: {
      /** Returns when the last kill or stop of a server ended, by `performance.now()`. */
      readTroubledAt: () => number
      /** True when it is not judged how long a change takes to have an end, only that it has one at the end. */
      isUntimed?: boolean
    },
  ) {
    this.#atlas = atlas
    this.#audit = audit
    this.#violations = violations
    this.#readTroubledAt = readTroubledAt
    this.#isUntimed = isUntimed
  }

  get acts(): readonly Act[] {
    return this.#acts
  }

  add(act: Act): void {
    this.#acts.push(act)
    if (act.kind === "create") this.#createsByKey.set(`${act.projectId} ${act.key}`, act)
  }

  /** Notes what a list or a stream calls the open creates of a project. */
  noteCreates(projectId: string, creates: readonly OpenCreate[]): void {
    for (const { key, state } of creates) {
      const act = this.#createsByKey.get(`${projectId} ${key}`)
      if (act === undefined || state !== "not-created") continue
      const [made] = this.listEffects(act)
      if (made !== undefined)
        this.#say(act, `a page calls it not created, and Atlas made ${made.id} (${this.#listFaces(made.id)})`)
    }
  }

  /** Returns what Atlas did because of an act, oldest first. */
  listEffects(act: Act): Effect[] {
    const { effects } = this.#atlas
    for (; this.#read < effects.length; this.#read += 1) {
      const effect = effects[this.#read]
      if (effect === undefined) continue
      const values = Object.values(effect.fields).filter((value) => typeof value === "string")
      for (const mark of new Set([...values, effect.id]))
        this.#effects.set(mark, [...(this.#effects.get(mark) ?? []), effect])
    }
    return (this.#effects.get(act.mark) ?? []).filter((effect) => isEffectOf(act, effect))
  }

  attemptsOf({ reason }: Act): readonly Attempt[] {
    return this.#audit.attempts.get(reason) ?? []
  }

  /** Judges every act that had ended when the audit log was read, the given moment of Atlas. */
  judge(readAt: number, moment: number): void {
    for (const act of this.#acts) if (act.endedAt < readAt) this.#judgeOne(act, moment)
  }

  /** Returns the changes that were sent and have no outcome. */
  listOpen(): Act[] {
    return this.#acts.filter((act) => {
      const attempts = this.attemptsOf(act)
      return attempts.length > 0 && isOpen(toLabel(attempts))
    })
  }

  /** Called at the end, when every change had time enough. */
  reportOpen(): void {
    for (const act of this.listOpen()) this.#say(act, "nothing is known of it at the end")
  }

  /** Counts the acts by kind and last label, as in "create done". */
  countEnds(): Map<string, number> {
    const counts = new Map<string, number>()
    for (const act of this.#acts) {
      const attempts = this.attemptsOf(act)
      const label = attempts.length === 0 ? "not sent" : (toLabel(attempts) ?? "open")
      const name = `${act.kind} ${label}`
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    return counts
  }

  #judgeOne(act: Act, moment: number): void {
    const attempts = this.attemptsOf(act)
    const effects = this.listEffects(act)
    const label = toLabel(attempts)
    const isOnce = act.kind === "create" || act.kind === "container"
    const [first] = effects
    if (effects.length > (act.kind === "delete" ? Infinity : 1))
      this.#say(act, `Atlas carried it out ${effects.length} times`)
    if (first !== undefined && first.moment < moment && attempts.length === 0 && this.#isAlone(act))
      this.#say(act, "Atlas carried it out, and the audit log has no trace of it")
    if (first === undefined && act.named.length > 0 && isOnce)
      this.#say(act, `an answer names ${act.named[0]}, and Atlas made nothing`)
    if (act.kind === "create" && act.named.some((id) => first !== undefined && id !== first.id))
      this.#say(act, `answers name ${act.named.join(", ")}, and Atlas made ${first?.id}`)
    if (label === "done") this.#judgeDone(act, first)
    if ((label === "failed" || label === "refused") && first !== undefined && this.#isAlone(act))
      this.#say(act, `the log calls it ${label}, and Atlas carried it out (${this.#listFaces(first.id)})`)
    if (this.#isUntimed) return
    const calmSince = Math.max(act.endedAt, this.#readTroubledAt())
    if (attempts.length > 0 && isOpen(label) && performance.now() - calmSince > settledWithinMs)
      this.#say(act, `nothing is known of it after ${settledWithinMs / 1_000} s without a kill or a stop`)
  }

  #judgeDone(act: Act, first: Effect | undefined): void {
    if (act.kind !== "delete") {
      if (first === undefined) this.#say(act, "the log calls it done, and Atlas did nothing")
      const named = this.attemptsOf(act).flatMap(({ outcomes }) =>
        outcomes.flatMap(({ outcome, peeringId }) => (outcome === "done" ? (peeringId ?? []) : [])),
      )
      if (act.kind === "create" && first !== undefined && named.some((id) => id !== first.id))
        this.#say(act, `the log names ${named.join(", ")}, and Atlas made ${first.id}`)
      return
    }
    // Another person's deletion makes it done, too.
    const faces = this.#atlas.faces.get(act.mark) ?? []
    if (!faces.some(({ face }) => face === null || /^(TERMINATING|DELETING|DELETION_FAILED)/.test(face)))
      this.#say(act, "the log calls it done, and Atlas never began to delete it")
  }

  /** Two deletions of one connection leave the same effect; then only all of them together can be false. */
  #isAlone(act: Act): boolean {
    return (
      act.kind !== "delete" ||
      this.#acts.every((other) => other === act || other.kind !== "delete" || other.mark !== act.mark)
    )
  }

  /** Lists the states that a connection had so far, for example "INITIATING vpc-1 10.0.0.0/16, gone". */
  #listFaces(id: string): string {
    return (this.#atlas.faces.get(id) ?? []).map(({ face }) => face ?? "gone").join(", ")
  }

  #say(act: Act, words: string): void {
    const { step, kind, providerName, mark, answers } = act
    const called = toLabel(this.attemptsOf(act)) ?? "no word in the log"
    this.#violations.add(
      "labels",
      `${kind} of step ${step} (${providerName} ${mark})`,
      `${words}; answers ${answers.join(", ")}; ${called}`,
    )
  }
}
