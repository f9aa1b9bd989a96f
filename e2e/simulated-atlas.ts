import type { NetworkAct, NewNetwork } from "@peering-desk/atlas-simulator"

export interface SimulatedPeer {
  id: string
  providerName: string
  status: string
  connectionId: string | null
  /** CIDR of its container. */
  atlasCidr: string
}

interface TerraformChange {
  method: "POST" | "PATCH" | "DELETE"
  projectId: string
  /** Below the project. */
  path: string
  body?: unknown
}

/** The public key that Terraform has at the simulated Atlas. */
export const terraformKey = "simterra"

/** Plays the cloud side, the clock and the faults. */
export interface SimulatorControl {
  act: (peerId: string, act: string) => Promise<void>
  advance: (seconds: number) => Promise<void>
  /** Adds a cluster with three nodes in one region, which is IDLE at once. */
  addCluster: (
    projectId: string,
    name: string,
    places: readonly [cloud: string, region: string][],
  ) => Promise<void>
  /** Replaces the resource policies of the organization. */
  setPolicies: (
    policies: readonly { name: string; description?: string; bodies: string[] }[],
  ) => Promise<void>
  /** Puts a network of the customer's; what is missing is as in a network that works. */
  putNetwork: (network: NewNetwork) => Promise<void>
  /** Plays the owner of a network in the cloud. */
  actOnNetwork: (act: NetworkAct) => Promise<void>
  addFault: (rule: unknown) => Promise<void>
  /** Changes something as Terraform does beside the product, with another key. Returns Atlas's answer. */
  actAsTerraform: (change: TerraformChange) => Promise<unknown>
  clearFaults: () => Promise<void>
  peers: (projectId: string) => Promise<SimulatedPeer[]>
  calls: () => Promise<unknown>
}

/** Creates the control of the simulator at this origin. Each function throws the simulator's own words when it refuses. */
export function createControl(origin: string): SimulatorControl {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${origin}${path}`, {
      method,
      // None is lost on a connection that the simulator has just closed.
      headers: { "content-type": "application/json", connection: "close" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === "" ? null : JSON.parse(text)
  }
  return {
    act: async (peerId, act) => void (await call("POST", "/simulator/cloud-side", { peerId, act })),
    advance: async (advanceSeconds) => void (await call("POST", "/simulator/clock", { advanceSeconds })),
    async addCluster(projectId, name, places) {
      const regions = places.map(([providerName, regionName]) => ({ providerName, regionName }))
      await call("POST", "/simulator/clusters", { projectId, name, regions, stateName: "IDLE" })
    },
    setPolicies: async (policies) => void (await call("POST", "/simulator/policies", { policies })),
    async actAsTerraform(change) {
      const body = { ...change, publicKey: terraformKey }
      return ((await call("POST", "/simulator/foreign-change", body)) as { answer: unknown }).answer
    },
    putNetwork: async (network) => void (await call("PUT", "/simulator/networks", network)),
    actOnNetwork: async (act) => void (await call("POST", "/simulator/network-acts", act)),
    addFault: async (rule) => void (await call("POST", "/simulator/faults", rule)),
    clearFaults: async () => void (await call("DELETE", "/simulator/faults")),
    async peers(projectId) {
      const state = (await call("GET", "/simulator/state")) as {
        projects: {
          id: string
          peers: (SimulatedPeer & { containerId: string })[]
          containers: { id: string; providerName: string; atlasCidrBlock: string }[]
        }[]
      }
      const { peers = [], containers = [] } = state.projects.find(({ id }) => id === projectId) ?? {}
      return peers.map((peer) => {
        const own = containers.find(
          ({ id, providerName }) => id === peer.containerId && providerName === peer.providerName,
        )
        return { ...peer, atlasCidr: own?.atlasCidrBlock ?? "" }
      })
    },
    calls: () => call("GET", "/simulator/calls"),
  }
}
