import type { Project } from "@peering-desk/shared-schemas"
import type { KeyInUse } from "./key-in-use.ts"

/** The projects that a key listed; null when that failed. */
export interface SeenByKey {
  key: KeyInUse
  projects: Project[] | null
}

/**
 * Decides which key serves a project: the key that names it, or else the key with `"*"` that was found to see it. Makes no call to
 * Atlas.
 */
export class KeyRing {
  readonly keys: readonly KeyInUse[]
  readonly #named: ReadonlyMap<string, KeyInUse>
  readonly #open: readonly KeyInUse[]
  /** Project id → label of the `"*"` key that sees it. A label stays when the key is replaced. */
  readonly #foundBy: Map<string, string>
  readonly #lastSeen: Map<string, Project[]>

  /** @param before the ring that this one replaces */
  constructor(keys: readonly KeyInUse[], before?: KeyRing) {
    this.keys = keys
    this.#named = new Map(
      keys.flatMap((key) =>
        key.credential.projects === "*" ? [] : key.credential.projects.map((id) => [id, key] as const),
      ),
    )
    this.#open = keys.filter(({ credential }) => credential.projects === "*")
    this.#foundBy = before === undefined ? new Map() : before.#foundBy
    this.#lastSeen = before === undefined ? new Map() : before.#lastSeen
  }

  /** Returns the key for a project; undefined when none serves it, or when several might and none is known to see it. */
  find(projectId: string): KeyInUse | undefined {
    const named = this.#named.get(projectId)
    if (named !== undefined || this.#open.length <= 1) return named ?? this.#open[0]
    const label = this.#foundBy.get(projectId)
    return this.#open.find(({ credential }) => credential.label === label)
  }

  /** Returns the key to try when none is known to see the project. */
  get lastResort(): KeyInUse | undefined {
    return this.#open[0]
  }

  /**
   * Joins the lists of all keys, each project once and only if a key serves it, and remembers which key sees it. A key that failed
   * keeps what it saw last or names, and opening such a project shows the failure.
   */
  join(seen: readonly SeenByKey[]): Project[] {
    const names = new Map(seen.flatMap(({ projects }) => (projects ?? []).map(({ id, name }) => [id, name])))
    const joined = new Map<string, Project>()
    for (const { key, projects } of seen) {
      const { label } = key.credential
      if (projects !== null) this.#lastSeen.set(label, projects)
      for (const { id, name } of projects ?? this.#lastSeen.get(label) ?? toNamed(key)) {
        const owner = this.#named.get(id)
        if (joined.has(id) || (owner ?? key) !== key) continue
        if (owner === undefined && key.credential.projects !== "*") continue
        joined.set(id, { id, name: names.get(id) ?? name })
        if (owner === undefined) this.#foundBy.set(id, label)
      }
    }
    return [...joined.values()]
  }
}

function toNamed({ credential }: KeyInUse): Project[] {
  return credential.projects === "*" ? [] : credential.projects.map((id) => ({ id, name: id }))
}
