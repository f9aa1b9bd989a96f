import { createElement, lazy, type ComponentType, type FunctionComponent } from "react"
import { noteModule } from "./first-render.ts"

/** The script of a page, or of a part of one, could not be loaded: the network is away, or a new version has other files. */
export class ScriptNotLoaded extends Error {
  /** Makes the next time that the part is shown load it again: React would keep the failure. */
  readonly renew: () => void

  constructor(renew: () => void, cause: unknown) {
    super("A script could not be loaded", { cause })
    this.renew = renew
  }
}

/**
 * Makes a page, or a part of one, whose script loads when it is first shown. The document of a page that a server drew asks for the scripts
 * of all such parts that were drawn. Throws ScriptNotLoaded while it is drawn.
 * @param module the file of the part, as the build's manifest names it; `build/name-lazy-pages.ts` adds it
 */
export function lazyPage<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  module = "",
): FunctionComponent<Props> {
  const createPart = () =>
    lazy(async () => {
      try {
        return { default: await load() }
      } catch (error) {
        throw new ScriptNotLoaded(() => (Part = createPart()), error)
      }
    }) as unknown as FunctionComponent<Props>
  let Part = createPart()
  return (props) => {
    if (import.meta.env.SSR) noteModule(module)
    return createElement(Part, props)
  }
}
