import type { Check, Container } from "@peering-desk/shared-schemas"
import { toCheck } from "./check.ts"
import { nameContainer, toCount } from "#formats/phrases.ts"
import { networkFields, readValue, type DraftReading } from "#draft/parse-draft.ts"
import { toRedCheck } from "./red-codes.ts"
import { compareText } from "#draft/taken-blocks.ts"

/** Names that Atlas gives to what it makes inside a container (Atlas: Get All Network Peering Containers). */
const atlasNames: Readonly<Record<string, RegExp>> = {
  networkName: /^nt-[0-9a-f]{24}-[0-9a-z]{8}$/,
  vnetName: /^vnet_[0-9a-f]{24}_[a-z]{8}$/i,
}
/** One's own project may happen to be called so. */
const atlasProjectName = /^p-[0-9a-z]{24}$/

/** Whether Atlas's own end was taken for the network to be joined with it, as the two stand side by side in its answers. */
export function toAtlasNetworkChecks(reading: DraftReading): Check[] {
  const { providerName } = reading.draft
  const projects = 1 + reading.snapshot.otherProjects.length
  const restsOn = `The containers of ${toCount(projects, "project")}, and the names that Atlas gives`
  const fields = providerName === "GCP" ? ["networkName", "gcpProjectId"] : [networkFields[providerName]]
  const given = fields.map((field) => ({ field, name: readValue(reading, field) }))
  for (const { field, name } of given) {
    const whose = name === null ? null : sayWhose(reading, field, name)
    if (whose !== null)
      return [toRedCheck("atlas-network", null, `${name} is ${whose}; put yours`, { field, restsOn })]
  }
  const [network, project] = given
  if (atlasProjectName.test(project?.name ?? "")) {
    const says = `${project?.name} has the form of the projects that Atlas makes for itself; see that it is your own`
    return [toCheck("atlas-network", "amber", says, { field: "gcpProjectId", restsOn })]
  }
  if (network == null || network.name === null) return []
  const says = `${network.name} is no network of Atlas's own that is known here`
  return [toCheck("atlas-network", "green", says, { field: network.field, restsOn })]
}

/** Says which of Atlas's own things a name is; null when it is none. */
function sayWhose(reading: DraftReading, field: string, name: string): string | null {
  const what = field === "gcpProjectId" ? "project" : "network"
  const owner = findOwner(reading, field, name)
  if (owner !== null) return `Atlas's own ${what}, that of ${owner}`
  return atlasNames[field]?.test(name) === true ? "the name of a network of Atlas's own" : null
}

/** The container that Atlas keeps under this name, as it stands in a sentence; null when it is none. */
function findOwner({ draft, snapshot }: DraftReading, field: string, name: string): string | null {
  const isIt = (container: Container) => {
    const own: unknown = Reflect.get(container, field)
    return (
      container.providerName === draft.providerName &&
      typeof own === "string" &&
      own.toLowerCase() === name.toLowerCase()
    )
  }
  const ofHere = snapshot.here.containers.filter(isIt).map(nameContainer)
  const ofOthers = snapshot.otherProjects.flatMap(({ containers, project }) =>
    containers.filter(isIt).map((one) => `${nameContainer(one)} of ${project.name}`),
  )
  const [owner = null] = [...ofHere.sort(compareText), ...ofOthers.sort(compareText)]
  return owner
}
