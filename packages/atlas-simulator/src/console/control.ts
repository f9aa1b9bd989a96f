import type { Calls } from "#faults/calls.ts"
import type { SimulatedClock } from "#world/clock.ts"
import { actOnCloudSide } from "./cloud-side.ts"
import type { CloudSideAct } from "./cloud-side.ts"
import type { Durations } from "#world/durations.ts"
import type { Faults } from "#faults/faults.ts"
import { parseFaultRule } from "#faults/faults.ts"
import type { Gate } from "#auth/gate.ts"
import { settleProject } from "#world/peer-lifecycle.ts"
import { isScenario, scenarios, type Scenario } from "#world/scenarios.ts"
import type { PeerSnapshot, Snapshot } from "./snapshot.ts"
import { toSnapshot } from "./snapshot.ts"
import type { World } from "#world/world.ts"

/** Everything one can do to the stand-in from outside Atlas's own API, in process or over the control API. */
export type Control = {
  state: () => Snapshot
  /** Plays the network's owner; throws RangeError when there is no such peer or the act makes no sense now. */
  cloudSide: (peerId: string, act: CloudSideAct) => PeerSnapshot
  setSpeed: (speed: number) => void
  advance: (seconds: number) => void
  /** Takes a rule as the control API does; throws RangeError. What has no `match` and concerns keys or nonces is done at once. */
  addFault: (rule: unknown) => void
  faults: Faults["all"]
  /** Drops every fault and gives revoked keys back. */
  clearFaults: () => void
  calls: Calls["report"]
  clearCalls: () => void
  /** Starts over as if freshly started, with another scenario if one is named. Throws RangeError for an unknown one. */
  reset: (scenario?: string) => void
}

/** Joins the parts that can be steered. */
export function createControl(parts: {
  clock: SimulatedClock
  durations: Durations
  faults: Faults
  calls: Calls
  gate: Gate
  world: () => World
  /** Replaces the world by a scenario's, and starts clock, ids, sign-in and limits over. */
  startOver: (scenario: Scenario) => void
  /** Called whenever something may have changed; `always` when that does not show in the world. */
  keep: (always?: boolean) => void
}): Control {
  const { clock, durations, faults, calls, gate } = parts

  function settle(): World {
    const world = parts.world()
    for (const project of world.projects) settleProject(project, clock.now(), durations)
    return world
  }

  function clearFaults() {
    faults.clear()
    gate.keys.restoreAll()
  }

  return {
    state() {
      const world = settle()
      parts.keep()
      return toSnapshot(world, clock)
    },
    cloudSide(peerId, act) {
      const peer = settle()
        .projects.flatMap((project) => project.peers)
        .find((one) => one.id === peerId)
      if (peer === undefined) throw new RangeError(`there is no peer ${peerId}`)
      const refusal = actOnCloudSide(peer, act, clock.now(), durations)
      if (refusal !== null) throw new RangeError(refusal)
      parts.keep()
      const after = toSnapshot(parts.world(), clock)
        .projects.flatMap((project) => project.peers)
        .find((one) => one.id === peerId)
      if (after === undefined) throw new RangeError(`there is no peer ${peerId}`)
      return after
    },
    setSpeed: clock.setSpeed,
    advance(seconds) {
      clock.advance(seconds)
      parts.keep(true)
    },
    addFault(value) {
      const rule = parseFaultRule(value)
      const { staleNonces, revokeKey } = rule.fault
      const isAnywhere = rule.match.method === undefined && rule.match.path === undefined
      if (
        isAnywhere &&
        Object.keys(rule.fault).length === 1 &&
        (staleNonces === true || typeof revokeKey === "string")
      ) {
        if (staleNonces === true) gate.nonces.forgetAll()
        else if (typeof revokeKey === "string" && !gate.keys.revoke(revokeKey)) {
          throw new RangeError(`there is no key ${revokeKey}`)
        }
        return
      }
      faults.add(rule)
    },
    faults: faults.all,
    clearFaults,
    calls: calls.report,
    clearCalls: calls.clear,
    reset(scenario = parts.world().scenario) {
      if (!isScenario(scenario)) throw new RangeError(`scenario must be one of ${scenarios.join(", ")}`)
      parts.startOver(scenario)
      clearFaults()
      calls.clear()
      parts.keep(true)
    },
  }
}
