import { networkFields, type Check, type Container } from "@peering-desk/shared-schemas"
import { createCheck } from "./check.ts"
import { nameContainer, toCount } from "#formats/phrases.ts"
import { readValue, type DraftReading } from "#draft/parse-draft.ts"
import { compareText } from "#draft/taken-blocks.ts"

/** Forms of the names that Atlas gives to its own networks (Atlas: Get All Network Peering Containers). */
const atlasNames: Readonly<Record<string, RegExp>> = {
  networkName: /^nt-[0-9a-f]{24}-[0-9a-z]{8}$/,
  vnetName: /^vnet_[0-9a-f]{24}_[a-z]{8}$/i,
}
/** The form of Atlas's own projects; a customer's project may have it too. */
const atlasProjectName = /^p-[0-9a-z]{24}$/

/** Checks if Atlas's own end was mistaken for the customer's network, as both are in its answers. */
export function checkAtlasNetwork(reading: DraftReading): Check[] {
  const { providerName } = reading.draft
  const projects = 1 + reading.snapshot.otherProjects.length
  const basedOn = `containers in ${toCount(projects, "project")} and Atlas's name patterns`
  const fields = providerName === "GCP" ? ["networkName", "gcpProjectId"] : [networkFields[providerName]]
  const given = fields.map((field) => ({ field, name: readValue(reading, field) }))
  for (const { field, name } of given) {
    const whose = name === null ? null : sayWhose(reading, field, name)
    if (whose !== null)
      return [createCheck("atlas-network", { field, basedOn }).red(null, `${name} ${whose}. Enter yours`)]
  }
  const [network, project] = given
  const projectName = project?.name ?? ""
  if (atlasProjectName.test(projectName)) {
    const says = `${projectName} looks like a project that Atlas created. Check that it's yours`
    return [createCheck("atlas-network", { field: "gcpProjectId", basedOn }).amber(says)]
  }
  if (network == null || network.name === null) return []
  const says = `${network.name} isn't a known Atlas network`
  return [createCheck("atlas-network", { field: network.field, basedOn }).green(says)]
}

/** Says which network or project of Atlas has a name; null when it has none of that name. */
function sayWhose(reading: DraftReading, field: string, name: string): string | null {
  const what = field === "gcpProjectId" ? "project" : "network"
  const owner = findOwner(reading, field, name)
  if (owner !== null) return `is Atlas's ${what} for ${owner}`
  return atlasNames[field]?.test(name) === true ? "looks like an Atlas network" : null
}

/** Finds the container whose network or project in Atlas has this name, as words for a sentence. */
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
