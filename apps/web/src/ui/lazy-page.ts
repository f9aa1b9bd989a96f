import { lazy, type ComponentType } from "react"

/** Thrown while a server draws: the page has a part that only a browser loads, and draws all of it. */
export class LoadedInBrowser extends Error {}

/** Makes a page, or a part of one, whose script loads when it is first shown. */
export function lazyPage<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    if (import.meta.env.SSR) throw new LoadedInBrowser()
    return { default: await load() }
  })
}
