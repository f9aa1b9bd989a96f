import { findCloudConflict } from "#world/cloud-conflicts.ts"
import { forbidsPeering } from "#world/policy-check.ts"
import { advanceProject, enterStatus, startPeering } from "#world/peer-lifecycle.ts"
import type { Container, Peer, PeerStatus, ProviderName, Target } from "#world/world.ts"
import { findContainer } from "#world/world.ts"
import type { Answer, Endpoint, ProjectCall, Simulation } from "./endpoint.ts"
import { buildProjectEndpoints } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import { toPage } from "./paging.ts"
import { toPeerJson } from "./peer-answer.ts"
import { checkConflicts, checkQuota } from "./peer-conflicts.ts"
import {
  checkFieldNames,
  checkRequired,
  readAccepterRegion,
  readRouteTableCidr,
  readTarget,
} from "./peer-request.ts"
import type { Fields } from "./request-body.ts"
import { bodyProvider, optionalText, parseFields, queryProvider, requiredText } from "./request-body.ts"

const unchangeable: readonly PeerStatus[] = [
  "INITIATING",
  "FINALIZING",
  "ADDING_PEER",
  "TERMINATING",
  "DELETING",
]

function getPeer(call: ProjectCall): Peer {
  const id = call.params["peerId"] ?? ""
  const peer = call.project.peers.find((one) => one.id === id)
  if (peer === undefined) throw new AtlasError("PEER_NOT_FOUND", [id, call.project.id])
  return peer
}

const toAnswer = (call: ProjectCall, peer: Peer, status = 200): Answer => ({
  status,
  body: toPeerJson(call.project, peer, call.version),
})

function list(call: ProjectCall): Answer {
  const providerName = queryProvider(call.query)
  const peers = call.project.peers.filter((peer) => peer.target.providerName === providerName)
  const toJson = (peer: Peer) => toPeerJson(call.project, peer, call.version)
  return { status: 200, body: toPage(call, peers, toJson, { providerName }) }
}

/** Puts the given fields over those the peer has, and checks the result like a new peer. */
function mergeTarget(
  simulation: Simulation,
  call: ProjectCall,
  peer: Peer,
  fields: Fields,
  container: Container,
): Target {
  const { target } = peer
  if (target.providerName === "AWS") {
    if (fields["accepterRegionName"] !== undefined) {
      const region = readAccepterRegion(fields, container)
      if (region !== target.accepterRegionName)
        throw new AtlasError("ATTRIBUTE_READ_ONLY", ["accepterRegionName"])
    }
    if (fields["routeTableCidrBlock"] !== undefined) readRouteTableCidr(fields)
  }
  const merged = readTarget({ ...target, ...fields }, container)
  checkConflicts(call.project, container, merged, peer, simulation)
  return merged
}

/** Returns true for a change that starts the peering over: AWS wants account and VPC, Google Cloud either field. */
function startsOver(providerName: ProviderName, fields: Fields): boolean {
  const has = (name: string) => fields[name] !== undefined
  if (providerName === "AWS") return has("awsAccountId") && has("vpcId")
  return providerName === "GCP" && (has("gcpProjectId") || has("networkName"))
}

