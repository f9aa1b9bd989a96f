import { toCloudKey, type CloudName, type Turn } from "#processes/polled-clouds.ts"

/** What a poll found before this many own writes of its cloud is refused, and the next poll finds it again. */
const rememberedWrites = 100

/**
 * Keeps for each cloud the version of its peerings in the live state. What this process writes is in its live state before, so its own
 * writes end no turn.
 */
export class CloudTurns {
  readonly #versions = new Map<string, number>()
  /** The versions that this process gave a cloud, by the version before. */
  readonly #own = new Map<string, Map<number, number>>()

  of(cloud: CloudName): Turn {
    return { version: this.#versions.get(toCloudKey(cloud)) ?? 0 }
  }

  /** Returns whether nobody else wrote to the cloud since. */
  isStill(cloud: CloudName, turn: Turn): boolean {
    return this.#latest(cloud, this.of(cloud).version) === this.#latest(cloud, turn.version)
  }

  noteVersion(cloud: CloudName, version: number): void {
    this.#versions.set(toCloudKey(cloud), version)
  }

  /**
   * Notes that a write of this process gives a cloud a version.
   * @param before as from `withOwn`
   */
  noteOwn(cloud: CloudName, before: readonly number[], version: number): void {
    const own = this.#own.get(toCloudKey(cloud)) ?? new Map<number, number>()
    this.#own.set(toCloudKey(cloud), own.set(before.at(-1) ?? 0, version))
    const [oldest] = own.keys()
    if (own.size > rememberedWrites && oldest !== undefined) own.delete(oldest)
  }

  /** Forgets a version whose write failed: if the database has it after all, it counts as another process's. */
  forgetOwn(cloud: CloudName, version: number): void {
    const own = this.#own.get(toCloudKey(cloud))
    for (const [before, after] of own ?? []) if (after === version) own?.delete(before)
  }

  isOwn(cloud: CloudName, version: number): boolean {
    return [...(this.#own.get(toCloudKey(cloud))?.values() ?? [])].includes(version)
  }

  /** Returns a version, and the later ones that this process gave the cloud. */
  withOwn(cloud: CloudName, version: number): number[] {
    const own = this.#own.get(toCloudKey(cloud))
    const versions: number[] = []
    for (let next: number | undefined = version; next !== undefined; next = own?.get(next))
      versions.push(next)
    return versions
  }

  #latest(cloud: CloudName, version: number): number {
    return this.withOwn(cloud, version).at(-1) ?? version
  }
}
