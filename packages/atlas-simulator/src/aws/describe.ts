import type { AwsNetwork } from "#world/customer/network-schema.ts"
import { AwsError } from "./errors.ts"
import { getPage } from "./paging.ts"
import { listFilters, listParameters, type Query } from "./query.ts"
import type { XmlFields, XmlValue } from "./xml.ts"

/** A part of a network. */
export type Part<One> = { network: AwsNetwork; part: One }

/** A kind of resource as a Describe call lists it. */
export type Resource<Item> = {
  /** Parameter with ids (`VpcId`), the code and the sentence for one that is not there. */
  ids: { parameter: string; of: (item: Item) => string; missing: string; says: (id: string) => string }
  /** The filters by name, each with the values that a resource has. */
  filters: Readonly<Record<string, (item: Item) => readonly string[]>>
  /** Name of the list in the answer. */
  set: string
  toXml: (item: Item) => XmlValue
  limits?: { least: number; most: number }
}

/** Names the ids of a kind of resource: their parameter, and how AWS refuses one that is not there. */
export function toIds<Item>(
  parameter: string,
  missing: string,
  noun: string,
  of: (item: Item) => string,
): Resource<Item>["ids"] {
  return { parameter, of, missing, says: (id) => `The ${noun} '${id}' does not exist` }
}

/** Answers a Describe call: ids, filters, then one page. Throws the error for an unknown id, filter or token. */
export function describe<Item>(
  items: readonly Item[],
  query: Query,
  { ids, filters, set, toXml, limits }: Resource<Item>,
): XmlFields {
  const named = listParameters(query, ids.parameter)
  for (const id of named)
    if (!items.some((item) => ids.of(item) === id)) throw new AwsError(ids.missing, ids.says(id))
  const asked = listFilters(query, Object.keys(filters))
  const found = items.filter(
    (item) =>
      (named.length === 0 || named.includes(ids.of(item))) &&
      asked.every(({ name, values }) => filters[name]?.(item).some((value) => values.includes(value))),
  )
  const page = getPage(found, query, limits)
  return { [set]: page.items.map(toXml), nextToken: page.nextToken }
}

/** Formats a resource's tags: its name, if it has one. */
export function toTags(name: string | null): XmlValue {
  return name === null || name === "" ? [] : [{ key: "Name", value: name }]
}
