import { createSimulator, type Simulator, type SimulatorOptions } from "@peering-desk/atlas-simulator"

/** The public key that Terraform has at the simulated Atlas. */
export const terraformKey = "simterra"

type Region = Parameters<Simulator["putCluster"]>[1]["regions"][number]
type ForeignChange = Parameters<Simulator["actAs"]>[0]

/** The simulated Atlas with what scenarios do to it often. */
export type SimulatedAtlas = ReturnType<typeof createSimulatedAtlas>
export type SimulatedPeer = ReturnType<SimulatedAtlas["peers"]>[number]

export function createSimulatedAtlas(options: SimulatorOptions) {
  const simulator = createSimulator(options)
  return {
    ...simulator,
    /** Adds a cluster with three nodes in one region, which is IDLE at once. */
    addCluster(
      projectId: string,
      name: string,
      places: readonly [cloud: Region["providerName"], region: string][],
    ) {
      const regions = places.map(([providerName, regionName]) => ({ providerName, regionName, nodes: 3 }))
      simulator.putCluster(projectId, { name, regions, stateName: "IDLE" })
    },
    /** Changes something as Terraform does beside the product, with another key. Returns Atlas's answer. */
    actAsTerraform: (change: Omit<ForeignChange, "publicKey">) =>
      simulator.actAs({ ...change, publicKey: terraformKey }),
    /** Lists the peers of a project, each with the CIDR of its container. */
    peers(projectId: string) {
      const { projects } = simulator.state()
      const { peers = [], containers = [] } = projects.find(({ id }) => id === projectId) ?? {}
      return peers.map((peer) => {
        const own = containers.find(
          ({ id, providerName }) => id === peer.containerId && providerName === peer.providerName,
        )
        return { ...peer, atlasCidr: own?.atlasCidrBlock ?? "" }
      })
    },
  }
}
