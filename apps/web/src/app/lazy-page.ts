import { lazy, type ComponentType } from "react"

/** Makes a page, or a part of one, whose script loads when it is first shown. */
export function lazyPage<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await load() }))
}
