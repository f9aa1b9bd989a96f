import type { EventReader } from "#bff/test/support/event-reader.ts"
import { openStream, pause } from "#tools/lab/chaos/client.ts"
import type { OpenCreate } from "@peering-desk/shared-schemas"
import { walkedProjects } from "./atlas-record.ts"
import { fold, toSummary, type Shown } from "./fold.ts"
import { follow } from "./order.ts"
import type { Violations } from "./violations.ts"
import type { World } from "./world.ts"

const againAfterMs = 100

/** Called with the open creates of a project whenever somebody shows them. */
export type OnCreates = (projectId: string, creates: readonly OpenCreate[]) => void

/** A browser tab that views all walked projects: it opens its stream again where it ended, perhaps at another server. */
export class Page {
  readonly #world: World
  readonly #violations: Violations
  readonly #name: string
  readonly #shown = new Map<string, Shown>()
  /** Where each connection is in its true history. */
  readonly #places = new Map<string, number>()
  readonly #onCreates: OnCreates
  #server: number
  #reader: EventReader | null = null
  #leave: () => void = () => {}
  #lastEventId = ""
  /** When and how the present stream was opened, for a violation. */
  #opened = { at: 0, after: "" }
  #isClosed = false
  #running: Promise<void>

  /** @param server the index of the server that it begins at */
  constructor(
    world: World,
    violations: Violations,
    { name, server, onCreates }: { name: string; server: number; onCreates: OnCreates },
  ) {
    this.#world = world
    this.#violations = violations
    this.#name = name
    this.#server = server
    this.#onCreates = onCreates
    this.#running = this.#run()
  }

  get server(): number {
    return this.#server
  }

  /** Breaks the connection, and goes on at some server. */
  moveTo(server: number): void {
    this.#server = server
    this.#leave()
  }

  /** Returns what it shows of a project. */
  summarize(projectId: string): string[] {
    this.#read()
    const { peerings, creates } = this.#shown.get(projectId) ?? { peerings: new Map(), creates: [] }
    return toSummary(peerings.values(), creates)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#leave()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      const server = this.#world.servers[this.#server]
      if (server === undefined) throw new Error(`there is no server ${this.#server}`)
      const client = { desk: server.desk(), cookie: this.#world.cookieOf("ada") }
      const reader = await openStream(client, walkedProjects, this.#lastEventId).catch(() => null)
      if (reader !== null) {
        this.#reader = reader
        this.#opened = { at: performance.now(), after: this.#lastEventId }
        const left = new Promise<void>((resolve) => (this.#leave = resolve))
        if (!this.#isClosed) await Promise.race([left, reader.ended.catch(() => undefined)])
        reader.close()
        this.#read()
        this.#lastEventId = reader.lastEventId()
        this.#reader = null
      }
      await pause(againAfterMs)
    }
  }

  #describe(): string {
    const { at, after } = this.#opened
    const ago = ((performance.now() - at) / 1_000).toFixed(1)
    return `${this.#name} at server ${this.#server + 1}, opened ${ago} s ago after "${after}":`
  }

  /** Takes what came since the last time. */
  #read(): void {
    const wrong: { subject: string; words: string }[] = []
    for (const message of this.#reader?.messages.splice(0) ?? []) {
      for (const { projectId, id, face } of fold(this.#shown, message)) {
        const faces = (this.#world.atlas.faces.get(id) ?? []).map((one) => one.face)
        const from = this.#places.get(id) ?? -1
        const place = follow(faces, from, face)
        if (place !== null) this.#places.set(id, place)
        else
          wrong.push({
            subject: `${id} in ${projectId}`,
            words: `${this.#describe()} ${message.event} ${message.lastEventId} says "${face ?? "gone"}" after "${faces[from] ?? "gone"}"; Atlas: ${faces.map((one) => one ?? "gone").join(" > ")}`,
          })
      }
      this.#onCreates(message.data.projectId, this.#shown.get(message.data.projectId)?.creates ?? [])
    }
    const [first] = wrong
    if (first === undefined) return
    const more = wrong.length === 1 ? "" : ` (and ${wrong.length - 1} more at the same time)`
    this.#violations.add("streams", first.subject, `${first.words}${more}`)
  }
}
