import type { OpenCreate, OpenCreateState } from "@peering-desk/shared-schemas"
import { toInstant, type Clock } from "#base/clock.ts"
import type { CreateIntent } from "./create-intents.ts"
import type { LiveState } from "#polling/live-state.ts"

/** Whoever sent it has read it by then, or looks at the connections anyway. */
const shownForMs = 60 * 60_000

/** Keeps the creates that did not end with a connection, or not yet, on the board. */
export class OpenCreates {
  readonly #live: LiveState
  readonly #clock: Clock
  readonly #ofProject = new Map<string, Map<string, { create: OpenCreate; since: number }>>()

  constructor({ live, clock }: { live: LiveState; clock: Clock }) {
    this.#live = live
    this.#clock = clock
  }

  show({ projectId, key, body, createdAt }: CreateIntent, state: OpenCreateState): void {
    const known = this.#ofProject.get(projectId) ?? new Map<string, { create: OpenCreate; since: number }>()
    if (known.get(key)?.create.state === state) return
    const create = { key, request: body, state, at: toInstant(createdAt) }
    this.#ofProject.set(projectId, known.set(key, { create, since: this.#clock.now() }))
    this.#tell(projectId)
  }

  /** It became a connection, or is sent again. */
  drop({ projectId, key }: Pick<CreateIntent, "projectId" | "key">): void {
    if (this.#ofProject.get(projectId)?.delete(key) === true) this.#tell(projectId)
  }

  /** Those that are shown as being checked. */
  beingChecked(): { projectId: string; key: string }[] {
    return [...this.#ofProject].flatMap(([projectId, creates]) =>
      [...creates.values()]
        .filter(({ create }) => create.state === "being-checked")
        .map(({ create }) => ({ projectId, key: create.key })),
    )
  }

  /** Takes down what was shown long enough. */
  dropOld(): void {
    for (const [projectId, creates] of this.#ofProject) {
      for (const { create, since } of creates.values()) {
        const old = create.state === "not-created" && this.#clock.now() - since >= shownForMs
        if (old) this.drop({ projectId, key: create.key })
      }
    }
  }

  #tell(projectId: string): void {
    const creates = [...(this.#ofProject.get(projectId)?.values() ?? [])].map(({ create }) => create)
    this.#live.putCreates({ projectId, creates })
  }
}
