import { formatHclBlock, hcl, type HclValue } from "#formats/hcl.ts"
import { fillIn, notYetKnown, type Given } from "./runbook-step.ts"

/**
 * Writes a block of Terraform's language labelled `atlas` unless told otherwise; unknown texts are marked.
 * @param nested blocks inside it
 */
export function buildBlock(
  kind: "data" | "resource",
  type: string,
  attributes: Readonly<Record<string, Given | HclValue>>,
  nested: readonly string[] = [],
  label = "atlas",
): string {
  const known = Object.entries(attributes).map(([name, value]) => [name, value || notYetKnown])
  return formatHclBlock(kind, [type, label], Object.fromEntries(known) as Record<string, HclValue>, nested)
}

/** Declares a value that only the person knows and Terraform asks for. */
export function declareVariable(name: string, type: "string" | "number"): string {
  return formatHclBlock("variable", [name], { type: hcl(type) })
}

/** Writes the address blocks of a network as Terraform's output. */
export function outputBlocks(expression: string): string {
  return formatHclBlock("output", ["blocks"], { value: hcl(expression) })
}

/** Accepts a peering request by its `pcx-` id. The provider has to be of the VPC's account and region. */
export function toAwsAccepterBlock(name: string, connectionId: HclValue): string {
  return formatHclBlock("resource", ["aws_vpc_peering_connection_accepter", name], {
    vpc_peering_connection_id: connectionId,
    auto_accept: hcl("true"),
  })
}

/** Returns a Google Cloud network's path. */
export function toNetworkPath(project: Given, network: Given): string {
  return `projects/${fillIn(project)}/global/networks/${fillIn(network)}`
}
