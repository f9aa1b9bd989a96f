import { ProviderName, RawAnswer } from "@peering-desk/shared-schemas"
import * as z from "zod/mini"

const AtlasList = z.object({
  results: z.array(z.unknown()),
  totalCount: z.catch(z.optional(z.number()), undefined),
  links: z.catch(z.array(z.object({ rel: z.string() })), []),
})

/** What Atlas answered to a change, and by which status. */
export interface Answered<T> {
  value: T
  /** As the audit trail keeps it. */
  answerCode: string
}

/** Reads a body and keeps the status beside it; null when the body can't be read. */
export function readAnswered<T>(read: (body: unknown) => T | null) {
  return (body: unknown, status: number): Answered<T> | null => {
    const value = read(body)
    return value === null ? null : { value, answerCode: String(status) }
  }
}

/** One page of a list. */
export interface AtlasPage {
  entries: RawAnswer[]
  /** How many entries the page has, and how many of them are not objects and so not among `entries`. */
  size: number
  skipped: number
  hasNext: boolean
  totalCount: number | undefined
}

/** Reads a page; null when it has no `results`. */
export function readList(body: unknown): AtlasPage | null {
  const { data } = AtlasList.safeParse(body)
  if (data === undefined) return null
  const entries = data.results.map(toObject).filter((entry) => entry !== null)
  return {
    entries,
    size: data.results.length,
    skipped: data.results.length - entries.length,
    hasNext: data.links.some(({ rel }) => rel === "next"),
    totalCount: data.totalCount,
  }
}

/** Reads an object that has an `id`, without which nothing can be done about the thing; null when it has none. */
export function readObject(body: unknown): RawAnswer | null {
  const object = toObject(body)
  return typeof object?.["id"] === "string" ? object : null
}

/** The cloud of a container: what Atlas says, or else what its own fields tell; null for a cloud we don't know. */
export function readProviderName(raw: RawAnswer): ProviderName | null {
  if (raw["providerName"] !== undefined) return ProviderName.safeParse(raw["providerName"]).data ?? null
  if ("regionName" in raw) return "AWS"
  if ("region" in raw) return "AZURE"
  return "gcpProjectId" in raw || "networkName" in raw || "regions" in raw ? "GCP" : null
}

function toObject(value: unknown): RawAnswer | null {
  return RawAnswer.safeParse(value).data ?? null
}
