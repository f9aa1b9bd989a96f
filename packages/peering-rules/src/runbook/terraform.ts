import { formatHclBlock, formatHclString } from "#formats/hcl.ts"
import { fillIn, type Given } from "./runbook-step.ts"

/** An expression of Terraform's language, as opposed to a text. */
interface Expression {
  expression: string
}

/** Marks a value as an expression, which is written without quotes. */
export function hcl(expression: string): Expression {
  return { expression }
}

/**
 * Writes a block of Terraform's language labelled `atlas` unless told otherwise; texts are quoted, and unknown ones marked.
 * @param nested blocks inside it
 */
export function buildBlock(
  kind: "data" | "resource",
  type: string,
  attributes: Readonly<Record<string, Given | readonly string[] | Expression>>,
  nested: readonly string[] = [],
  label = "atlas",
): string {
  return formatHclBlock(kind, [type, label], toAttributes(attributes), nested)
}

function toAttributes(attributes: Parameters<typeof buildBlock>[2]): [string, string][] {
  return Object.entries(attributes).map(([name, value]) => [name, formatHclValue(value)])
}

function formatHclValue(value: Given | readonly string[] | Expression): string {
  if (value == null || typeof value === "string") return formatHclString(fillIn(value))
  return "expression" in value ? value.expression : `[${value.map(formatHclString).join(", ")}]`
}

/** Declares a value that only the person knows and Terraform asks for. */
export function declareVariable(name: string, type: "string" | "number"): string {
  return formatHclBlock("variable", [name], [["type", type]])
}

/** Writes the address blocks of a network as Terraform's output. */
export function outputBlocks(expression: string): string {
  return formatHclBlock("output", ["blocks"], [["value", expression]])
}

/** Writes a block within another one. */
export function buildInnerBlock(kind: string, attributes: Parameters<typeof buildBlock>[2]): string {
  return formatHclBlock(kind, [], toAttributes(attributes))
}

/** Accepts a peering request, given an expression for its `pcx-` id. The provider has to be of the VPC's account and region. */
export function toAwsAccepterBlock(name: string, connectionId: string): string {
  return formatHclBlock(
    "resource",
    ["aws_vpc_peering_connection_accepter", name],
    [
      ["vpc_peering_connection_id", connectionId],
      ["auto_accept", "true"],
    ],
  )
}

/** Returns a Google Cloud network's path. */
export function toNetworkPath(project: Given, network: Given): string {
  return `projects/${fillIn(project)}/global/networks/${fillIn(network)}`
}
