import { ProviderName, RawAnswer } from "@peering-desk/shared-schemas"
import * as z from "zod/mini"

const AtlasList = z.object({
  results: z.array(z.unknown()),
  totalCount: z.catch(z.optional(z.number()), undefined),
  links: z.catch(z.array(z.object({ rel: z.string() })), []),
})

/** Atlas's answer to a change, with its status. */
export interface Answered<T> {
  value: T
  /** The form in which the audit log keeps the status, e.g. `"201"`. */
  answerCode: string
}

/** Reads a body and adds the status; null when the body can't be read. */
export function readAnswered<T>(read: (body: unknown) => T | null) {
  return (body: unknown, status: number): Answered<T> | null => {
    const value = read(body)
    return value === null ? null : { value, answerCode: String(status) }
  }
}

/** Reads one page of a list; null when it has no `results`. */
export function readList(body: unknown) {
  const { data } = AtlasList.safeParse(body)
  if (data === undefined) return null
  const entries = data.results.map(toObject).filter((entry) => entry !== null)
  return {
    entries,
    /** The number of all entries, and of those which are no objects and so missing in `entries`. */
    size: data.results.length,
    skipped: data.results.length - entries.length,
    hasNext: data.links.some(({ rel }) => rel === "next"),
    totalCount: data.totalCount,
  }
}

/** Reads an object with an `id`; null without one, since no call can name the thing then. */
export function readObject(body: unknown): RawAnswer | null {
  const object = toObject(body)
  return typeof object?.["id"] === "string" ? object : null
}

/** Reads the cloud of a container from `providerName`, or else from the fields it has; null for an unknown cloud. */
export function readProviderName(raw: RawAnswer): ProviderName | null {
  if (raw["providerName"] !== undefined) return ProviderName.safeParse(raw["providerName"]).data ?? null
  if ("regionName" in raw) return "AWS"
  if ("region" in raw) return "AZURE"
  return "gcpProjectId" in raw || "networkName" in raw || "regions" in raw ? "GCP" : null
}

function toObject(value: unknown): RawAnswer | null {
  return RawAnswer.safeParse(value).data ?? null
}
