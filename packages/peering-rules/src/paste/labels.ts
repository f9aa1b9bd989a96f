import { findRequestField, providerNames, type ProviderName } from "@peering-desk/shared-schemas"
import { quote } from "#formats/phrases.ts"
import { cloudOfField, parseFieldValue, requestNames } from "./fields.ts"
import type { PastedBuilder } from "./pasted-builder.ts"
import type { Candidate, RequestField } from "./pasted.ts"

type Field = RequestField | "networkBlocks"

const addressLabels = /^(?:address (?:space|prefix(?:es)?|range)|(?:vnet|subnet) (?:cidr|range|block)s?)$/i

/** Returns the field that people or a portal give a name. */
function findField(name: string): Field | undefined {
  if (addressLabels.test(name)) return "networkBlocks"
  return requestNames.find((field) => findRequestField(field)?.labels?.test(name) === true)
}

/** Fields whose labels no other cloud has, and one of which a text must have. */
const tellingFields: Readonly<Record<ProviderName, readonly (readonly Field[])[]>> = {
  AWS: [["vpcId"], ["awsAccountId", "routeTableCidrBlock"]],
  GCP: [["gcpProjectId", "networkName"]],
  AZURE: [["azureDirectoryId"], ["azureSubscriptionId"], ["resourceGroupName"]],
}

/**
 * Reads `Label: value` of messages, tickets, tables in wikis and pages of a console, also with the value on a later line. Fills nothing
 * unless the labels together are those of one cloud.
 */
export function putLabels(builder: PastedBuilder, text: string): void {
  const found = findLabels(text)
  const told = providerNames.filter((one) =>
    tellingFields[one].some((fields) => fields.every((field) => found.has(field))),
  )
  const cloud = builder.providerName ?? (told.length === 1 ? (told[0] ?? null) : null)
  if (cloud === null) return
  builder.setCloud(cloud)
  for (const [field, candidates] of found) {
    if (field === "networkBlocks") {
      if (cloud !== "AWS") for (const { value } of candidates) builder.put(field, value, "The text")
    } else if (cloudOfField(field) !== cloud || builder.get(field) !== null) continue
    else if (candidates.length === 1) builder.put(field, candidates[0]?.value, "The text")
    else builder.leaveOpen(field, candidates)
  }
}

function findLabels(text: string): Map<Field, Candidate[]> {
  const found = new Map<Field, Candidate[]>()
  const lines = text.split(/\r?\n/, 5000).map((line) => line.slice(0, 500).trim())
  const put = (field: Field, given: string, index: number) => {
    const isBlocks = field === "networkBlocks"
    for (const value of isBlocks ? given.split(/[\s,;]+/) : [given.replace(/^[`"'*]+|[`"'*,;]+$/g, "")]) {
      const known = found.get(field) ?? []
      const isRight = field === "networkBlocks" || isRightAsItIs(field, value)
      if (!isRight || value === "" || known.some((one) => one.value === value)) continue
      found.set(field, [...known, { value, where: `Line ${index + 1}: ${quote(lines[index] ?? "")}` }])
    }
  }
  lines.forEach((line, index) => {
    const [, label = "", value = ""] =
      /^[|*\s-]*([A-Za-z][\w ()]{1,40}?)[*\s]*(?:\(move\))?\s*(?:[:=|\t]\s*(.*?)[|\s]*)?$/.exec(line) ?? []
    const field = findField(label.replaceAll("_", " "))
    if (field === undefined) return
    if (value !== "") return put(field, value, index)
    // Pages of the portal have the colon and the value on the next lines; a virtual network's name is above its kind.
    const below = lines.slice(index + 1, index + 3).find((one) => one !== "" && one !== ":")
    if (field === "vnetName" && /^virtual network$/i.test(line)) put(field, lines[index - 1] ?? "", index - 1)
    else if (below !== undefined) put(field, below, index)
  })
  return found
}

/** Tells if a field's rule takes a value without a repair: a name with spaces or capitals is somebody's title for it. */
function isRightAsItIs(field: RequestField, text: string): boolean {
  const { value, problem } = parseFieldValue(field, null, text)
  return problem === null && value === text
}
