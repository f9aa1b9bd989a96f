import type { Project } from "@peering-desk/shared-schemas"
import type { KeyInUse } from "./key-in-use.ts"

/** What a key answered when it was asked for its projects; null when it failed. */
export interface SeenByKey {
  key: KeyInUse
  projects: Project[] | null
}

/**
 * Which key serves which project: the one that names it, or else, of those that serve whatever they see, the one that was found to
 * see it. Nothing here asks Atlas.
 */
export class KeyRing {
  readonly keys: readonly KeyInUse[]
  readonly #named: ReadonlyMap<string, KeyInUse>
  readonly #open: readonly KeyInUse[]
  /** Project id → label of the open key that sees it. By label, so that it outlives a change of the key. */
  readonly #foundBy: Map<string, string>
  readonly #lastSeen: Map<string, Project[]>

  /** @param before the ring that this one takes the place of */
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

  /** Undefined when no key serves the project, or several might and it is not known which one sees it. */
  find(projectId: string): KeyInUse | undefined {
    const named = this.#named.get(projectId)
    if (named !== undefined || this.#open.length <= 1) return named ?? this.#open[0]
    const label = this.#foundBy.get(projectId)
    return this.#open.find(({ credential }) => credential.label === label)
  }

  /** Where a call goes when nothing better is known. */
  get lastResort(): KeyInUse | undefined {
    return this.#open[0]
  }

  /**
   * Joins what all keys see to one list, each project once and only where a key serves it, and remembers who sees what.
   * A key that failed is taken to see what it saw last, or what it names: those who open such a project are told of the failure.
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
