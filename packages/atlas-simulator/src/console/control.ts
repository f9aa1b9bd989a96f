import type { Gate } from "#auth/gate.ts"
import type { AwsCalls } from "#aws/aws-calls.ts"
import type { Calls } from "#faults/calls.ts"
import type { Json } from "#resources/json.ts"
import { parseFaultRule, type Faults } from "#faults/faults.ts"
import { setAzureRole } from "#world/azure-roles.ts"
import type { SimulatedClock } from "#world/clock.ts"
import { buildCluster, putCluster, type NewCluster } from "#world/clusters.ts"
import type { Durations } from "#world/durations.ts"
import { derive } from "#world/identifiers.ts"
import { findCloudConflict } from "#world/cloud-conflicts.ts"
import { advanceProject } from "#world/peer-lifecycle.ts"
import { toPolicy, type NewPolicy, type PolicyReading } from "#world/policies.ts"
import { resetSandbox } from "#world/stage.ts"
import type { AzureRoles } from "#world/simulated-failures.ts"
import {
  isScenario,
  scenarios,
  type AzureTarget,
  type Peer,
  type Scenario,
  type World,
} from "#world/world.ts"
import { createCustomerControl, type CustomerControl } from "./customer-control.ts"
import type { ForeignChange } from "./foreign-change.ts"
import { actOnCloudSide, type CloudSideAct } from "./cloud-side.ts"
import {
  toClockSnapshot,
  toClusterSnapshot,
  toPeerSnapshot,
  toSnapshot,
  type ClusterSnapshot,
  type PeerSnapshot,
  type Snapshot,
} from "./snapshot.ts"

/** Steers the simulator from outside Atlas's API, in process or over the control API. */
export type Control = CustomerControl & {
  state: () => Snapshot
  /** Returns the simulated time and speed, without the world. */
  clock: () => Snapshot["clock"]
  /** Plays the network's owner; throws RangeError for an unknown peer or an act that makes no sense now. */
  cloudSide: (peerId: string, act: CloudSideAct) => PeerSnapshot
  /** Adds a cluster, or replaces the one of its name; CREATING until it is made, unless `stateName` says otherwise. */
  putCluster: (projectId: string, cluster: NewCluster) => ClusterSnapshot
  /** Assigns Atlas's role on a virtual network, or removes it; peers that exist stay. */
  setAzureRole: (network: AzureTarget, isAssigned: boolean) => void
  /** Replaces all resource policies, and says whether they see what is there before or after a change. Texts are not checked. */
  setPolicies: (policies: readonly NewPolicy[], reading?: PolicyReading) => void
  /** Plays another tool, which has another key; throws AtlasError as Atlas refuses it, and RangeError for an unknown key. */
  actAs: (change: ForeignChange) => Json | null
  setSpeed: (speed: number) => void
  advance: (seconds: number) => void
  /** Adds a rule as the control API does; throws RangeError. A rule about keys or nonces without `match` acts at once. */
  addFault: (rule: unknown) => void
  faults: Faults["all"]
  /** Drops every fault and restores revoked keys. */
  clearFaults: () => void
  calls: Calls["report"]
  clearCalls: () => void
  /** Lists each call of EC2 and STS. */
  awsCalls: AwsCalls["all"]
  clearAwsCalls: () => void
  /** Starts over as if freshly started, with another scenario if one is named. Throws RangeError for an unknown one. */
  reset: (scenario?: string) => void
  /** Puts the project of one scene back to its beginning, with its networks, roles and policies. Throws RangeError for another project. */
  resetSandbox: (projectId: string) => void
}

/** Creates the control of one simulator. */
export function createControl(deps: {
  clock: SimulatedClock
  durations: Durations
  faults: Faults
  calls: Calls
  awsCalls: AwsCalls
  gate: Gate
  azureRoles: AzureRoles
  world: () => World
  actAs: Control["actAs"]
  /** Replaces the world by a scenario's, and starts clock, ids, sign-in and limits over. */
  startOver: (scenario: Scenario) => void
  /** Saves what may have changed; `always` when the world does not show it. */
  save: (always?: boolean) => void
}): Control {
  const { clock, durations, faults, calls, gate, save } = deps

  function advanceWorld(): World {
    const world = deps.world()
    for (const project of world.projects) advanceProject(project, clock.now(), durations)
    return world
  }

  function findPeer(peerId: string): Peer {
    const peers = advanceWorld().projects.flatMap((project) => project.peers)
    const peer = peers.find((one) => one.id === peerId)
    if (peer === undefined) throw new RangeError(`there is no peer ${peerId}`)
    return peer
  }

  /** Throws the error that Google Cloud gives to the owner; Atlas's side goes on waiting. */
  function checkReciprocal(peer: Peer) {
    const { projects } = deps.world()
    const project = projects.find(({ peers }) => peers.includes(peer))
    const conflict = project === undefined ? null : findCloudConflict(projects, project, peer)
    if (conflict !== null) throw new RangeError(conflict)
  }

  function clearFaults() {
    faults.clear()
    gate.keys.restoreAll()
  }

  return {
    state() {
      const world = advanceWorld()
      save()
      return toSnapshot(world, clock)
    },
    clock: () => toClockSnapshot(clock),
    cloudSide(peerId, act) {
      const peer = findPeer(peerId)
      if (act === "create-reciprocal") checkReciprocal(peer)
      actOnCloudSide(peer, act, clock.now(), durations)
      save()
      return toPeerSnapshot(peer)
    },
    putCluster(projectId, fields) {
      const project = advanceWorld().projects.find(({ id }) => id === projectId)
      if (project === undefined) throw new RangeError(`there is no project ${projectId}`)
      const id = derive(`${projectId}/cluster/${fields.name}`, 24)
      const cluster = buildCluster(
        { stateName: "CREATING", ...fields, id, createdAt: clock.now() },
        durations,
      )
      putCluster(project, cluster)
      save()
      return toClusterSnapshot(cluster)
    },
    setAzureRole(network, isAssigned) {
      setAzureRole(deps.world(), deps.azureRoles, network, isAssigned)
      save()
    },
    ...createCustomerControl({ advanceWorld, save }),
    setPolicies(policies, reading = "after") {
      const world = deps.world()
      world.policies = policies.map((policy) => toPolicy(policy, clock.now()))
      world.policyReading = reading
      save()
    },
    actAs(change) {
      const answer = deps.actAs(change)
      save()
      return answer
    },
    setSpeed: clock.setSpeed,
    advance(seconds) {
      clock.advance(seconds)
      save(true)
    },
    addFault(value) {
      const rule = parseFaultRule(value)
      const { match, fault } = rule
      const isAlone = Object.keys({ ...match, ...fault }).length === 1
      if (isAlone && fault.staleNonces === true) gate.nonces.forgetAll()
      else if (isAlone && typeof fault.revokeKey === "string") {
        if (!gate.keys.revoke(fault.revokeKey)) throw new RangeError(`there is no key ${fault.revokeKey}`)
      } else faults.add(rule)
    },
    faults: faults.all,
    clearFaults,
    calls: calls.report,
    clearCalls: calls.clear,
    awsCalls: deps.awsCalls.all,
    clearAwsCalls: deps.awsCalls.clear,
    reset(scenario = deps.world().scenario) {
      if (!isScenario(scenario)) throw new RangeError(`scenario must be one of ${scenarios.join(", ")}`)
      deps.startOver(scenario)
      clearFaults()
      calls.clear()
      save(true)
    },
    resetSandbox(projectId) {
      resetSandbox(deps.world(), projectId, { now: clock.now(), durations })
      save()
    },
  }
}
