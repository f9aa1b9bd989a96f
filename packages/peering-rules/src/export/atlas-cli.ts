import { findRequestField, toAtlasRegionName } from "@peering-desk/shared-schemas"
import { isForNewContainer } from "#draft/draft-fields.ts"
import { getAtlasSide, listFilledFields, type ExportSubject, type WrittenCode } from "./export-subject.ts"
import { compact } from "#formats/compact.ts"
import { formatShellCommand, formatShellOption } from "#formats/shell.ts"

/**
 * Writes `atlas networking peering create …`, with notes on what the CLI does differently. Writes no command that would take another
 * container than the chosen one.
 */
export function formatAtlasCli(subject: ExportSubject): WrittenCode {
  const { providerName } = subject.draft
  const { block, region, regions } = getAtlasSide(subject)
  const other = findOtherRegion(subject)
  if (other !== null) {
    const note = `The Atlas CLI can't peer across regions: it would use a container in ${other}, not the one in ${region}. Use curl or Terraform.`
    return { text: "", notes: [note] }
  }
  const fields = listFilledFields(subject).flatMap(([name, value]) => {
    const option = findRequestField(name)?.names.atlasCli
    return option === undefined ? [] : [formatShellOption(option, value)]
  })
  const isNew = isForNewContainer(subject.draft)
  const places =
    providerName === "AZURE" ? [region ?? []].flat() : providerName === "GCP" && isNew ? regions : []
  const words = compact([
    `atlas networking peering create ${providerName.toLowerCase()}`,
    formatShellOption("--projectId", subject.projectId),
    ...fields,
    places.length > 0 && formatShellOption("--region", places.join(",")),
    // Google Cloud requires the option, although an existing container keeps its block.
    block !== null && (isNew || providerName === "GCP") && formatShellOption("--atlasCidrBlock", block),
  ])
  return { text: formatShellCommand(words), notes: toLimits(subject) }
}

/** Returns the region in which the Atlas CLI looks for a container, which is the VPC's; null when the chosen one is there too. */
function findOtherRegion(subject: ExportSubject): string | null {
  const { providerName, request } = subject.draft
  const { region } = getAtlasSide(subject)
  const accepter = toAtlasRegionName(request["accepterRegionName"] ?? "")
  return providerName === "AWS" && region !== null && accepter !== "" && accepter !== region ? accepter : null
}

/** Lists what the Atlas CLI cannot do and the API can. */
function toLimits(subject: ExportSubject): string[] {
  const { providerName } = subject.draft
  const { block, region } = getAtlasSide(subject)
  const where = providerName === "GCP" ? "the project" : "its region"
  return compact([
    isForNewContainer(subject.draft)
      ? `The Atlas CLI creates the container only if ${where} has none. Otherwise it uses the existing one.`
      : `The Atlas CLI takes no container ID. It uses the container of ${where}.`,
    providerName === "AZURE" && region === null && "Add --region: the container's Atlas region isn't known.",
    providerName === "GCP" && block === null && "Add --atlasCidrBlock: the container's CIDR isn't known.",
  ])
}
