import { readAtlasPeer, type AtlasPeer, type Peering, type RawAnswer } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { Turn } from "#processes/polled-clouds.ts"
import type { Annotations, CreatorNote } from "./annotations.ts"
import type { CloudSharing } from "./cloud-sharing.ts"
import type { CloudTurns } from "./cloud-turns.ts"
import type { LiveState } from "./live-state.ts"
import { mirrorStored } from "./mirror-stored.ts"
import { observePeering } from "./observe-peering.ts"
import type { PollLog } from "./poll-log.ts"
import type { Cloud } from "./poll-sessions.ts"

export interface CloudPeeringsDeps {
  atlas: Pick<AtlasClient, "getPeer">
  live: LiveState
  annotations: Annotations
  pollLog: PollLog
  turns: CloudTurns
  /** Null when this process has the database to itself. */
  sharing: CloudSharing | null
  /** Called with a peering at its new status, and without one when a peering is gone: Atlas may then change its side of the container. */
  containersChanged: (projectId: string, by?: AtlasPeer) => void
  clock: Clock
  logger: Logger
}

interface TakeInOptions {
  /** True when the cloud was polled before, so that what a list shows first is new in Atlas. */
  everAnswered: boolean
  isFollowed: boolean
  /** Knowledge of the cloud when the list was requested. */
  turn: Turn
}

/** Atlas may list a new peering late. Until then its answer by id decides whether the peering exists. */
const listedAfterMs = 60_000

/** Takes in what Atlas answers about the peerings of one project in one cloud, and what other processes stored of them. */
export class CloudPeerings {
  readonly #cloud: Cloud
  readonly #deps: CloudPeeringsDeps
  /** Peerings that a list has shown to this process: the next list without one is believed. */
  readonly #listed = new Set<string>()
  /** Created by one of the processes, and not listed yet: id → when a list without it is believed. */
  readonly #awaited = new Map<string, number>()

  constructor(cloud: Cloud, deps: CloudPeeringsDeps) {
    this.#cloud = cloud
    this.#deps = deps
  }

  listKnown(): readonly Peering[] {
    return this.#deps.live.ofCloud(this.#cloud.projectId, this.#cloud.providerName)
  }

