import { toCloudKey, type CloudName, type Turn } from "#processes/polled-clouds.ts"

const firstTurn: Turn = { epoch: 0, version: 0 }

/** Keeps for each cloud the epoch of its poller and the version of its peerings in the live state. */
export class CloudTurns {
  readonly #turns = new Map<string, Turn>()

  of(cloud: CloudName): Turn {
    return this.#turns.get(toCloudKey(cloud)) ?? firstTurn
  }

  isStill(cloud: CloudName, { epoch, version }: Turn): boolean {
    const now = this.of(cloud)
    return now.epoch === epoch && now.version === version
  }

  note(cloud: CloudName, news: Partial<Turn>): void {
    this.#turns.set(toCloudKey(cloud), { ...this.of(cloud), ...news })
  }
}
