import { overlaps } from "#world/cidr.ts"
import type { Container, Project, ProviderName } from "#world/world.ts"
import { findContainer, listPeersIn } from "#world/world.ts"
import { toContainerJson } from "./container-answer.ts"
import {
  checkContainerFieldNames,
  readAtlasCidr,
  readChangedRegion,
  readContainerDraft,
} from "./container-request.ts"
import type { Answer, Endpoint, ProjectCall, Simulation } from "./endpoint.ts"
import { buildProjectEndpoints } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import { toPage } from "./paging.ts"
import { bodyProvider, parseFields, queryProvider } from "./request-body.ts"

/** Gets a container by id alone, or of one cloud where several clouds share an id. */
function getContainer(call: ProjectCall, providerName?: ProviderName): Container {
  const id = call.params["containerId"] ?? ""
  const container =
    providerName === undefined
      ? call.project.containers.find((one) => one.id === id)
      : findContainer(call.project, providerName, id)
  if (!container) throw new AtlasError("CLOUD_PROVIDER_CONTAINER_NOT_FOUND", [id])
  return container
}

function checkUnused(project: Project, container: Container): void {
  if (container.provisioned || listPeersIn(project, container).length > 0)
    throw new AtlasError("CONTAINERS_IN_USE", ["The container still contained resources"])
}

/** Throws OVERLAPPING_ATLAS_CIDR_BLOCK. Containers of different clouds may overlap: real projects have that. */
function checkOverlap(project: Project, providerName: ProviderName, cidr: string, itself?: Container): void {
  const isTaken = project.containers.some(
    (other) =>
      other !== itself && other.providerName === providerName && overlaps(cidr, other.atlasCidrBlock),
  )
  if (isTaken) throw new AtlasError("OVERLAPPING_ATLAS_CIDR_BLOCK", [cidr])
}

function checkRegionUnchanged(call: ProjectCall, container: Container, region: string | undefined): void {
  // Recorded: an AWS container changed without naming its region makes the older API fall over.
  if (region === undefined && container.providerName === "AWS") {
    throw call.version === "v1.0"
      ? new AtlasError("UNEXPECTED_ERROR")
      : new AtlasError("MISSING_ATTRIBUTE", ["regionName"])
  }
  if (region !== undefined && region !== container.region)
    throw new AtlasError("CANNOT_CHANGE_CONTAINER_REGION")
}

const toAnswer = (call: ProjectCall, container: Container, status: number): Answer => ({
  status,
  body: toContainerJson(call.project, container, call.version, false),
})

/** Answers the containers of one cloud, or of all clouds. */
function list(call: ProjectCall, providerName?: ProviderName): Answer {
  const containers = call.project.containers.filter(
    (container) => providerName === undefined || container.providerName === providerName,
  )
  const toJson = (container: Container) => toContainerJson(call.project, container, call.version, true)
  return { status: 200, body: toPage(call, containers, toJson, providerName && { providerName }) }
}

function change(call: ProjectCall): Answer {
  const fields = parseFields(call.body)
  const providerName = bodyProvider(fields)
  const container = getContainer(call, providerName)
  checkContainerFieldNames(fields, providerName)
  if (providerName !== "GCP") checkRegionUnchanged(call, container, readChangedRegion(fields, providerName))
  else if (container.regions !== null) throw new AtlasError("CANNOT_UPDATE_SMALL_CONTAINER", [container.id])
  const cidr = readAtlasCidr(fields, providerName, null)
  checkUnused(call.project, container)
  checkOverlap(call.project, providerName, cidr, container)
  container.atlasCidrBlock = cidr
  return toAnswer(call, container, 200)
}

/** Creates the endpoints of a project's containers. */
export function createContainerEndpoints(simulation: Simulation): Endpoint[] {
  function create(call: ProjectCall): Answer {
    const fields = parseFields(call.body)
    const providerName = bodyProvider(fields)
    const draft = readContainerDraft(fields, providerName)
    const { project, now } = call
    const isTaken = project.containers.some(
      (other) =>
        other.providerName === providerName && (providerName === "GCP" || other.region === draft.region),
    )
    if (isTaken) throw new AtlasError("CONTAINER_ALREADY_EXISTS", [project.id])
    checkOverlap(project, providerName, draft.atlasCidrBlock)
    const container: Container = {
      id: simulation.identifiers.objectId(now),
      providerName,
      ...draft,
      createdAt: now,
      provisioned: false,
      emptySince: null,
    }
    project.containers.push(container)
    return toAnswer(call, container, 201)
  }

  function remove(call: ProjectCall): Answer {
    const container = getContainer(call)
    checkUnused(call.project, container)
    if (call.now < container.createdAt + simulation.durations.containerRecent * 1000)
      throw new AtlasError("CANNOT_DELETE_RECENTLY_CREATED_CONTAINER", [container.id])
    call.project.containers = call.project.containers.filter((one) => one !== container)
    return { status: 204, body: null }
  }

  const single = "containers/:containerId"
  return buildProjectEndpoints({ javaResource: "ApiAtlasContainersResource", limit: "network-peering" }, [
    ["GET", "containers", "getAll", (call) => list(call, queryProvider(call.query))],
    ["GET", "containers/all", "getAllProviders", (call) => list(call)],
    ["POST", "containers", "create", create],
    ["GET", single, "getOne", (call) => toAnswer(call, getContainer(call), 200)],
    ["PATCH", single, "update", change],
    ["DELETE", single, "delete", remove],
  ])
}
