import { overlaps, parseCidr } from "#world/cidr.ts"
import { toContainerJson } from "./container-answer.ts"
import {
  checkContainerFieldNames,
  readAtlasCidr,
  readChangedRegion,
  readContainerDraft,
} from "./container-request.ts"
import type { Answer, Endpoint, ProjectCall, Simulation } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import { toPage } from "./paging.ts"
import { bodyProvider, parseFields, queryProvider } from "./request-body.ts"
import type { Container, Project, ProviderName } from "#world/world.ts"
import { findContainer, peersIn } from "#world/world.ts"

const stillUsed = "The container still contained resources"

/** Finds by id alone; where several clouds share an id, the one named by the caller or else the first. */
function getContainer(call: ProjectCall, providerName: ProviderName | null): Container {
  const id = call.params["containerId"] ?? ""
  const container =
    providerName === null
      ? call.project.containers.find((one) => one.id === id)
      : findContainer(call.project, providerName, id)
  if (!container) throw new AtlasError("CLOUD_PROVIDER_CONTAINER_NOT_FOUND", [id])
  return container
}

/** Throws OVERLAPPING_ATLAS_CIDR_BLOCK; the clouds are apart, and real projects have one block on two of them. */
function checkOverlap(
  project: Project,
  providerName: ProviderName,
  cidr: string,
  itself: Container | null,
): void {
  const block = parseCidr(cidr)
  const meets = project.containers.some((other) => {
    const taken = parseCidr(other.atlasCidrBlock)
    const counts = other !== itself && other.providerName === providerName
    return counts && block !== null && taken !== null && overlaps(block, taken)
  })
  if (meets) throw new AtlasError("OVERLAPPING_ATLAS_CIDR_BLOCK", [cidr])
}

/** The containers of a project: list, list of all clouds, one, create, change, delete. */
export function createContainerEndpoints(simulation: Simulation): Endpoint[] {
  const shown = (call: ProjectCall, container: Container, status: number): Answer => ({
    status,
    body: toContainerJson(call.project, container, call.version, false),
  })
  const page = (
    call: ProjectCall,
    containers: readonly Container[],
    providerName?: ProviderName,
  ): Answer => ({
    status: 200,
    body: toPage(
      call,
      containers,
      (one) => toContainerJson(call.project, one, call.version, true),
      providerName,
    ),
  })

  function list(call: ProjectCall): Answer {
    const providerName = queryProvider(call.query)
    const containers = call.project.containers.filter((container) => container.providerName === providerName)
    return page(call, containers, providerName)
  }

  function create(call: ProjectCall): Answer {
    const fields = parseFields(call.body)
    const providerName = bodyProvider(fields)
    const draft = readContainerDraft(fields, providerName)
    const { project, now } = call
    const taken = project.containers.some(
      (other) =>
        other.providerName === providerName && (providerName === "GCP" || other.region === draft.region),
    )
    if (taken) throw new AtlasError("CONTAINER_ALREADY_EXISTS", [project.id])
    checkOverlap(project, providerName, draft.atlasCidrBlock, null)
    const container: Container = {
      id: simulation.identifiers.objectId(now),
      providerName,
      ...draft,
      createdAt: now,
      hasCluster: false,
      provisioned: false,
      emptySince: null,
    }
    project.containers.push(container)
    return shown(call, container, 201)
  }

  function change(call: ProjectCall): Answer {
    const fields = parseFields(call.body)
    const providerName = bodyProvider(fields)
    const container = getContainer(call, providerName)
    checkContainerFieldNames(fields, providerName)
    if (providerName !== "GCP") {
      const region = readChangedRegion(fields, providerName)
      // Recorded: an AWS container changed without naming its region makes the older API fall over.
      if (region === undefined && providerName === "AWS") {
        throw call.version === "v1.0"
          ? new AtlasError("UNEXPECTED_ERROR")
          : new AtlasError("MISSING_ATTRIBUTE", ["regionName"])
      }
      if (region !== undefined && region !== container.region)
        throw new AtlasError("CANNOT_CHANGE_CONTAINER_REGION")
    } else if (container.regions !== null) {
      throw new AtlasError("CANNOT_UPDATE_SMALL_CONTAINER", [container.id])
    }
    const cidr = readAtlasCidr(fields, providerName, null)
    if (container.provisioned || peersIn(call.project, container).length > 0) {
      throw new AtlasError("CONTAINERS_IN_USE", [stillUsed])
    }
    checkOverlap(call.project, providerName, cidr, container)
    container.atlasCidrBlock = cidr
    return shown(call, container, 200)
  }

  function remove(call: ProjectCall): Answer {
    const container = getContainer(call, null)
    if (container.provisioned || peersIn(call.project, container).length > 0) {
      throw new AtlasError("CONTAINERS_IN_USE", [stillUsed])
    }
    if (call.now < container.createdAt + simulation.durations.containerRecent * 1000) {
      throw new AtlasError("CANNOT_DELETE_RECENTLY_CREATED_CONTAINER", [container.id])
    }
    call.project.containers = call.project.containers.filter((one) => one !== container)
    return { status: 204, body: null }
  }

  const all = "groups/:groupId/containers"
  const single = `${all}/:containerId`
  const common = { scope: "project", limit: "network-peering" } as const
  const java = (name: string) => `ApiAtlasContainersResource::${name}`
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
    {
      ...common,
      method: "GET",
      pattern: `${all}/all`,
      javaMethod: java("getAllProviders"),
      changes: false,
      isList: true,
      handle: (call: ProjectCall) => page(call, call.project.containers),
    },
    { ...common, method: "POST", pattern: all, javaMethod: java("create"), changes: true, handle: create },
    {
      ...common,
      method: "GET",
      pattern: single,
      javaMethod: java("getOne"),
      changes: false,
      handle: (call: ProjectCall) => shown(call, getContainer(call, null), 200),
    },
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
