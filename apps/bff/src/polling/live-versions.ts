import { toCloudKey, type CloudName } from "#processes/polled-clouds.ts"

/**
 * Relates the live state of this process to the versions of the database, so that a stream that began at another process can go on here.
 * Without other processes nothing is ever noted, and no version means anything.
 */
export class LiveVersions {
  /** This process has taken in every change up to this version. */
  #completeTo = 0
  readonly #clouds = new Map<string, Map<string, number>>()
  /** Clouds with changes that are not stored: the sequence number of the last one. */
  readonly #unstored = new Map<string, Map<string, number>>()

  get completeTo(): number {
    return this.#completeTo
  }

  noteComplete(version: number): void {
    this.#completeTo = Math.max(this.#completeTo, version)
  }

  /** Notes that the live state has a cloud as it was stored under a version. */
  noteStored(cloud: CloudName, version: number): void {
    mapOf(this.#clouds, cloud.projectId).set(toCloudKey(cloud), version)
  }

  noteUnstored(cloud: CloudName, sequence: number): void {
    mapOf(this.#unstored, cloud.projectId).set(toCloudKey(cloud), sequence)
  }

  /** Notes that the changes of a cloud up to a sequence number are stored, or were refused and taken back. */
  settle(cloud: CloudName, upTo: number): void {
    const unstored = mapOf(this.#unstored, cloud.projectId)
    if ((unstored.get(toCloudKey(cloud)) ?? 0) <= upTo) unstored.delete(toCloudKey(cloud))
  }

  /** Returns whether a project may have changes that somebody who has everything up to a version lacks. */
  hasNewsSince(projectId: string, version: number): boolean {
    const versions = [...mapOf(this.#clouds, projectId).values()]
    return mapOf(this.#unstored, projectId).size > 0 || versions.some((one) => one > version)
  }
}

function mapOf(maps: Map<string, Map<string, number>>, projectId: string): Map<string, number> {
  const map = maps.get(projectId) ?? new Map<string, number>()
  maps.set(projectId, map)
  return map
}
