import type { OpenCreate, OpenCreateState } from "@peering-desk/shared-schemas"
import { toInstant, type Clock } from "#base/clock.ts"
import type { LiveState } from "#polling/live-state.ts"
import type { CreateIntent } from "./create-intent.ts"

/** Time for which a create is shown as not created. By then its sender has seen it. */
const shownForMs = 60 * 60_000

interface Shown {
  create: OpenCreate
  since: number
}

/** Publishes the creates that are looked up or made nothing in the live state, beside the peerings. */
export class OpenCreates {
  readonly #live: LiveState
  readonly #clock: Clock
  readonly #ofProject = new Map<string, Map<string, Shown>>()

  constructor({ live, clock }: { live: LiveState; clock: Clock }) {
    this.#live = live
    this.#clock = clock
  }

  show({ projectId, key, body, createdAt, replaces }: CreateIntent, state: OpenCreateState): void {
    const shown = this.#ofProject.get(projectId) ?? new Map<string, Shown>()
    if (shown.get(key)?.create.state === state) return
    const create = {
      key,
      request: body,
      state,
      at: toInstant(createdAt),
      ...(replaces !== null && { replaces }),
    }
    this.#ofProject.set(projectId, shown.set(key, { create, since: this.#clock.elapsed() }))
    this.#publish(projectId)
  }

  /** Removes a create that became a peering or is sent again. */
  drop({ projectId, key }: Pick<CreateIntent, "projectId" | "key">): void {
    if (this.#ofProject.get(projectId)?.delete(key) === true) this.#publish(projectId)
  }

  /** Returns the creates that are shown as being checked. */
  beingChecked(): { projectId: string; key: string }[] {
    return [...this.#ofProject].flatMap(([projectId, creates]) =>
      [...creates.values()]
        .filter(({ create }) => create.state === "being-checked")
        .map(({ create }) => ({ projectId, key: create.key })),
    )
  }

  dropOld(): void {
    for (const [projectId, creates] of this.#ofProject) {
      for (const { create, since } of creates.values()) {
        const old = create.state === "not-created" && this.#clock.elapsed() - since >= shownForMs
        if (old) this.drop({ projectId, key: create.key })
      }
    }
  }

  #publish(projectId: string): void {
    const creates = [...(this.#ofProject.get(projectId)?.values() ?? [])].map(({ create }) => create)
    this.#live.putCreates({ projectId, creates })
  }
}
