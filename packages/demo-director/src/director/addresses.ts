/** Returns whether an address is of a form for a new connection. */
export const isForm = (address: string) => address.split("?")[0]?.endsWith("/connections/new") === true

/** Returns whether an address shows a page, perhaps with more in its query. */
export function isSamePage(address: string, page: string): boolean {
  const [here, there] = [new URL(address, "http://page"), new URL(page, "http://page")]
  return (
    here.pathname === there.pathname &&
    [...there.searchParams].every(([name, value]) => here.searchParams.get(name) === value)
  )
}
