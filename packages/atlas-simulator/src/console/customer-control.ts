import { runTool, type ToolRun } from "#cloud-tools/run-tool.ts"
import { buildNetwork } from "#world/customer/build-network.ts"
import {
  customerNetworkSchema,
  type CustomerNetwork,
  type NewNetwork,
  type ReadingRole,
} from "#world/customer/network-schema.ts"
import { listNetworkPeerings, putNetwork } from "#world/customer-networks.ts"
import type { World } from "#world/world.ts"
import { actOnNetwork, type NetworkAct } from "./network-acts.ts"
import { toPeeringSnapshot, type PeeringSnapshot } from "./snapshot.ts"

/** Steers the customer's half of the clouds. */
export type CustomerControl = {
  /** Lists the customer's networks, each with its peerings as the owner sees them. */
  networks: () => (CustomerNetwork & { peerings: PeeringSnapshot[] })[]
  /** Puts a network in place of the one with its ids. What is missing is as in a network that works. */
  putNetwork: (network: NewNetwork) => CustomerNetwork
  /** Plays the network's owner in the cloud; throws RangeError for an act that makes no sense. */
  actOnNetwork: (act: NetworkAct) => CustomerNetwork | ReadingRole
  /** Returns what a cloud's tool prints in the customer's account; throws RangeError with what it prints when it fails. */
  runTool: (run: ToolRun) => string
  readingRoles: () => readonly ReadingRole[]
  /** Puts a role in place of the one with its ARN. */
  putReadingRole: (role: ReadingRole) => ReadingRole
}

/** Creates the control of the customer's half; `advanceWorld` returns the world as of now. */
export function createCustomerControl({
  advanceWorld,
  save,
}: {
  advanceWorld: () => World
  save: () => void
}): CustomerControl {
  return {
    networks() {
      const { projects, networks } = advanceWorld()
      save()
      return structuredClone(networks).map((network) => ({
        ...network,
        peerings: listNetworkPeerings(projects, network).map(toPeeringSnapshot),
      }))
    },
    putNetwork(given) {
      const network = customerNetworkSchema.parse(buildNetwork(given))
      putNetwork(advanceWorld(), network)
      save()
      return network
    },
    actOnNetwork(act) {
      const changed = actOnNetwork(advanceWorld(), act)
      save()
      return changed
    },
    runTool(run) {
      const output = runTool(advanceWorld(), run)
      save()
      return output
    },
    readingRoles: () => advanceWorld().readingRoles,
    putReadingRole(role) {
      const world = advanceWorld()
      world.readingRoles = [...world.readingRoles.filter(({ arn }) => arn !== role.arn), role]
      save()
      return role
    },
  }
}
