import { providerLabels, type Check } from "@peering-desk/shared-schemas"
import { createCheck, isUnread, sayUnread, toBasedOnContainers } from "./check.ts"
import { capitalize, nameContainer } from "#formats/phrases.ts"
import { readValue, type DraftReading } from "#draft/parse-draft.ts"
import { compareText } from "#draft/taken-blocks.ts"

/** Checks if the chosen container is one of this project's, in this cloud. */
export function checkContainer(reading: DraftReading): Check[] {
  const { snapshot, container, isNew } = reading
  if (isNew) return []
  const check = createCheck("container", {
    field: "containerId",
    basedOn: toBasedOnContainers(snapshot.here),
  })
  const id = readValue(reading, "containerId")
  if (id === null) return [check.open("Container check: choose a container first")]
  if (container !== null) {
    const name = capitalize(nameContainer(container))
    const more = container.provisioned === false ? ". Its CIDR locks with the first connection" : ""
    return [check.green(`${name} exists${more}`)]
  }
  const found = sayWhereItIs(reading, id)
  if (found === null && isUnread(snapshot.here))
    return [check.unchecked(`${sayUnread(snapshot.here)}. Container ${id} may exist`)]
  const says = found ?? `${snapshot.here.project.name} has no container ${id}`
  return [check.red("CLOUD_PROVIDER_CONTAINER_NOT_FOUND", says)]
}

/** Names the other cloud or project whose container has this id. */
function sayWhereItIs({ snapshot, draft }: DraftReading, id: string): string | null {
  const cloud = providerLabels[draft.providerName]
  const [ofOtherCloud] = snapshot.here.containers
    .filter((one) => one.id === id)
    .map((one) => providerLabels[one.providerName])
    .sort(compareText)
  if (ofOtherCloud !== undefined) return `Container ${id} is for ${ofOtherCloud}, not ${cloud}`
  const [ofOtherProject] = snapshot.otherProjects
    .filter(({ containers }) => containers.some((one) => one.id === id))
    .map(({ project }) => project.name)
    .sort(compareText)
  return ofOtherProject === undefined
    ? null
    : `Container ${id} belongs to ${ofOtherProject}, not ${snapshot.here.project.name}`
}
