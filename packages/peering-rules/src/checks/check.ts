import type { Check, CheckId, CheckStatus, ProjectAddresses } from "@peering-desk/shared-schemas"
import { toCount } from "#formats/phrases.ts"
import type { RedCode } from "./red-codes.ts"

interface About {
  restsOn: string
  field?: string
  peering?: Check["peering"]
}

/** Returns builders of one check, by its result. `red` takes only an errorCode that is listed for the check. */
export function createCheck<Id extends CheckId>(id: Id, about: About) {
  const build = (status: CheckStatus, says: string, errorCode: string | null): Check => {
    return { id, status, says, errorCode, field: null, ...about }
  }
  return {
    green: (says: string) => build("green", says, null),
    /** @param mayBecome the errorCode that Atlas might answer */
    amber: (says: string, mayBecome: string | null = null) => build("amber", says, mayBecome),
    open: (says: string) => build("open", says, null),
    /** Builds an open check that a value of the draft will decide. */
    awaiting: (says: string, mayBecome: string | null = null): Check => ({
      ...build("open", says, mayBecome),
      awaitsInput: true,
    }),
    red: (errorCode: RedCode<Id>, says: string) => build("red", says, errorCode),
  }
}

/** The source of checks that look only at the draft. */
export const whatIsFilledIn = "the form"

export function toRestsOnContainers({ project, containers }: ProjectAddresses): string {
  return `${toCount(containers.length, "container")} in ${project.name}`
}

export function toRestsOnPeers({ project, peers }: ProjectAddresses): string {
  return `${toCount(peers.length, "connection")} in ${project.name}`
}

/** Tells if a list of a project is missing or old, so that something absent from it may exist. */
export function isUnread({ readAt, problem }: ProjectAddresses): boolean {
  return readAt === null || problem !== null
}

/** Says why an absence is uncertain. */
export function sayUnread({ project }: ProjectAddresses): string {
  return `Couldn't read ${project.name} from Atlas`
}
