import { randomUUID } from "node:crypto"
import { isDeepStrictEqual } from "node:util"
import { toNetworkName } from "@peering-desk/peering-rules"
import type { AtlasPeer, OpenCreates, Peering, ProviderName } from "@peering-desk/shared-schemas"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { createSharedRun } from "#base/shared-run.ts"
import { toPeeringKey } from "#events/peering-history.ts"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import { LiveState } from "./live-state.ts"
import { readOpenCreates } from "./open-creates.ts"
import type { Annotation } from "./observe-peering.ts"
import { toPeering, type LoadedPeering } from "./peering-rows.ts"
import { recalledGone, type PeeringStore, type StateVersion } from "./peering-store.ts"
import { pickNoted, readAnnotations, readFactsNotes } from "./read-annotations.ts"

interface LiveViewDeps {
  store: Store
  peeringStore: PeeringStore
  /** Called with a peering at its new status, and without one when a peering is gone: Atlas may then change its side of the container. */
  containersChanged: (projectId: string, by?: AtlasPeer) => void
  clock: Clock
  logger: Logger
}

const againAfterMs = 1_000

/**
 * Fills the live state of this process, in one way only: with the rows that changed since the last version, read after their commit. What
 * this process writes comes back by the same road. A project is loaded the first time that somebody asks for it.
 */
export class LiveView {
  readonly live = new LiveState()
  /** Reads what changed. Resolves when everything that was committed before the call is in the live state. Rejects when the database fails. */
  readonly readNews: () => Promise<void>
  readonly #deps: LiveViewDeps
  readonly #loaded = new Map<string, Promise<void>>()
  readonly #ahead = new Set<string>()
  /** Reads follow one another, so that what was read earlier is never put over what was read later. */
  #reading = Promise.resolve()
  #cancelAgain = () => {}
  readonly #cancelEnds = new Map<string, () => void>()

  constructor(deps: LiveViewDeps) {
    this.#deps = deps
    this.readNews = createSharedRun(() => this.#inTurn(() => this.#readNews()))
  }

  /**
   * Reads what changed. Never throws: on a failure everything stays as it was, and is read again a second later.
   * @param version does nothing when this one was read, or is by the read that is under way
   */
  async catchUp(version = Number.POSITIVE_INFINITY): Promise<void> {
    const { clock, logger } = this.#deps
    if (version < Number.POSITIVE_INFINITY) await this.#reading
    if (version <= this.live.stored.version) return
    this.#cancelAgain()
    try {
      await this.readNews()
    } catch (error) {
      logger.error({ err: error }, "Could not read which connections changed")
      this.#cancelAgain()
      this.#cancelAgain = clock.after(againAfterMs, () => void this.catchUp())
    }
  }

  stop(): void {
    this.#cancelAgain()
    for (const cancel of this.#cancelEnds.values()) cancel()
  }

  /** Loads a project unless it is loaded. Rejects when the database fails; the next call tries again. */
  async load(projectId: string): Promise<void> {
    const known = this.#loaded.get(projectId)
    if (known !== undefined) return await known
    const loading = this.#inTurn(() => this.#loadProject(projectId)).catch((error: unknown) => {
      this.#loaded.delete(projectId)
      throw error
    })
    this.#loaded.set(projectId, loading)
    await loading
  }

  /** Lists the ids of a cloud's peerings of which Atlas's answer to a change of ours may be newer than its list, also of ones that are gone. */
  listAhead(projectId: string, providerName: ProviderName): string[] {
    const prefix = toPeeringKey({ projectId, providerName, id: "" })
    return [...this.#ahead].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
  }

  #inTurn(read: () => Promise<void>): Promise<void> {
    const reading = this.#reading.then(read)
    this.#reading = reading.catch(() => undefined)
    return reading
  }

