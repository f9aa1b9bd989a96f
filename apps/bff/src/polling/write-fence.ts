import type { Transaction } from "kysely"
import { takeVersion, type CloudName, type Turn } from "#processes/polled-clouds.ts"
import type { Tables } from "#store/tables.ts"
import type { CloudTurns } from "./cloud-turns.ts"
import type { LiveState } from "./live-state.ts"

/** A cloud, and what was known of it when the first of its pending findings was made. */
export interface PendingTurn {
  cloud: CloudName
  turn: Turn
}

/** By the key of the cloud. */
export type PendingTurns = ReadonlyMap<string, PendingTurn>

interface WriteFenceDeps {
  live: LiveState
  turns: CloudTurns
  /** Called with each cloud whose findings were refused. */
  onRefused: (cloud: CloudName) => Promise<void>
}

/** Lets a process write what its polls found of a cloud only while no other process wrote to that cloud. */
export class WriteFence {
  readonly #deps: WriteFenceDeps

  constructor(deps: WriteFenceDeps) {
    this.#deps = deps
  }

  turnOf(cloud: CloudName): Turn {
    return this.#deps.turns.of(cloud)
  }

  /** Begins the write of everything that was found so far of some clouds. */
  begin(pending: PendingTurns): FencedWrite {
    return new FencedWrite(pending, this.#deps)
  }
}

/** One write, in one transaction. */
export class FencedWrite {
  readonly #deps: WriteFenceDeps
  readonly #pending: PendingTurns
  readonly #upTo: number
  #versions = new Map<string, number | null>()

  constructor(pending: PendingTurns, deps: WriteFenceDeps) {
    this.#deps = deps
    this.#pending = pending
    this.#upTo = deps.live.sequence
  }

  /**
   * Gives the clouds their next versions, in a step.
   * @returns keys of the clouds of which nothing may be written
   */
  async pass(transaction: Transaction<Tables>): Promise<ReadonlySet<string>> {
    const { turns } = this.#deps
    this.#versions = new Map()
    for (const [key, { cloud, turn }] of this.#pending) {
      const versions = turns.withOwn(cloud, turn.version)
      const version = await takeVersion(transaction, cloud, versions)
      if (version !== null) turns.noteOwn(cloud, versions, version)
      this.#versions.set(key, version)
    }
    return new Set([...this.#versions].filter(([, version]) => version === null).map(([key]) => key))
  }

  /** Called when the transaction failed, or when nobody knows whether it was committed. */
  undo(): void {
    for (const [key, version] of this.#versions) {
      const { cloud } = this.#pending.get(key) ?? {}
      if (cloud !== undefined && version !== null) this.#deps.turns.forgetOwn(cloud, version)
    }
  }

  /** Called after the transaction was committed. */
  async end(): Promise<void> {
    const { live, onRefused, turns } = this.#deps
    for (const [key, version] of this.#versions) {
      const { cloud, turn } = this.#pending.get(key) ?? {}
      if (cloud === undefined || turn === undefined) continue
      if (version === null) await onRefused(cloud)
      else if (turns.isStill(cloud, turn) && turns.of(cloud).version < version) {
        turns.noteVersion(cloud, version)
        live.versions.noteStored(cloud, version)
      }
      live.versions.settle(cloud, this.#upTo)
    }
  }
}
