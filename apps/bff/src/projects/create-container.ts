import { readContainerRegion, type Container, type NewContainer } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { runAudited, type AuditedDeps } from "#audit/run-audited.ts"
import { AppError } from "#base/app-error.ts"
import type { AskedBy } from "./requester.ts"

export interface ContainerParts extends AuditedDeps {
  atlas: AtlasClient
  /** Told of a project whose containers are not any more as they were. */
  containersChanged: (projectId: string) => void
}

/**
 * Has Atlas make a container, once. When its answer is lost it is looked up by its cloud, place and block.
 * @returns the container as Atlas has it, which may differ from what was asked for
 * @throws AppError
 */
export async function createContainer(
  parts: ContainerParts,
  { projectId, ...askedBy }: AskedBy,
  wanted: NewContainer,
): Promise<Container> {
  const { atlas, containersChanged } = parts
  const what = { action: "container-create", peeringId: null, request: wanted, before: null } as const
  try {
    return await runAudited(
      parts,
      { ...what, ...askedBy, projectId },
      {
        send: () => atlas.createContainer(projectId, wanted),
        lookUp: async () => findSameContainer(await atlas.listContainers(projectId), wanted),
        toAfter: (container) => container,
      },
    )
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown
    throw await explainTaken(parts, projectId, wanted, thrown)
  } finally {
    containersChanged(projectId)
  }
}

/**
 * Makes a container, or finds the very one that an earlier asking made.
 * @throws AppError
 */
export async function provideContainer(
  parts: ContainerParts,
  askedBy: AskedBy,
  wanted: NewContainer,
): Promise<Container> {
  const there = findSameContainer(await parts.atlas.listContainers(askedBy.projectId), wanted)
  return there ?? (await createContainer(parts, askedBy, wanted))
}

/** The container that a request describes, if it is among these; null when none is. */
function findSameContainer(containers: readonly Container[], wanted: NewContainer): Container | null {
  return (
    containers.find((one) => isSamePlace(one, wanted) && one.atlasCidrBlock === wanted.atlasCidrBlock) ?? null
  )
}

/** Atlas has one container in a region on AWS and Azure, and one in all on Google Cloud. */
function isSamePlace(container: Container, wanted: NewContainer): boolean {
  if (container.providerName !== wanted.providerName) return false
  switch (wanted.providerName) {
    case "AWS":
      return readContainerRegion(container) === wanted.regionName
    case "AZURE":
      return readContainerRegion(container) === wanted.region
    case "GCP":
      return true
  }
}

/** Atlas says that there is one already, and not which. */
async function explainTaken(
  { atlas }: ContainerParts,
  projectId: string,
  wanted: NewContainer,
  failure: AppError,
): Promise<AppError> {
  if (failure.shown.atlas?.errorCode !== "CONTAINER_ALREADY_EXISTS") return failure
  const containers = await atlas.listContainers(projectId).catch(() => [])
  const taken = containers.find((one) => isSamePlace(one, wanted))
  if (taken === undefined) return failure
  const where = wanted.providerName === "GCP" ? "project on Google Cloud" : "region"
  const detail = `Atlas has one container in a ${where}. This one has ${taken.id} with ${taken.atlasCidrBlock ?? "an unknown block"}; peer with that.`
  return new AppError(failure.code, { ...failure.shown, detail, cause: failure })
}