  /** Takes in a list. Returns false when another process wrote, or the cloud changed hands, since it was asked for: a new list is needed. */
  async takeIn(
    answers: readonly RawAnswer[],
    { everAnswered, isFollowed, turn }: TakeInOptions,
  ): Promise<boolean> {
    const { annotations, clock, containersChanged, live, pollLog, sharing, turns } = this.#deps
    const { projectId } = this.#cloud
    for (const raw of answers) this.#noteListed(String(raw["id"]))
    const late = await this.#askForUnlisted(answers)
    const existing = [...answers, ...late.found]
    await annotations.refresh(
      projectId,
      existing.map((raw) => String(raw["id"])),
    )
    // A page must not show an older state again for a moment, although the database would refuse it.
    if (!turns.isStill(this.#cloud, turn)) return false
    const at = clock.now()
    const known = new Map(this.listKnown().map((peering) => [peering.id, peering]))
    const seen = existing.flatMap((raw) => {
      const before = known.get(String(raw["id"])) ?? null
      return this.#observe(raw, before, { at, beginSeen: everAnswered, isFirst: !everAnswered }) ?? []
    })
    const left = new Set(seen.map(({ id }) => id))
    const isGone = (peering: Peering) => late.gone.has(peering.id) || !this.#isAwaited(peering)
    const gone = [...known.values()].filter((peering) => !left.has(peering.id) && isGone(peering))
    for (const peering of gone) {
      this.#listed.delete(peering.id)
      this.#awaited.delete(peering.id)
      containersChanged(projectId)
      live.removePeering(peering, toInstant(at))
    }
    // A previous process may have crashed before persisting this. What other processes know is stored.
    const changed =
      everAnswered || sharing !== null ? seen.filter((peering) => known.get(peering.id) !== peering) : seen
    await pollLog.notePoll(this.#cloud, { at, changed, gone, isFollowed })
    // The database refused it when the cloud was taken over meanwhile, also by this process. Nothing of it is known then.
    return turns.isStill(this.#cloud, turn)
  }

  /**
   * Registers a peering we just created, before Atlas lists it. `PollLog.writeWith` stores it, or else the next poll.
   * @param creator key and name of the user, and why
   */
  adopt(raw: RawAnswer, creator: CreatorNote & { key: string }): Peering | null {
    const { annotations, clock, pollLog } = this.#deps
    const peer = readAtlasPeer(raw, this.#cloud.providerName)
    if (peer === null) return null
    const at = clock.now()
    this.#awaited.set(peer.id, clock.elapsed() + listedAfterMs)
    annotations.noteCreated(this.#cloud.projectId, peer.id, creator)
    const known = this.listKnown().find(({ id }) => id === peer.id) ?? null
    const peering = this.#observe(raw, known, { at, beginSeen: true })
    if (peering !== null) pollLog.keepCreated(peering, known === null ? at : null, creator.key)
    return peering
  }

  /** Registers a peering as Atlas answered to a change of it. */
  async noteChanged(raw: RawAnswer): Promise<Peering | null> {
    const { clock, live, pollLog } = this.#deps
    const at = clock.now()
    const known = live.find(this.#cloud.projectId, String(raw["id"]))
    const peering = this.#observe(raw, known, { at, beginSeen: true })
    if (peering !== null) await pollLog.noteAnswer(peering, at)
    return peering
  }

  /** Notes the creator of a peering that a list showed before Atlas's answer to the create was known. */
  async noteCreator(peering: Peering, createdBy: string): Promise<void> {
    const { annotations, pollLog } = this.#deps
    await pollLog.noteCreator(peering, createdBy)
    await annotations.publish(peering)
  }

  /**
   * Stores what earlier polls saw of a cloud that was not followed.
   * @param at when the last of them was answered
   */
  async noteFollowed(at: number): Promise<void> {
    const { annotations, pollLog } = this.#deps
    const known = this.listKnown()
    // Polls so far were too rare to see a creator that another process wrote late.
    annotations.askAgain(
      this.#cloud.projectId,
      known.map(({ id }) => id),
    )
    await pollLog.noteFollowed(known, at)
  }

  /**
   * Takes in the peerings as they are stored. Left alone are the ones of which this process has news that it is still writing: the
   * database accepts those, or refuses them, and then the stored ones are taken in again.
   * @param read reads them
   */
  async mirror(read: () => Promise<readonly Peering[]>): Promise<void> {
    const { live, pollLog } = this.#deps
    const before = new Map(this.listKnown().map((peering) => [peering.id, peering]))
    const unwritten = pollLog.listUnwritten(this.#cloud)
    const stored = await read()
    const isOurs = (id: string) =>
      unwritten.has(id) || live.find(this.#cloud.projectId, id) !== (before.get(id) ?? null)
    mirrorStored(this.#deps, this.listKnown(), stored, isOurs)
    if (unwritten.size > 0) void pollLog.write()
  }

  #noteListed(id: string): void {
    this.#listed.add(id)
    this.#awaited.delete(id)
  }

  /** Returns whether a list without a peering proves nothing, since Atlas may not list it yet. */
  #isAwaited({ id, origin }: Peering): boolean {
    if (origin !== "created-here" || this.#listed.has(id)) return false
    const until = this.#awaited.get(id) ?? this.#deps.clock.elapsed() + listedAfterMs
    this.#awaited.set(id, until)
    return this.#deps.clock.elapsed() < until
  }

  /** Asks Atlas by id for the awaited peerings that a list lacks. Of one that Atlas doesn't answer about, nothing is concluded. */
  async #askForUnlisted(answers: readonly RawAnswer[]) {
    const listed = new Set(answers.map((raw) => String(raw["id"])))
    const missing = this.listKnown().filter((one) => !listed.has(one.id) && this.#isAwaited(one))
    const found: RawAnswer[] = []
    const gone = new Set<string>()
    for (const { projectId, id } of missing) {
      try {
        found.push(await this.#deps.atlas.getPeer(projectId, id))
      } catch (thrown) {
        if (thrown instanceof AppError && thrown.code === "peering_not_found") gone.add(id)
      }
    }
    return { found, gone }
  }

  /** @param isFirst true for the first list of a cloud, which shows statuses that peerings had before */
  #observe(
    raw: RawAnswer,
    known: Peering | null,
    { at, beginSeen, isFirst = false }: { at: number; beginSeen: boolean; isFirst?: boolean },
  ): Peering | null {
    const { annotations, containersChanged, live, logger } = this.#deps
    const { projectId, providerName } = this.#cloud
    const peer = readAtlasPeer(raw, providerName)
    if (peer === null) {
      logger.warn({ projectId, providerName, raw }, "Atlas listed a connection without an id")
      return null
    }
    const annotation = annotations.of(projectId, peer.id)
    const observed = observePeering(known, { projectId, peer, raw, at: toInstant(at), beginSeen, annotation })
    const isNews = (known !== null || !isFirst) && observed.history !== known?.history
    // Expires the cached containers before a reader learns of the status and asks for them.
    if (isNews) containersChanged(projectId, peer)
    if (observed !== known) live.putPeering(observed)
    return observed
  }
}
