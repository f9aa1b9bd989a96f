import type { Answer, Endpoint, ProjectCall, Simulation } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import { toPage } from "./paging.ts"
import { toPeerJson } from "./peer-answer.ts"
import { checkConflicts, checkQuota } from "./peer-conflicts.ts"
import { begin, enter } from "#world/peer-lifecycle.ts"
import {
  checkFieldNames,
  checkRequired,
  readAccepterRegion,
  readRouteTableCidr,
  readTarget,
} from "./peer-request.ts"
import type { Fields } from "./request-body.ts"
import { bodyProvider, optionalText, parseFields, queryProvider, requiredText } from "./request-body.ts"
import type { Container, Peer, PeerStatus, ProviderName, Target } from "#world/world.ts"
import { findContainer } from "#world/world.ts"

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

/** The peers of a project: list, one, create, change, delete. */
export function createPeerEndpoints(simulation: Simulation): Endpoint[] {
  const { durations } = simulation

  function getContainer(call: ProjectCall, fields: Fields, providerName: ProviderName): Container {
    const id = requiredText(fields, "containerId")
    if (!/^[0-9a-f]{24}$/.test(id)) {
      throw simulation.malformedContainerIdStatus === 500
        ? new AtlasError("UNEXPECTED_ERROR")
        : new AtlasError("INVALID_ATTRIBUTE", ["containerId"])
    }
    const container = findContainer(call.project, providerName, id)
    if (container === null) throw new AtlasError("CLOUD_PROVIDER_CONTAINER_NOT_FOUND", [id])
    return container
  }

  function list(call: ProjectCall): Answer {
    const providerName = queryProvider(call.query)
    const peers = call.project.peers.filter((peer) => peer.target.providerName === providerName)
    const toJson = (peer: Peer) => toPeerJson(call.project, peer, call.version)
    return { status: 200, body: toPage(call, peers, toJson, providerName) }
  }

  function create(call: ProjectCall): Answer {
    const fields = parseFields(call.body)
    const providerName = bodyProvider(fields)
    checkFieldNames(fields, providerName, call.version)
    checkRequired(fields, providerName, call.version)
    const container = getContainer(call, fields, providerName)
    const target = readTarget(fields, container)
    checkConflicts(call.project, container, target, null)
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
    begin(peer, call.now, durations)
    container.emptySince = null
    call.project.peers.push(peer)
    return { status: 201, body: toPeerJson(call.project, peer, call.version) }
  }

  /** Puts the fields given over those the peer has, and checks the result as if it were new. */
  function merge(call: ProjectCall, peer: Peer, fields: Fields, container: Container): Target {
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
    checkConflicts(call.project, container, merged, peer)
    return merged
  }

  function change(call: ProjectCall): Answer {
    const fields = parseFields(call.body)
    const providerName = bodyProvider(fields)
    const peer = getPeer(call)
    // Without the right providerName Atlas looks among the AWS peers and finds nothing, although the peer exists.
    if (peer.target.providerName !== providerName) {
      throw new AtlasError("PEER_NOT_FOUND", [peer.id, call.project.id])
    }
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
    const target = merge(call, peer, fields, container)
    const startsAnew =
      target.providerName === "AWS"
        ? fields["awsAccountId"] !== undefined && fields["vpcId"] !== undefined
        : target.providerName === "GCP" && (fields["gcpProjectId"] ?? fields["networkName"]) !== undefined
    peer.target = target
    if (startsAnew) begin(peer, call.now, durations)
    return { status: 200, body: toPeerJson(call.project, peer, call.version) }
  }

  function remove(call: ProjectCall): Answer {
    const peer = getPeer(call)
    if (peer.status === "TERMINATING" || peer.status === "DELETING") {
      throw new AtlasError("PEER_ALREADY_REQUESTED_DELETION", [peer.id])
    }
    const isAws = peer.target.providerName === "AWS"
    enter(peer, { status: isAws ? "TERMINATING" : "DELETING", at: call.now }, durations)
    const awsPeersLeft = call.project.peers.some(
      (other) => other.target.providerName === "AWS" && other.status !== "TERMINATING",
    )
    if (isAws && !awsPeersLeft) {
      call.project.accessList = call.project.accessList.filter((entry) => entry.kind !== "awsSecurityGroup")
    }
    return { status: 202, body: {} }
  }

  const one = (call: ProjectCall): Answer => ({
    status: 200,
    body: toPeerJson(call.project, getPeer(call), call.version),
  })

  const [all, single] = ["groups/:groupId/peers", "groups/:groupId/peers/:peerId"]
  const common = { scope: "project", limit: "network-peering" } as const
  const java = (name: string) => `ApiAtlasPeeringConnectionsResource::${name}`
  return [
    {
      ...common,
      method: "GET",
      pattern: all,
      javaMethod: java("getAll"),
      changes: false,
      isList: true,
      handle: list,
    },
    { ...common, method: "POST", pattern: all, javaMethod: java("create"), changes: true, handle: create },
    { ...common, method: "GET", pattern: single, javaMethod: java("getOne"), changes: false, handle: one },
    {
      ...common,
      method: "PATCH",
      pattern: single,
      javaMethod: java("update"),
      changes: true,
      handle: change,
    },
    {
      ...common,
      method: "DELETE",
      pattern: single,
      javaMethod: java("delete"),
      changes: true,
      handle: remove,
    },
  ]
}