/** Creates the endpoints of a project's peers. */
export function createPeerEndpoints(simulation: Simulation): Endpoint[] {
  const { durations } = simulation

  function getContainer(call: ProjectCall, fields: Fields, providerName: ProviderName): Container {
    const id = requiredText(fields, "containerId")
    if (!/^[0-9a-f]{24}$/.test(id)) throw new AtlasError("INVALID_ATTRIBUTE", ["containerId"])
    const container = findContainer(call.project, providerName, id)
    if (container === null) throw new AtlasError("CLOUD_PROVIDER_CONTAINER_NOT_FOUND", [id])
    return container
  }

  /** Only Azure makes both sides by itself; on Google Cloud the owner's side is refused. */
  function findConflict(call: ProjectCall, peer: Peer): string | null {
    if (peer.target.providerName !== "AZURE") return null
    const { projects } = simulation.world()
    for (const project of projects) advanceProject(project, call.now, durations)
    return findCloudConflict(projects, call.project, peer)
  }

  /** Throws when a resource policy forbids that a peer is made, changed or deleted. */
  function refuseForbidden({ project }: ProjectCall, change: Parameters<typeof forbidsPeering>[2]) {
    if (forbidsPeering(simulation.world(), project, change))
      throw new AtlasError("ATLAS_RESOURCE_POLICIES_VIOLATION_NOT_AUTHORIZED")
  }

  function create(call: ProjectCall): Answer {
    const fields = parseFields(call.body)
    const providerName = bodyProvider(fields)
    checkFieldNames(fields, providerName, call.version)
    checkRequired(fields, providerName, call.version)
    const container = getContainer(call, fields, providerName)
    const target = readTarget(fields, container)
    refuseForbidden(call, { from: null, to: target })
    checkConflicts(call.project, container, target, null, simulation)
    checkQuota(call.project, simulation.pendingLimit)
    const peer: Peer = {
      id: simulation.identifiers.objectId(call.now),
      containerId: container.id,
      target,
      status: "GONE",
      failure: null,
      connectionId: null,
      createdAt: call.now,
      since: call.now,
      attempt: 0,
      due: null,
    }
    startPeering(peer, call.now, durations, findConflict(call, peer))
    container.emptySince = null
    call.project.peers.push(peer)
    return toAnswer(call, peer, 201)
  }

  function change(call: ProjectCall): Answer {
    const fields = parseFields(call.body)
    const providerName = bodyProvider(fields)
    const peer = getPeer(call)
    // Without the right providerName Atlas searches the AWS peers and finds nothing, although the peer exists.
    if (peer.target.providerName !== providerName)
      throw new AtlasError("PEER_NOT_FOUND", [peer.id, call.project.id])
    checkFieldNames(fields, providerName, call.version)
    if (providerName === "AZURE") {
      const field = Object.keys(fields).find((name) => name !== "providerName" && name !== "containerId")
      if (field !== undefined) throw new AtlasError("INVALID_ATTRIBUTE", [field])
    }
    const containerId = optionalText(fields, "containerId") ?? peer.containerId
    if (containerId !== peer.containerId) throw new AtlasError("ATTRIBUTE_READ_ONLY", ["containerId"])
    if (unchangeable.includes(peer.status))
      throw new AtlasError("PEER_INVALID_STATE", [peer.id, call.project.id])
    const container = getContainer(call, { containerId }, providerName)
    const target = mergeTarget(simulation, call, peer, fields, container)
    refuseForbidden(call, { from: peer.target, to: target })
    peer.target = target
    if (startsOver(providerName, fields)) startPeering(peer, call.now, durations)
    return toAnswer(call, peer)
  }

  function remove(call: ProjectCall): Answer {
    const peer = getPeer(call)
    if (peer.status === "TERMINATING" || peer.status === "DELETING")
      throw new AtlasError("PEER_ALREADY_REQUESTED_DELETION", [peer.id])
    refuseForbidden(call, { from: peer.target, to: null })
    const isAws = peer.target.providerName === "AWS"
    enterStatus(peer, { status: isAws ? "TERMINATING" : "DELETING", at: call.now }, durations)
    const { project } = call
    const hasAwsPeer = project.peers.some(
      (other) => other.target.providerName === "AWS" && other.status !== "TERMINATING",
    )
    if (isAws && !hasAwsPeer)
      project.accessList = project.accessList.filter((entry) => entry.kind !== "awsSecurityGroup")
    return { status: 202, body: {} }
  }

  const single = "peers/:peerId"
  return buildProjectEndpoints(
    { javaResource: "ApiAtlasPeeringConnectionsResource", limit: "network-peering", changedBy: "network" },
    [
      ["GET", "peers", "getAll", list],
      ["POST", "peers", "create", create],
      ["GET", single, "getOne", (call) => toAnswer(call, getPeer(call))],
      ["PATCH", single, "update", change],
      ["DELETE", single, "delete", remove],
    ],
  )
}
