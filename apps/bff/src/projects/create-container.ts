import { readContainerRegion, type Container, type NewContainer } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { AppError } from "#base/app-error.ts"
import type { ChangeRows } from "#changes/engine/change-rows.ts"
import type { Preparing, Sender } from "#changes/engine/change-kind.ts"
import type { StoredChange } from "#changes/engine/stored-change.ts"
import { createProjectKind } from "./project-kind.ts"

export interface ContainerChangeDeps {
  atlas: AtlasClient
  changeRows: Pick<ChangeRows, "listLater">
  /** Called when the containers of a project changed. */
  containersChanged: (projectId: string) => void
}

/** Atlas's clock may be behind ours. */
const clocksApartMs = 5_000
const rightCodes: ReadonlySet<string> = new Set(["atlas_rights_missing", "atlas_refused"])

/** The creation of a container, which Atlas may make other than requested. If its answer is lost, it is looked up by cloud, region and CIDR. */
export function createContainerCreation({ atlas, changeRows, containersChanged }: ContainerChangeDeps) {
  return createProjectKind<NewContainer, Container, null>({
    action: "container-create",
    toActions: () => ["container"],
    toSubject: ({ providerName, atlasCidrBlock }) => `${providerName} ${atlasCidrBlock}`,
    readBefore: () => Promise.resolve(null),
    send: ({ projectId, plan }) => atlas.createContainer(projectId, plan),
    async findOut(change) {
      const { projectId, plan } = change
      const found = findSameContainer(await atlas.listContainers(projectId), plan)
      if (found !== null) return { is: "done", result: found }
      // Or it was made, and a later deletion took it back.
      const deletions = await changeRows.listLater<Container>(change, "container-delete")
      const deleted = deletions.map(({ before }) => before)
      const mayBeDeleted = findSameContainer(deleted, plan) !== null || (await wasOneDeleted(atlas, change))
      return { is: mayBeDeleted ? "neither" : "not-done" }
    },
    toAfter: (container) => container,
    explain: ({ projectId, plan }, refusal) => explainTaken(atlas, projectId, plan, refusal),
    noteChanged: containersChanged,
  })
}

/** Returns true when Atlas's events tell of any deleted container since a change was asked for, or when the key may not read them. */
async function wasOneDeleted(
  atlas: Pick<AtlasClient, "listEvents">,
  { projectId, createdAt }: Pick<StoredChange, "projectId" | "createdAt">,
): Promise<boolean> {
  const from = createdAt - clocksApartMs
  try {
    const { events, moreBefore } = await atlas.listEvents(projectId, { from, until: null })
    return events.some(({ action }) => action === "atlas-container-delete") || (moreBefore ?? from) > from
  } catch (thrown) {
    if (thrown instanceof AppError && rightCodes.has(thrown.code)) return true
    throw thrown
  }
}

/** Returns the container of an earlier request for the same one, or creates it. */
export async function provideContainer(
  deps: ContainerChangeDeps & { changes: Preparing },
  projectId: string,
  request: NewContainer,
  by: Sender,
): Promise<Container> {
  const there = findSameContainer(await deps.atlas.listContainers(projectId), request)
  if (there !== null) return there
  const kind = createContainerCreation(deps)
  return await deps.changes.run(kind, { projectId, subject: kind.toSubject(request), plan: request }, by)
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
  atlas: AtlasClient,
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
  return failure.explain({ detail })
}