  async #loadProject(projectId: string): Promise<void> {
    if (this.live.stored.incarnation === "") await this.#readNews()
    const peerings = await this.#annotate(await this.#deps.peeringStore.readProject(projectId))
    const gone = peerings.filter(({ loaded }) => loaded.gone !== null)
    if (gone.length === recalledGone) this.live.noteIncomplete(gone[0]?.loaded.version ?? 0)
    const creates = await this.#readCreates([projectId])
    this.live.putStored(this.live.stored, () => {
      this.#put(peerings)
      this.#putCreates(creates)
    })
  }

  async #readNews(): Promise<void> {
    const { incarnation, version } = this.live.stored
    const isFirst = incarnation === ""
    const news = await this.#deps.peeringStore.readNews(isFirst ? Number.MAX_SAFE_INTEGER : version)
    if (!isFirst && (news.incarnation !== incarnation || news.version < version))
      return await this.#startOver(news)
    const ours = news.peerings.filter(({ projectId }) => this.#loaded.has(projectId))
    const peerings = await this.#annotate(ours)
    const creates = await this.#readCreates(news.createsOf.filter((projectId) => this.#loaded.has(projectId)))
    this.live.putStored(news, () => {
      this.#put(peerings)
      this.#putCreates(creates)
    })
  }

  /** Reads everything again after an older copy of the database was put back. Versions are counted under a new name from then on. */
  async #startOver({ incarnation, version }: StateVersion): Promise<void> {
    const { clock, logger, peeringStore, store } = this.#deps
    const before = this.live.stored.incarnation
    logger.warn({ version }, "The database is an older copy. All connections are read again")
    const next = incarnation === before ? randomUUID().slice(0, 8) : incarnation
    if (incarnation === before)
      await step(store, async ({ transaction }) => {
        const head = transaction.updateTable("head").set({ incarnation: next })
        await head.where("incarnation", "=", before).execute()
      })
    const projects = new Map<string, AnnotatedPeering[]>()
    for (const projectId of this.#loaded.keys())
      projects.set(projectId, await this.#annotate(await peeringStore.readProject(projectId)))
    const creates = await this.#readCreates([...this.#loaded.keys()])
    this.#ahead.clear()
    this.live.putStored({ version, incarnation: next }, () => {
      this.#putCreates(creates)
      for (const [projectId, peerings] of projects) {
        const ids = new Set(peerings.map(({ loaded }) => loaded.id))
        for (const known of this.live.list(projectId).peerings)
          if (!ids.has(known.id)) this.live.removePeering(known, toInstant(clock.now()), version)
        this.#put(peerings)
      }
    })
  }

  async #readCreates(projectIds: readonly string[]): Promise<OpenCreates[]> {
    const { clock, store } = this.#deps
    const read: OpenCreates[] = []
    for (const projectId of projectIds) {
      const { creates, until } = await readOpenCreates(store, projectId, clock.now())
      read.push({ projectId, creates })
      this.#cancelEnds.get(projectId)?.()
      this.#cancelEnds.delete(projectId)
      if (until !== null)
        this.#cancelEnds.set(
          projectId,
          clock.after(until - clock.now(), () => void this.#endCreates(projectId)),
        )
    }
    return read
  }

  /** Removes creates from pages that were shown for long enough. */
  async #endCreates(projectId: string): Promise<void> {
    await this.#inTurn(async () => {
      const creates = await this.#readCreates([projectId])
      this.live.putStored(this.live.stored, () => this.#putCreates(creates))
    }).catch((error: unknown) => {
      this.#deps.logger.error({ err: error, projectId }, "Could not read the open creates of a project")
    })
  }

  #putCreates(read: readonly OpenCreates[]): void {
    for (const { projectId, creates } of read) {
      const { creates: known = [] } = this.live.list(projectId)
      if (!isDeepStrictEqual(known, creates)) this.live.putCreates({ projectId, creates })
    }
  }

  async #annotate(peerings: readonly LoadedPeering[]): Promise<AnnotatedPeering[]> {
    const annotated: AnnotatedPeering[] = []
    for (const projectId of new Set(peerings.map((one) => one.projectId))) {
      const ofProject = peerings.filter((one) => one.projectId === projectId)
      const ids = ofProject.map(({ id }) => id)
      const networks = ofProject.map(({ peer }) => toNetworkName(peer) ?? "")
      const [annotationOf, factsNotes] = await Promise.all([
        readAnnotations(this.#deps.store, projectId, ids),
        readFactsNotes(this.#deps.store, projectId, networks),
      ])
      for (const [index, loaded] of ofProject.entries()) {
        const note = factsNotes.get(networks[index] ?? "")
        const noted = note && pickNoted(note, loaded.id)
        annotated.push({ loaded, annotation: { ...annotationOf(loaded.id), ...noted } })
      }
    }
    return annotated
  }

  #put(peerings: readonly AnnotatedPeering[]): void {
    for (const { loaded, annotation } of peerings) {
      const key = toPeeringKey(loaded)
      const wasAhead = this.#ahead.has(key)
      if (loaded.isAhead) this.#ahead.add(key)
      else this.#ahead.delete(key)
      this.#show(loaded, annotation, wasAhead !== loaded.isAhead)
    }
  }

  /** @param turns whether it became ahead of Atlas's list, or no longer is, which no page shows */
  #show(loaded: LoadedPeering, annotation: Annotation, turns: boolean): void {
    const { containersChanged } = this.#deps
    const { projectId, providerName, id, gone, version } = loaded
    const known = this.live.find(projectId, id)
    // Expires the cached containers before a reader learns of the status and asks for them.
    if (gone !== null) {
      // A project that was loaded a moment ago has it already.
      if (known === null && this.live.versionOf(projectId, providerName, id) === version) return
      if (known !== null) containersChanged(projectId)
      return this.live.removePeering(loaded, toInstant(gone.at), version)
    }
    const peering = toPeering(loaded, annotation)
    // Notes are read after their row. They may have come with an older version, which readers of other processes got without them.
    const isNewer = !turns && version > this.live.versionOf(projectId, providerName, id)
    if (known !== null && !isNewer && isDeepStrictEqual(toData(known), toData(peering))) return
    if (known === null || known.history.length !== peering.history.length)
      containersChanged(projectId, peering.peer)
    this.live.putPeering(peering, version)
  }
}

interface AnnotatedPeering {
  loaded: LoadedPeering
  annotation: Annotation
}

/** As a browser gets it, without fields that are undefined. */
function toData(peering: Peering): unknown {
  return JSON.parse(JSON.stringify(peering))
}
