import { readContainerRegion, type Container, type NewContainer } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { AppError } from "#base/app-error.ts"
import type { ChangeKind } from "#changes/engine/change-kind.ts"
import type { ChangingDeps } from "#changes/engine/changes.ts"
import type { Requester } from "./requester.ts"

export interface ContainerChangeDeps extends ChangingDeps {
  atlas: AtlasClient
  /** Called when the containers of a project changed. */
  containersChanged: (projectId: string) => void
}

/**
 * Creates a container at Atlas, once. If the answer is lost, looks it up by cloud, region and CIDR.
 * @returns the container as Atlas has it, which may differ from the request
 */
export async function createContainer(
  deps: ContainerChangeDeps,
  requester: Requester,
  request: NewContainer,
): Promise<Container> {
  const { atlas, changes, containersChanged } = deps
  const { projectId } = requester
  const about = {
    subject: `${request.providerName} ${request.atlasCidrBlock}`,
    peeringId: null,
    before: null,
  }
  try {
    return await changes.run(createContainerKind(atlas), { ...requester, ...about, plan: request })
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown
    throw await explainTaken(deps, projectId, request, thrown)
  } finally {
    containersChanged(projectId)
  }
}

export function createContainerKind(
  atlas: Pick<AtlasClient, "createContainer" | "listContainers">,
): ChangeKind<NewContainer, Container> {
  return {
    action: "container-create",
    send: ({ projectId, plan }) => atlas.createContainer(projectId, plan),
    async findOut({ projectId, plan }) {
      const found = findSameContainer(await atlas.listContainers(projectId), plan)
      return found === null ? { is: "not-done" } : { is: "done", result: found }
    },
    toAfter: (container) => container,
  }
}

/** Returns the container of an earlier request for the same one, or creates it. */
export async function provideContainer(
  deps: ContainerChangeDeps,
  requester: Requester,
  request: NewContainer,
): Promise<Container> {
  const there = findSameContainer(await deps.atlas.listContainers(requester.projectId), request)
  return there ?? (await createContainer(deps, requester, request))
}

function findSameContainer(containers: readonly Container[], request: NewContainer): Container | null {
  return (
    containers.find((one) => isSameRegion(one, request) && one.atlasCidrBlock === request.atlasCidrBlock) ??
    null
  )
}

/** Atlas has one container per region on AWS and Azure, and one per project on Google Cloud. */
function isSameRegion(container: Container, request: NewContainer): boolean {
  if (container.providerName !== request.providerName) return false
  switch (request.providerName) {
    case "AWS":
      return readContainerRegion(container) === request.regionName
    case "AZURE":
      return readContainerRegion(container) === request.region
    case "GCP":
      return true
  }
}

/** Adds to the refusal of a second container which one there is, since Atlas does not say. */
async function explainTaken(
  { atlas }: ContainerChangeDeps,
  projectId: string,
  request: NewContainer,
  failure: AppError,
): Promise<AppError> {
  if (failure.shown.atlas?.errorCode !== "CONTAINER_ALREADY_EXISTS") return failure
  const containers = await atlas.listContainers(projectId).catch(() => [])
  const taken = containers.find((one) => isSameRegion(one, request))
  if (taken === undefined) return failure
  const where = request.providerName === "GCP" ? "project on Google Cloud" : "region"
  const detail = `Atlas has one container in a ${where}. This one has ${taken.id} with ${taken.atlasCidrBlock ?? "an unknown CIDR"}. Use that one.`
  return new AppError(failure.code, { ...failure.shown, detail, cause: failure })
}
