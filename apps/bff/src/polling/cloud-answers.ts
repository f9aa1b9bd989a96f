import {
  readAtlasPeer,
  readStatus,
  type AtlasPeer,
  type Peering,
  type RawAnswer,
} from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import { isSameAnswer, type Answers } from "./apply-answers.ts"
import type { LiveView } from "./live-view.ts"
import { addTimes } from "./observe-peering.ts"
import type { PeeringWriter } from "./peering-writer.ts"
import type { PollLog } from "./poll-log.ts"
import type { Cloud } from "#processes/polled-clouds.ts"

export interface CloudAnswersDeps {
  store: Store
  atlas: Pick<AtlasClient, "getPeer" | "listPeers">
  view: LiveView
  peeringWriter: PeeringWriter
  pollLog: PollLog
  clock: Clock
  logger: Logger
}

/** One poll asks for at most this many lists, while rows that are written meanwhile overtake them. */
const mostLists = 3

/** Stores what Atlas answers about the peerings of one project in one cloud, and reads it back into the live state. */
export class CloudAnswers {
  readonly #cloud: Cloud
  readonly #deps: CloudAnswersDeps

  constructor(cloud: Cloud, deps: CloudAnswersDeps) {
    this.#cloud = cloud
    this.#deps = deps
  }

  /**
   * Asks Atlas for its list and stores it, and for another one where a connection was written meanwhile.
   * @param beginSeen true when the cloud was polled before, so that what the list shows first is new in Atlas
   * @returns whether a list differed from what was known
   */
  async readList({ beginSeen }: Pick<Answers, "beginSeen">): Promise<boolean> {
    const { atlas, view } = this.#deps
    const { projectId, providerName } = this.#cloud
    for (let lists = 1; ; lists += 1) {
      const since = view.live.stored.version
      const answers = await atlas.listPeers(projectId, providerName)
      const taken = await this.#takeList(answers, { since, beginSeen })
      if (taken !== "overtaken" || lists === mostLists) return lists > 1 || taken !== "same"
    }
  }

  /**
   * Stores Atlas's answer to a change of a peering. Resolves when it is in the live state.
   * @param since the version of the live state when the change left
   */
  async takeChanged(raw: RawAnswer, since: number): Promise<Peering | null> {
    const { clock, peeringWriter, store, view } = this.#deps
    if (readAtlasPeer(raw, this.#cloud.providerName) === null) return null
    const answer = { cloud: this.#cloud, raw, since, at: clock.now() }
    await step(store, ({ transaction }) => peeringWriter.storeAnswer(transaction, answer))
    return view.live.find(this.#cloud.projectId, String(raw["id"]))
  }

  /** A list that equals what is known writes nothing. */
  async #takeList(
    answers: readonly RawAnswer[],
    { since, beginSeen }: Pick<Answers, "since" | "beginSeen">,
  ): Promise<"same" | "changed" | "overtaken"> {
    const { clock, peeringWriter, pollLog, view } = this.#deps
    const { projectId, providerName } = this.#cloud
    const listed = this.#readIds(answers)
    const known = new Map(view.live.ofCloud(projectId, providerName).map(({ id, raw }) => [id, raw]))
    const differs = (id: string) => !isSameAnswer(known.get(id) ?? null, listed.get(id) ?? null)
    // What is ahead of the list may have been settled by it.
    const ahead = view.listAhead(projectId, providerName)
    const all = new Set([...ahead, ...listed.keys(), ...known.keys()])
    const ids = [...all].filter((id) => ahead.includes(id) || differs(id))
    const byId = await this.#askById(ahead.filter(differs))
    const at = clock.now()
    const polled = await pollLog.read(this.#cloud)
    const { lastPoll: afterAt } = polled
    const hasGap = afterAt !== null && pollLog.isGap(this.#cloud, at - afterAt)
    const gap = hasGap && view.live.ofCloud(projectId, providerName).length > 0 ? polled : null
    if (ids.length === 0 && gap === null) return "same"
    const answered = { cloud: this.#cloud, since, listed, byId, at, afterAt, beginSeen }
    const isOvertaken = await peeringWriter.storeList(answered, ids, gap)
    return isOvertaken ? "overtaken" : "changed"
  }

  /** Leaves out what has no id. */
  #readIds(answers: readonly RawAnswer[]): Map<string, RawAnswer> {
    const listed = new Map<string, RawAnswer>()
    for (const raw of answers) {
      const peer = readAtlasPeer(raw, this.#cloud.providerName)
      if (peer !== null) listed.set(peer.id, raw)
      else this.#deps.logger.warn({ ...this.#cloud, raw }, "Atlas listed a connection without an id")
    }
    return listed
  }

  /** Asks Atlas about peerings by id. Of one about which it doesn't answer, nothing is concluded. */
  async #askById(ids: readonly string[]): Promise<Map<string, RawAnswer | null>> {
    const answers = new Map<string, RawAnswer | null>()
    for (const id of ids)
      try {
        answers.set(id, await this.#deps.atlas.getPeer(this.#cloud.projectId, id))
      } catch (thrown) {
        if (thrown instanceof AppError && thrown.code === "peering_not_found") answers.set(id, null)
      }
    return answers
  }
}

/** Builds a peering from the answer to its create, as long as it can't be read from the database. */
export function toCreated(
  raw: RawAnswer,
  peer: AtlasPeer,
  projectId: string,
  { at, name, reason }: { at: number; name: string; reason: string | null },
): Peering {
  const firstSeenAt = toInstant(at)
  return addTimes({
    projectId,
    id: peer.id,
    peer,
    raw,
    history: [{ status: readStatus(peer), at: firstSeenAt }],
    beginSeen: true,
    firstSeenAt,
    leftAvailableAt: null,
    origin: "created-here",
    createdBy: name,
    createdAt: firstSeenAt,
    createReason: reason ?? undefined,
    label: null,
  })
}
