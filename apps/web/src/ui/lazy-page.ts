import { createElement, lazy, type ComponentType, type FunctionComponent } from "react"
import { noteModule } from "./first-render.ts"

/**
 * Makes a page, or a part of one, whose script loads when it is first shown. The document of a page that a server drew asks for the scripts
 * of all such parts that were drawn.
 * @param module the file of the part, as the build's manifest names it; `build/name-lazy-pages.ts` adds it
 */
export function lazyPage<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  module = "",
): FunctionComponent<Props> {
  const Part = lazy(async () => ({ default: await load() })) as unknown as FunctionComponent<Props>
  if (!import.meta.env.SSR) return Part
  return (props) => {
    noteModule(module)
    return createElement(Part, props)
  }
}
