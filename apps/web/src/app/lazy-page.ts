import { lazy, type ComponentType } from "react"

/** A page, or a part of one, whose script is loaded when it is first shown. */
export function lazyPage<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await load() }))
}
