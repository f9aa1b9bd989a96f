import { explainRefusal, type Act, toDraftOf } from "@peering-desk/peering-rules"
import type { AtlasPeer, AtlasRefusal } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { addressSpaceQuery } from "#api/projects/address-space.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { ProblemFacts } from "#ui/ProblemFacts.tsx"
import { toLinkQuery } from "#shared/connection-link.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { useAppPermissions } from "#shared/permissions.ts"
import type { RefusalProps } from "./refusal-props.ts"

/** The form field beside the steps that give the permission. */
const azurePermissionField = "permittedFor"

interface Props extends RefusalProps {
  atlas: AtlasRefusal
  /** Errors of fields that are not on the page. */
  wrong: readonly string[]
  /** Shown for an unknown refusal. */
  unknown: ReactNode
}

/** Explains a refusal of Atlas with the project's data: what happened, what to do, a link there, and Atlas's words. */
export function ExplainedRefusal(props: Props) {
  const { words, announce, tone = "failed", actions, before = "", wrong, unknown } = props
  const mayBeDone = words.code === "outcome_unknown"
  const { isKnown, what, evidence, todo, act } = useExplanation(props, mayBeDone)

  if (!isKnown) return unknown
  return (
    <Notice
      tone={tone}
      title={`${before}${what}`}
      announce={announce === true}
      actions={
        <>
          {actions}
          {act !== null && <ActButton {...props} act={act} />}
        </>
      }
    >
      {words.detail === null && evidence.map((one) => <p key={one}>{one}</p>)}
      {/* With an unknown outcome the advice depends on the request. */}
      <p>{words.detail ?? (mayBeDone ? words.advice : todo)}</p>
      {wrong.length > 0 && <p>{wrong.join(" · ")}</p>}
      <ProblemFacts {...words} />
    </Notice>
  )
}

/** Reads the project for a known refusal, and explains it with what is read so far. */
function useExplanation({ projectId, about, atlas: refusal, words }: Props, mayBeDone: boolean) {
  const { isKnown } = explainRefusal({ refusal, here: null, mayBeDone })
  const { data: projects } = useQuery({
    ...addressSpaceQuery(projectId ?? undefined),
    enabled: isKnown && projectId !== null,
  })
  const here = projects?.find(({ project }) => project.id === projectId) ?? null
  const { retryAfterSeconds } = words
  return explainRefusal({ ...about, refusal, here, mayBeDone, retryAfterSeconds })
}

function ActButton(props: Props & { act: Act }) {
  const { act, findField } = props
  const { administers } = useAppPermissions()

  if (act.kind === "correct-field" || act.kind === "show-azure-steps") {
    const isField = act.kind === "correct-field"
    const go = findField?.(isField ? act.field : azurePermissionField)
    return (
      go && (
        <Button size="small" onClick={({ currentTarget }) => go(currentTarget)}>
          {isField ? "Go to the field" : "Show the role steps"}
        </Button>
      )
    )
  }
  if (act.kind === "open-keys" && !administers) return null
  const way = toWay(act, props)
  return way.href === location.pathname ? null : (
    <PageLink size="small" href={way.href}>
      {way.says}
    </PageLink>
  )
}

/** Finds the page that solves the problem. */
function toWay(
  act: Exclude<Act, { kind: "correct-field" | "show-azure-steps" }>,
  { projectId, about }: Props,
): { href: string; says: string } {
  const of = (path: (projectId: string) => string) =>
    projectId === null ? pagePaths.home() : path(projectId)
  switch (act.kind) {
    case "open-connection":
      return { href: of((id) => pagePaths.connection(id, act.peerId)), says: "Open that connection" }
    case "open-connections":
      return { href: of(pagePaths.connections), says: "All connections" }
    case "open-containers":
      return { href: of(pagePaths.containers), says: "Open containers" }
    case "open-peering-only-mode":
      return { href: of(pagePaths.settings), says: "Peering-only mode" }
    case "recreate":
      return { href: `${of(pagePaths.newConnection)}${toDraftQuery(about?.peer)}`, says: "Recreate" }
    case "open-keys":
      return { href: pagePaths.keys(), says: "Atlas keys" }
    case "choose-project":
      return { href: pagePaths.home(), says: "Choose a project" }
    case "find-free-block":
      return { href: pagePaths.addressSpace(), says: "Find a free CIDR" }
  }
}

/** Returns the query that fills in the form with the values of a connection. */
function toDraftQuery(peer: AtlasPeer | undefined): string {
  return peer === undefined ? "" : `?${toLinkQuery(toDraftOf(peer))}`
}
