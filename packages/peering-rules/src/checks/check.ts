import type { Check, CheckId, CheckStatus, Fact, ProjectAddresses } from "@peering-desk/shared-schemas"
import { toCount } from "#formats/phrases.ts"
import { readValue, type DraftReading } from "#draft/parse-draft.ts"
import type { RedCode } from "./red-codes.ts"

interface About {
  basedOn: string
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
    /** Builds a plain remark, which is no warning. */
    note: (says: string) => build("note", says, null),
    /** Builds a check that a value of the draft will decide. */
    open: (says: string, mayBecome: string | null = null) => build("open", says, mayBecome),
    /** Builds a check for which something is not known here. */
    unchecked: (says: string) => build("unchecked", says, null),
    red: (errorCode: RedCode<Id>, says: string) => build("red", says, errorCode),
  }
}

/** Checks a draft without a known container: none is chosen, or it could not be read. */
export function checkWithoutContainer(
  { fields, snapshot }: DraftReading,
  question: string,
  check: Pick<ReturnType<typeof createCheck>, "open" | "unchecked">,
): Check {
  const isChosen = readValue({ fields }, "containerId") !== null
  return isChosen && isUnread(snapshot.here)
    ? check.unchecked(`${sayUnread(snapshot.here)}. ${question} not possible without the container`)
    : check.open(`${question} choose a container first`)
}

/** The source of checks that look only at the draft. */
export const whatIsFilledIn = "the form"

/** Names the reading of a role or the look-up that a fact comes from, or what the check lacks. */
export function toBasedOnLookUp(fact: Fact<unknown> | undefined): string {
  if (fact === undefined) return "no look-up"
  const at = `${fact.at.slice(0, 16).replace("T", " ")} UTC`
  if (fact.source !== "read") return `look-up of ${at}`
  return fact.by === undefined ? `read by a role, ${at}` : `read by role ${fact.by}, ${at}`
}

export function toBasedOnContainers({ project, containers }: ProjectAddresses): string {
  return `${toCount(containers.length, "container")} in ${project.name}`
}

export function toBasedOnPeers({ project, peers }: ProjectAddresses): string {
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

/** Says that other projects could not be read; equal for all checks that compare with them, so that a page says it once. */
export function sayUnreadOthers(count: number): string {
  return `Couldn't read ${toCount(count, "other project")} from Atlas. Overlap with what is there not checked`
}
