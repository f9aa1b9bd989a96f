const account = "482913570264"
/** Blocks that no network of the benchmark has. */
const gcpBlock = "198.18.0.0/18"
const azureBlock = "198.19.0.0/21"

export type Cloud = "AWS" | "GCP" | "AZURE"
type Fields = Record<string, unknown>

/** A project of the stub: one AWS container, full of connections that work. */
export class StubProject {
  readonly project: { id: string; name: string }
  readonly containers: { id: string; providerName: Cloud; [field: string]: unknown }[]
  readonly peers: { cloud: Cloud; peer: Fields }[]
  /** Calls since they were last read, and those of them that were refused. */
  calls = { tried: 0, refused: 0 }
  /** How many calls Atlas allows in a minute; null for any number. */
  perMinute: number | null = null
  #minute = { begun: 0, calls: 0 }

  constructor(at: number, connections: number) {
    this.project = { id: toId("6a", at), name: `bench-${String(at).padStart(3, "0")}` }
    const container = {
      id: toId("6c", at),
      providerName: "AWS" as const,
      atlasCidrBlock: `192.168.${(at * 8) % 256}.0/21`,
      provisioned: true,
      regionName: "US_EAST_1",
      vpcId: `vpc-0a71a5000000${toHex(at, 5)}`,
    }
    this.containers = [container]
    this.peers = Array.from({ length: connections }, (_, index) => {
      const network = {
        statusName: "AVAILABLE",
        routeTableCidrBlock: `172.${16 + Math.floor(index / 256)}.${index % 256}.0/24`,
        vpcId: `vpc-0c0ffee00000${toHex(index, 5)}`,
      }
      return { cloud: "AWS", peer: this.#toAwsPeer(toId("6d", at * 10_000 + index), network) }
    })
  }

  /** Returns for how many seconds a call is refused; null when it is allowed. */
  countCall(now: number): number | null {
    this.calls.tried += 1
    if (now - this.#minute.begun >= 60_000) this.#minute = { begun: now, calls: 0 }
    this.#minute.calls += 1
    if (this.perMinute === null || this.#minute.calls <= this.perMinute) return null
    this.calls.refused += 1
    return Math.ceil((this.#minute.begun + 60_000 - now) / 1_000)
  }

  list(cloud: string | null): Fields[] {
    return this.peers.filter((one) => one.cloud === cloud).map(({ peer }) => peer)
  }

  /** Adds a connection that Atlas works on, as it is asked for. */
  create(id: string, cloud: Cloud, asked: Fields): Fields {
    const peer =
      cloud === "AWS"
        ? this.#toAwsPeer(id, { ...asked, statusName: "INITIATING" })
        : { id, containerId: this.#provideContainer(cloud), ...asked, status: "ADDING_PEER" }
    this.peers.push({ cloud, peer })
    return peer
  }

  setStatus(statusName: string): void {
    for (const { peer } of this.peers) peer["statusName"] = statusName
  }

  #toAwsPeer(id: string, fields: Fields): Fields {
    return {
      id,
      containerId: this.containers[0]?.id,
      accepterRegionName: "us-west-2",
      awsAccountId: account,
      connectionId: null,
      errorStateName: null,
      ...fields,
    }
  }

  #provideContainer(cloud: Exclude<Cloud, "AWS">): string {
    const known = this.containers.find(({ providerName }) => providerName === cloud)
    if (known !== undefined) return known.id
    const id = `${cloud === "GCP" ? "6f" : "6b"}${this.project.id.slice(2)}`
    const more =
      cloud === "GCP" ? { atlasCidrBlock: gcpBlock } : { atlasCidrBlock: azureBlock, region: "US_EAST_2" }
    this.containers.push({ id, providerName: cloud, provisioned: true, ...more })
    return id
  }
}

export function toId(kind: string, number: number): string {
  return `${kind}000000${toHex(number, 16)}`
}

function toHex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0")
}
