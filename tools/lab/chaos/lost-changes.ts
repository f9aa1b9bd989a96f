import { toBlock } from "#bff/test/support/chaos-creates.ts"
import type { Act } from "#tools/lab/oracle/act.ts"
import type { RecordedAtlas } from "#tools/lab/oracle/atlas-record.ts"
import { isOpen, toLabel, type AuditReader } from "#tools/lab/oracle/audit-reader.ts"
import type { Labels } from "#tools/lab/oracle/labels.ts"
import { apiUrls, type ProviderName } from "@peering-desk/shared-schemas"
import { ask, pause, secondsUntil, type Client } from "./client.ts"

const editsOfEach = 2
/** Numbers of blocks that no create has. */
const firstBlock = 10_000
const readEveryMs = 1_000
/** A change of which the log has nothing after this time was not sent. */
const unsentAfterSeconds = 15
/** A change that is still unknown after this time is asked for again, and counts as open. */
const patienceSeconds = 90

type Peer = { projectId: string; id: string; providerName: ProviderName } & Record<string, unknown>

interface LostChangesDeps {
  atlas: RecordedAtlas
  audit: AuditReader
  labels: Labels
  /** Returns one of the servers. */
  choose: () => Client
  random: () => number
}

/** Edits and deletes connections until the log calls it done, and compares each label with what Atlas did. */
export class LostChanges {
  readonly #deps: LostChangesDeps
  #number = 0
  #isReading = true

  constructor(deps: LostChangesDeps) {
    this.#deps = deps
  }

  /** Edits a connection on AWS twice, then deletes it; on the other clouds nothing can be edited. */
  async editAndDelete(peer: Peer): Promise<void> {
    const { id } = peer
    if (peer.providerName === "AWS")
      for (let done = 0; done < editsOfEach; done += 1)
        await this.#repeat((reason) => {
          const block = toBlock(firstBlock + this.#number)
          return this.#send(peer, { kind: "edit", mark: block, reason }, "PATCH", {
            change: { routeTableCidrBlock: block },
          })
        })
    const name = String(peer["vpcId"] ?? peer["vnetName"] ?? peer["networkName"])
    await this.#repeat((reason) => this.#send(peer, { kind: "delete", mark: id, reason }, "DELETE", { name }))
  }

  /** Reads the log until `stopReading`, and judges what it calls each change. */
  async readLog(): Promise<void> {
    while (this.#isReading) {
      await this.#readOnce()
      await pause(readEveryMs)
    }
  }

  /** Reads the log a last time. */
  async stopReading(reading: Promise<void>): Promise<void> {
    this.#isReading = false
    await reading
    await this.#readOnce()
  }

  async #readOnce(): Promise<void> {
    const { audit, labels, atlas, choose } = this.#deps
    const [readAt, moment] = [performance.now(), atlas.now()]
    if (await audit.read(choose())) labels.judge(readAt, moment)
  }

  /** Asks, each time as a new change, until the log calls one done or Atlas refuses it. */
  async #repeat(send: (reason: string) => Promise<Act>): Promise<void> {
    const { labels } = this.#deps
    for (;;) {
      this.#number += 1
      const act = await send(`change ${this.#number}`)
      const [status = 0] = act.answers
      if (status >= 200 && status < 300) return
      if (status >= 400 && status < 500 && status !== 409 && status !== 429) return
      const isSent = () => labels.attemptsOf(act).length > 0
      await secondsUntil(isSent, unsentAfterSeconds, 100)
      if (isSent()) await secondsUntil(() => !isOpen(toLabel(labels.attemptsOf(act))), patienceSeconds, 100)
      if (toLabel(labels.attemptsOf(act)) === "done") return
    }
  }

  async #send(
    { projectId, id, providerName }: Peer,
    about: { kind: "edit" | "delete"; mark: string; reason: string },
    method: string,
    body: object,
  ): Promise<Act> {
    const { atlas, labels, choose } = this.#deps
    const act: Act = {
      ...about,
      step: this.#number,
      projectId,
      providerName,
      key: "",
      peeringId: id,
      moment: atlas.now(),
      answers: [],
      named: [],
      endedAt: Number.POSITIVE_INFINITY,
    }
    labels.add(act)
    const path = apiUrls.peering(projectId, id)
    const { status } = await ask(choose(), method, path, { body: { ...body, reason: about.reason } })
    act.answers.push(status)
    act.endedAt = performance.now()
    return act
  }
}
