import { isOverlapping, isWithinSpan, toPrefixSpan, wellKnownBlocks } from "@peering-desk/peering-rules"
import {
  ChangeReason,
  NewContainer,
  readContainerRegion,
  readRegionName,
  type Container,
  type ProjectAddresses,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { nameContainer } from "#copy/containers.ts"

/** What a person fills in, whichever cloud it is for. */
export interface NewContainerValues {
  atlasCidrBlock: string
  /** On AWS and Azure, however it is written. */
  region: string
  /** On Google Cloud: every region, or only some. */
  reach: "every" | "some"
  regions: string[]
  reason: string
}

export type NewContainerField = keyof NewContainerValues

export const emptyValues: NewContainerValues = {
  atlasCidrBlock: "",
  region: "",
  reach: "every",
  regions: [],
  reason: "",
}

/** What goes to Atlas; its fields may still be wrong. */
export function toNewContainer(
  providerName: ProviderName,
  { atlasCidrBlock, region, reach, regions }: NewContainerValues,
): NewContainer {
  const name = readRegionName(providerName, region) ?? region.trim()
  const block = atlasCidrBlock.trim()
  switch (providerName) {
    case "AWS":
      return { providerName, atlasCidrBlock: block, regionName: name }
    case "AZURE":
      return { providerName, atlasCidrBlock: block, region: name }
    case "GCP":
      return { providerName, atlasCidrBlock: block, ...(reach === "some" && { regions }) }
  }
}

/** Which field of the form is about a field of the request. */
export function toFormField(name: string): string {
  return name === "regionName" ? "region" : (name.split(".")[0] ?? name)
}

/** The container that Atlas would refuse a second one for: one in a region on AWS and Azure, one in all on Google Cloud. */
export function findTwin(
  containers: readonly Container[],
  providerName: ProviderName,
  region: string,
): Container | null {
  const name = readRegionName(providerName, region)
  const found = containers.find(
    (one) =>
      one.providerName === providerName &&
      (providerName === "GCP" || (name !== null && readContainerRegion(one) === name)),
  )
  return found ?? null
}

/** What is wrong with what was filled in, as far as can be told without Atlas; field → sentence. */
export function findMistakes(
  providerName: ProviderName,
  values: NewContainerValues,
  containers: readonly Container[],
): Partial<Record<NewContainerField, string>> {
  const wrong: Partial<Record<string, string>> = {}
  const wanted = toNewContainer(providerName, values)
  for (const { path, message } of NewContainer.safeParse(wanted).error?.issues ?? [])
    wrong[toFormField(String(path[0] ?? ""))] ??= message
  if (values.reach === "some" && providerName === "GCP" && values.regions.length === 0)
    wrong["regions"] = "Choose the regions it serves"
  const twin = findTwin(containers, providerName, values.region)
  if (twin !== null && providerName !== "GCP")
    wrong["region"] ??=
      `${readContainerRegion(twin)} has its container already: ${twin.atlasCidrBlock ?? twin.id}. Atlas has one in a region`
  wrong["atlasCidrBlock"] ??= findSizeMistake(providerName, values) ?? findOverlap(wanted, containers)
  const reason = ChangeReason.safeParse({ reason: values.reason })
  if (!reason.success) wrong["reason"] = reason.error.issues[0]?.message ?? ""
  return Object.fromEntries(Object.entries(wrong).filter(([, message]) => message !== undefined))
}

function findSizeMistake(
  providerName: ProviderName,
  { atlasCidrBlock, reach, regions }: NewContainerValues,
): string | undefined {
  const count = providerName === "GCP" && reach === "some" ? Math.max(regions.length, 1) : 0
  const span = toPrefixSpan(providerName, count)
  if (span === null)
    return `A restricted container has room for 8 regions at most; ${regions.length} are chosen`
  if (isWithinSpan(atlasCidrBlock.trim(), span)) return undefined
  if (providerName !== "GCP") return "Its size is /21 to /24"
  if (count === 0) return "For every region its size is /18 or larger"
  return count > 1
    ? `${count} regions take a /24 each, so its size is /21 to /${span.longest}`
    : "For one region its size is /21 to /24"
}

function findOverlap(wanted: NewContainer, containers: readonly Container[]): string | undefined {
  const met = containers.find(
    (one) =>
      one.providerName === wanted.providerName &&
      isOverlapping(wanted.atlasCidrBlock, one.atlasCidrBlock ?? ""),
  )
  return met && `It overlaps the container ${nameContainer(met)}, so Atlas would refuse it`
}

/** What Atlas takes and a person may not have meant: somebody else has these addresses. Null when nobody is known to. */
export function findRemark(cidr: string, spaces: readonly ProjectAddresses[]): string | null {
  for (const { project, containers, peers } of spaces) {
    const container = containers.find(({ atlasCidrBlock }) => isOverlapping(cidr, atlasCidrBlock ?? ""))
    if (container !== undefined)
      return `${project.name} has the container ${nameContainer(container)}, which it overlaps. A network can't be joined to both`
    const peer = peers.find(
      (one) => one.providerName === "AWS" && isOverlapping(cidr, one.routeTableCidrBlock ?? ""),
    )
    if (peer?.providerName === "AWS")
      return `It overlaps ${peer.routeTableCidrBlock} of ${peer.vpcId ?? "a VPC"}, which is joined to ${project.name}. That VPC can't be joined to this container`
  }
  const known = wellKnownBlocks.find((block) => isOverlapping(cidr, block.cidr))
  return known === undefined ? null : `It overlaps ${known.cidr}, which is used by ${known.usedBy}`
}
