import { providerLabels, type Check } from "@peering-desk/shared-schemas"
import { isUnread, sayUnread, toCheck, toRestsOnContainers } from "./check.ts"
import { capitalize, nameContainer } from "#formats/phrases.ts"
import { readValue, type DraftReading } from "#draft/parse-draft.ts"
import { compareText } from "#draft/taken-blocks.ts"
import { toRedCheck } from "./red-codes.ts"

/** Whether the chosen container is one of this project's, in this cloud. */
export function toContainerChecks(reading: DraftReading): Check[] {
  const { snapshot, container, isNew } = reading
  if (isNew) return []
  const about = { field: "containerId", restsOn: toRestsOnContainers(snapshot.here) }
  const id = readValue(reading, "containerId")
  if (id === null)
    return [toCheck("container", "open", "Whether the container is there shows once one is chosen", about)]
  if (container !== null) {
    const name = capitalize(nameContainer(container))
    const says =
      container.provisioned === false
        ? `${name} is there; Atlas sets it up with its first connection, which also fixes its block`
        : `${name} is there`
    return [toCheck("container", "green", says, about)]
  }
  const found = sayWhereItIs(reading, id)
  if (found === null && isUnread(snapshot.here))
    return [
      toCheck(
        "container",
        "open",
        `${sayUnread(snapshot.here)}, so ${id} may be one of its containers`,
        about,
      ),
    ]
  const says = found ?? `${snapshot.here.project.name} has no container ${id}`
  return [toRedCheck("container", "CLOUD_PROVIDER_CONTAINER_NOT_FOUND", says, about)]
}

/** Says what the id is the container of, when it is one of another cloud or another project. */
function sayWhereItIs({ snapshot, draft }: DraftReading, id: string): string | null {
  const cloud = providerLabels[draft.providerName]
  const [ofOtherCloud] = snapshot.here.containers
    .filter((one) => one.id === id)
    .map((one) => providerLabels[one.providerName])
    .sort(compareText)
  if (ofOtherCloud !== undefined)
    return `${id} is a container for ${ofOtherCloud}; this connection is for ${cloud}`
  const [ofOtherProject] = snapshot.otherProjects
    .filter(({ containers }) => containers.some((one) => one.id === id))
    .map(({ project }) => project.name)
    .sort(compareText)
  return ofOtherProject === undefined
    ? null
    : `${id} is a container of ${ofOtherProject}, not of ${snapshot.here.project.name}`
}
