import {
  listRequestNames,
  networkFields,
  readContainerRegion,
  readStatus,
  type Container,
  type Peering,
  type PeeringDraft,
} from "@peering-desk/shared-schemas"
import { isForNewContainer, toNewRegions } from "#draft/draft-fields.ts"
import { toDraftOf } from "#draft/draft-of.ts"

/** A draft or an existing peering, to be written as code. */
export interface ExportSubject {
  projectId: string
  draft: PeeringDraft
  /** The container of the draft or peering; null when it is unknown or still to be created. */
  container: Container | null
  /** Atlas's id of an existing peering; never AWS's `pcx-`. */
  peerId: string | null
  /** True when Atlas sees the owner's side of an existing peering. */
  isAvailable?: boolean
  /** The host of Atlas's API as the server calls it; without it, the usual one. */
  atlasHost?: string
}

/** Code, with notes for its reader. */
export interface WrittenCode {
  text: string
  /** Sentences. */
  notes: readonly string[]
}

/** Returns an existing peering as the draft that would request it, with its id. */
export function toExportSubject(
  peering: Pick<Peering, "projectId" | "id" | "peer">,
  container: Container | null,
): ExportSubject {
  const { peer } = peering
  return {
    projectId: peering.projectId,
    draft: toDraftOf(peer, container),
    container,
    peerId: peering.id,
    isAvailable: readStatus(peer) === "AVAILABLE",
  }
}

/** Lists the filled fields of the subject's cloud in a fixed order, without the mark of a new container. */
export function listFilledFields(subject: ExportSubject): [string, string][] {
  return listRequestNames(subject.draft.providerName).flatMap((name): [string, string][] => {
    const value = readText(subject.draft.request, name)
    return value === null || (name === "containerId" && isForNewContainer(subject.draft))
      ? []
      : [[name, value]]
  })
}

/** Returns region and block of Atlas's side, in Atlas's names; null for what is unknown. */
export function getAtlasSide(subject: ExportSubject): {
  region: string | null
  regions: readonly string[]
  block: string | null
} {
  const { container, draft } = subject
  if (isForNewContainer(subject.draft)) {
    const { region, atlasCidrBlock } = draft.newContainer ?? {}
    return { region: region || null, regions: toNewRegions(draft), block: atlasCidrBlock || null }
  }
  if (container === null) return { region: null, regions: [], block: null }
  const block = container.atlasCidrBlock ?? null
  if (container.providerName === "GCP") return { region: null, regions: container.regions ?? [], block }
  return { region: readContainerRegion(container), regions: [], block }
}

/** Notes the empty fields: no tool takes the code without them. */
export function listMissingNotes(subject: ExportSubject): string[] {
  const filled = new Set(listFilledFields(subject).map(([name]) => name))
  const missing = listRequestNames(subject.draft.providerName).filter(
    (name) => !filled.has(name) && !(name === "containerId" && isForNewContainer(subject.draft)),
  )
  if (isForNewContainer(subject.draft)) {
    const { block, region } = getAtlasSide(subject)
    if (block === null) missing.push("atlasCidrBlock")
    if (region === null && subject.draft.providerName !== "GCP") missing.push("region")
  }
  return missing.length === 0 ? [] : [`Empty fields left out: ${missing.join(", ")}.`]
}

/** Names the resource: `peering-vpc-0a1b2c3d`, in lower-case letters, digits and dashes. */
export function formatResourceName({ draft }: ExportSubject): string {
  const slug = (readText(draft.request, networkFields[draft.providerName]) ?? "")
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 50)
    .replace(/^-|-$/g, "")
  return slug === "" ? "peering" : `peering-${slug}`
}

const atlasId = /^[0-9a-f]{24}$/

/** Returns the peering's id if Atlas gave it; null for AWS's `pcx-` and ids of state files. */
export function getPeerId({ peerId }: ExportSubject): string | null {
  return peerId !== null && atlasId.test(peerId) ? peerId : null
}

/** Returns Terraform's import id, `PROJECT-PEER-PROVIDER`; null when an id is missing or not Atlas's. */
export function getImportId(subject: ExportSubject): string | null {
  const peerId = getPeerId(subject)
  const { projectId, draft } = subject
  return peerId !== null && atlasId.test(projectId) ? `${projectId}-${peerId}-${draft.providerName}` : null
}

function readText(record: Readonly<Record<string, string>>, name: string): string | null {
  const value = Object.hasOwn(record, name) ? record[name] : undefined
  return value === undefined || value.trim() === "" ? null : value
}
