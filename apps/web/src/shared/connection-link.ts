import { toDraftOf } from "@peering-desk/peering-rules"
import {
  requestFields,
  type AtlasPeer,
  type Container,
  type PeeringDraft,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { pagePaths } from "./page-paths.ts"

/** No valid value is longer. */
const longest = 500

const namesOf = (providerName: ProviderName) => Object.keys(requestFields[providerName])

/** Builds the query of a link from a draft. The reason is left out: each peering has its own. */
export function toLinkQuery(draft: PeeringDraft): string {
  const { providerName, request, newContainer, networkBlocks, peeredBlocks, replaces } = draft
  const given = {
    ...Object.fromEntries(namesOf(providerName).map((name) => [name, request[name]])),
    container: request["containerId"],
    networkBlocks: networkBlocks?.join(","),
    peeredBlocks: peeredBlocks?.join(","),
    replaces,
    ...(newContainer && { ...newContainer, regions: newContainer.regions?.join(",") }),
  }
  const query = new URLSearchParams({ provider: providerName })
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && value !== "") query.set(name, value)
  return query.toString()
}

/** Builds the address of the form, filled in with a draft. */
export function toFormPath(projectId: string, draft: PeeringDraft): string {
  return `${pagePaths.newConnection(projectId)}?${toLinkQuery(draft)}`
}

/** Parses such a query to a draft; null without a known cloud. Skips unknown names and cuts endless values. */
export function readLinkQuery(search: string): PeeringDraft | null {
  const query = new URLSearchParams(search)
  const valueOf = (name: string) => query.get(name)?.slice(0, longest)
  const listOf = (name: string) => valueOf(name)?.split(",")
  const providerName = (["AWS", "GCP", "AZURE"] as const).find((name) => name === query.get("provider"))
  if (providerName === undefined) return null
  const request: Record<string, string> = {}
  const names = namesOf(providerName).map((name) => [name, name] as const)
  for (const [field, name] of [...names, ["containerId", "container"] as const]) {
    const value = valueOf(name)
    if (value !== undefined) request[field] = value
  }
  const replaces = valueOf("replaces")
  const draft = {
    providerName,
    request,
    networkBlocks: listOf("networkBlocks"),
    peeredBlocks: listOf("peeredBlocks"),
    ...(replaces !== undefined && /^[0-9a-f]{24}$/.test(replaces) && { replaces }),
  }
  if (request["containerId"] !== "new") return draft
  const region = valueOf("region")
  const regions = listOf("regions")
  const newContainer = {
    atlasCidrBlock: valueOf("atlasCidrBlock") ?? "",
    ...(region !== undefined && { region }),
    ...(regions !== undefined && { regions }),
  }
  return { ...draft, newContainer }
}

/** Builds the draft that deletes a failed peering and creates it with corrected values. */
export function toReplacementOf(peer: AtlasPeer, container: Container | null): PeeringDraft {
  return { ...toDraftOf(peer, container), replaces: peer.id }
}
