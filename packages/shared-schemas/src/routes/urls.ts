import type { PathParameters, RouteTable } from "./route.ts"
import { approvalRoutes } from "./approval-routes.ts"
import { cloudRoutes } from "./cloud-routes.ts"
import { commonRoutes } from "./routes.ts"

/** Query parameters: a list becomes one pair per value; undefined leaves a name out. */
type SearchParameters = Readonly<Record<string, string | readonly string[] | undefined>>

type Values<Names extends readonly string[]> = { [Index in keyof Names]: string }
type UrlBuilder<Path extends string> = (
  ...values: [...Values<PathParameters<Path>>, search?: SearchParameters]
) => string

/** One URL builder per route: path parameters in order, then query parameters. */
export type UrlBuilders<Table extends RouteTable> = {
  readonly [Name in keyof Table]: UrlBuilder<Table[Name]["path"]>
}

/** Makes the URL builders of a route table. Values are percent-encoded (RFC 3986). */
export function buildUrls<Table extends RouteTable>(table: Table): UrlBuilders<Table> {
  const builders = Object.entries(table).map(([name, { path }]) => [
    name,
    (...values: (string | SearchParameters)[]) => buildUrl(path, values),
  ])
  return Object.fromEntries(builders) as UrlBuilders<Table>
}

/** The URLs of this server. */
export const apiUrls = buildUrls(commonRoutes)

/** The URLs of approvals, separate to keep them out of the browser's first page. */
export const approvalUrls = buildUrls(approvalRoutes)

/** The URLs of connected AWS accounts, separate for the same reason. */
export const cloudUrls = buildUrls(cloudRoutes)

function buildUrl(path: string, values: readonly (string | SearchParameters)[]): string {
  const inPath = values.filter((value) => typeof value === "string")
  const search = values.find((value) => typeof value === "object")
  let next = 0
  return path.replaceAll(/:\w+/g, () => encodeURIComponent(inPath[next++] ?? "")) + formatSearch(search)
}

function formatSearch(parameters: SearchParameters = {}): string {
  const pairs = Object.entries(parameters).flatMap(([name, value = []]) =>
    [value].flat().map((one) => `${name}=${encodeURIComponent(one)}`),
  )
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`
}
