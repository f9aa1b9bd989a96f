import { readStatus, type Peering } from "@peering-desk/shared-schemas"
import type { Clock } from "#base/clock.ts"
import type { NewObservation } from "./observation-rows.ts"
import { toCloudKey, type CloudName, type Turn } from "#processes/polled-clouds.ts"
import { toPeeringKey, type StoredPeering } from "./stored-peering.ts"
import type { PendingTurn, PendingTurns } from "./write-fence.ts"

/** The latest state of peerings, and what was observed of them in order. */
export interface Batch {
  peerings: readonly StoredPeering[]
  observations: readonly NewObservation[]
  /** The turn of each cloud of the peerings when the first of them was kept; empty where no other process writes. */
  turns: PendingTurns
}

const mostPending = 20_000

/** Returns the ids of the peerings of one cloud. */
export function idsOf(cloud: CloudName, peerings: readonly StoredPeering[]): string[] {
  return peerings.filter((one) => toCloudKey(one) === toCloudKey(cloud)).map(({ id }) => id)
}

/** What polls found and is not written yet. */
export class PendingPeerings {
  readonly #clock: Clock
  readonly #peerings = new Map<string, StoredPeering>()
  readonly #turns = new Map<string, PendingTurn>()
  readonly #turnOf: ((cloud: CloudName) => Turn) | null
  #observations: NewObservation[] = []

  /** @param turnOf null where no other process writes */
  constructor(clock: Clock, turnOf: ((cloud: CloudName) => Turn) | null) {
    this.#clock = clock
    this.#turnOf = turnOf
  }

  get isEmpty(): boolean {
    return this.#peerings.size + this.#observations.length === 0
  }

  keep(
    peering: Peering,
    { createdBy = null, gone = null }: Partial<Pick<StoredPeering, "createdBy" | "gone">> = {},
  ): void {
    const { projectId, id, peer, raw, beginSeen, firstSeenAt } = peering
    const { providerName } = peer
    const key = toPeeringKey({ projectId, providerName, id })
    const cloud = { projectId, providerName }
    if (this.#turnOf !== null && !this.#turns.has(toCloudKey(cloud)))
      this.#turns.set(toCloudKey(cloud), { cloud, turn: this.#turnOf(cloud) })
    this.#peerings.set(key, {
      projectId,
      providerName,
      id,
      raw,
      beginSeen,
      gone,
      createdBy: createdBy ?? this.#peerings.get(key)?.createdBy ?? null,
      firstSeenAt: Date.parse(firstSeenAt) || this.#clock.now(),
    })
  }

  observe(
    { projectId, id: peeringId, peer, raw }: Peering,
    how: Pick<NewObservation, "at" | "afterAt" | "what">,
  ): void {
    this.#observations.push({
      projectId,
      providerName: peer.providerName,
      peeringId,
      ...how,
      status: readStatus(peer),
      raw: how.what === "gone" ? null : raw,
    })
  }

  listOf(cloud: CloudName): string[] {
    return idsOf(cloud, [...this.#peerings.values()])
  }

  takeAll(): Batch {
    const batch = {
      peerings: [...this.#peerings.values()],
      observations: this.#observations,
      turns: new Map(this.#turns),
    }
    this.#peerings.clear()
    this.#turns.clear()
    this.#observations = []
    return batch
  }

  takeOf({ projectId, id, peer: { providerName } }: Peering): Batch {
    const key = toPeeringKey({ projectId, providerName, id })
    const state = this.#peerings.get(key)
    this.#peerings.delete(key)
    const observations: NewObservation[] = []
    const others: NewObservation[] = []
    for (const one of this.#observations)
      (toPeeringKey({ ...one, id: one.peeringId }) === key ? observations : others).push(one)
    this.#observations = others
    const cloud = toCloudKey({ projectId, providerName })
    const turn = this.#turns.get(cloud)
    const turns = new Map(turn === undefined ? [] : [[cloud, turn]])
    if (![...this.#peerings.values()].some((other) => toCloudKey(other) === cloud)) this.#turns.delete(cloud)
    return { peerings: state === undefined ? [] : [state], observations, turns }
  }

  /** Takes back what could not be written. What came meanwhile is newer. */
  putBack({ peerings, observations, turns }: Batch): void {
    for (const [key, older] of turns) this.#turns.set(key, older)
    this.#observations = [...observations, ...this.#observations].slice(-mostPending)
    for (const older of peerings) {
      const key = toPeeringKey(older)
      const newer = this.#peerings.get(key) ?? older
      this.#peerings.set(key, { ...newer, createdBy: newer.createdBy ?? older.createdBy })
    }
  }
}
