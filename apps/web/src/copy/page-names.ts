/** The name of the page at each kind of address, first match first. */
const names: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^\/$/, "Overview"],
  [/^\/connections$/, "Connections"],
  [/^\/projects\/[^/]+\/connections$/, "your project's connections"],
  [/^\/projects\/[^/]+\/connections\/new$/, "New connection"],
  [/^\/projects\/[^/]+\/connections\//, "the connection you opened"],
  [/^\/projects\/[^/]+\/containers$/, "your project's containers"],
  [/^\/projects\/[^/]+\/settings$/, "your project's settings"],
  [/^\/address-space/, "Address space"],
  [/^\/audit/, "Audit log"],
  [/^\/keys$/, "Atlas keys"],
  [/^\/cloud-accounts$/, "Cloud accounts"],
  [/^\/sessions$/, "Your sessions"],
  [/^\/tokens$/, "API tokens"],
  [/^\/approvals/, "Approvals"],
  [/^\/notifications/, "Notifications"],
]

/** Names the page at an address, for people who can't see it yet; null for an unknown address. */
export function getPageName(path: string): string | null {
  return names.find(([pattern]) => pattern.test(path))?.[1] ?? null
}
