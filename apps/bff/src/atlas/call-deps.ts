import type { RawAnswer } from "@peering-desk/shared-schemas"
import type { Logger } from "#base/logger.ts"
import type { CallAtlas } from "./atlas-call.ts"
import type { AtlasPaths } from "#atlas/protocol/atlas-paths.ts"

/** Dependencies of the calls about one kind of resource. */
export interface CallDeps {
  call: CallAtlas
  /** Reads every entry of a list, page by page. */
  listAll: (path: string, query?: Record<string, string>, mediaType?: string) => Promise<RawAnswer[]>
  paths: AtlasPaths
  logger: Logger
}
