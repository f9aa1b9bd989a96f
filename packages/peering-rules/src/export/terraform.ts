import { toGcpPeeringName } from "#runbook/cloud-names.ts"
import { isForNewContainer } from "#draft/draft-fields.ts"
import {
  listFilledFields,
  getImportId,
  formatResourceName,
  type ExportSubject,
  type WrittenCode,
} from "./export-subject.ts"
import { toNewContainerBody } from "#draft/new-container-body.ts"
import { compact } from "#formats/compact.ts"
import { formatHclBlock, hcl, toSnakeCase, type HclValue } from "#formats/hcl.ts"
import { toAwsAccepterBlock } from "#runbook/terraform.ts"

/**
 * Writes the resources of MongoDB's Terraform provider, the cloud's own resource that accepts or answers the request, and an
 * `import` block (Terraform 1.5) for a connection that exists.
 */
export function formatTerraform(subject: ExportSubject): WrittenCode {
  const name = formatResourceName(subject).replaceAll("-", "_")
  const peering = `mongodbatlas_network_peering.${name}`
  const container = toNewContainerBody(subject.draft)
  const importId = getImportId(subject)
  const project = { project_id: subject.projectId }
  const blocks: string[] = []
  if (container !== null)
    blocks.push(
      formatResource("mongodbatlas_network_container", name, { ...project, ...toAttributes(container) }),
    )
  blocks.push(
    formatResource("mongodbatlas_network_peering", name, {
      ...project,
      ...(container !== null && { container_id: hcl(`mongodbatlas_network_container.${name}.container_id`) }),
      provider_name: subject.draft.providerName,
      ...toAttributes(Object.fromEntries(listFilledFields(subject))),
    }),
    ...toOtherEnd(subject, name, peering),
  )
  if (importId !== null) {
    blocks.push(formatImport(peering, importId))
    const half = getExistingHalf(subject)
    if (half !== null) blocks.push(formatImport(`google_compute_network_peering.${name}`, half))
  }
  return { text: blocks.join("\n"), notes: toNotes(subject, importId) }
}

type Attributes = Readonly<Record<string, HclValue>>

function formatResource(type: string, name: string, attributes: Attributes): string {
  return formatHclBlock("resource", [type, name], attributes)
}

function toAttributes(fields: Attributes): Attributes {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [toSnakeCase(field), value]))
}

function formatImport(to: string, id: string): string {
  return formatHclBlock("import", [], { to: hcl(to), id })
}

/** Returns the import id of the owner's half on Google Cloud, `PROJECT/NETWORK/PEERING`; null while there is none. */
function getExistingHalf({ draft, isAvailable }: ExportSubject): string | null {
  const { gcpProjectId, networkName } = draft.request
  if (draft.providerName !== "GCP" || isAvailable !== true || !gcpProjectId || !networkName) return null
  return `${gcpProjectId}/${networkName}/${toGcpPeeringName(draft.request)}`
}

/** Writes the resource that answers the request in your cloud. Azure needs none: its side is prepared before. */
function toOtherEnd({ draft }: ExportSubject, name: string, peering: string): string[] {
  switch (draft.providerName) {
    case "AWS":
      return [toAwsAccepterBlock(name, hcl(`${peering}.connection_id`))]
    case "GCP": {
      const { gcpProjectId, networkName } = draft.request
      if (!gcpProjectId || !networkName) return []
      const link = `https://www.googleapis.com/compute/v1/projects/\${${peering}.atlas_gcp_project_id}/global/networks/\${${peering}.atlas_vpc_name}`
      return [
        formatResource("google_compute_network_peering", name, {
          name: isForNewContainer(draft) ? hcl(toMadeName(name)) : toGcpPeeringName(draft.request),
          network: `projects/${gcpProjectId}/global/networks/${networkName}`,
          peer_network: hcl(`"${link}"`),
        }),
      ]
    }
    case "AZURE":
      return []
  }
}

/** Names Google Cloud's half like `toGcpPeeringName`, after a container that Terraform creates. */
function toMadeName(name: string): string {
  return `"${toGcpPeeringName({})}-\${substr(mongodbatlas_network_container.${name}.container_id, -8, 8)}"`
}

function toNotes(subject: ExportSubject, importId: string | null): string[] {
  const { providerName, request } = subject.draft
  const isExisting = importId !== null
  return compact([
    isExisting &&
      "The import block imports the existing connection. Without it, Terraform requests it again, which Atlas rejects.",
    isExisting &&
      getExistingHalf(subject) !== null &&
      `Your half in Google Cloud is imported too, as ${toGcpPeeringName(request)}. If it has another name there, change it in both places.`,
    subject.peerId !== null && !isExisting && "No import block: it needs Atlas IDs of 24 hexadecimal digits.",
    providerName === "AWS" && "The accepter needs an AWS provider for the account and region of the VPC.",
    providerName === "AZURE" &&
      "Assign Atlas's role on the VNet first. Terraform's Azure provider can do it.",
  ])
}
