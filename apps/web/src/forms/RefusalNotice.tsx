import { explainRefusal, type Act } from "@peering-desk/peering-rules"
import type { AtlasRefusal, PeeringRequest, Problem } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { addressSpaceQuery } from "#api/address-space.ts"
import { RequestError } from "#api/request-error.ts"
import { Notice } from "#ui/Notice.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { toProblemWords } from "#wording/problem-words.ts"

/** Where an act leads to; the room of forms knows no page itself. */
interface Paths {
  home: () => string
  connection: (projectId: string, peeringId: string) => string
  containers: (projectId: string) => string
  addressMap: () => string
  keys: () => string
}

interface Props {
  error: unknown
  projectId: string
  /** What was asked for, as it was sent; null where that is no connection. */
  request: PeeringRequest | null
  /** Fields that stand on the page and say themselves what is wrong with them. */
  shownFields: readonly string[]
  paths: Paths
  link: (href: string, words: string) => ReactNode
  actions?: ReactNode
}

/** Why what was asked for did not happen: a refusal of Atlas that we know with what the person's own data say of it. */
export function RefusalNotice(props: Props) {
  const { error, shownFields, actions } = props
  const problem = error instanceof RequestError ? error.problem : null
  const words = toProblemWords(error)
  const wrong = Object.entries(problem?.fields ?? {})
    .filter(([name]) => !shownFields.includes(name))
    .map(([name, says]) => `${name}: ${says}`)
  const refusal = problem?.atlas
  if (problem != null && refusal !== undefined && isKnown(refusal))
    return <KnownRefusal {...props} problem={problem} refusal={refusal} wrong={wrong} />
  const detail = [words.detail, ...wrong].filter(Boolean).join(" · ")
  return <ProblemNotice {...words} detail={detail || null} announce actions={actions} />
}

function isKnown(refusal: AtlasRefusal): boolean {
  return explainRefusal({ refusal, request: null, here: null }).isKnown
}

function KnownRefusal({
  problem: { detail, requestId },
  refusal,
  wrong,
  projectId,
  request,
  paths,
  link,
  actions,
}: Props & { problem: Problem; refusal: AtlasRefusal; wrong: readonly string[] }) {
  const { data: projects } = useQuery(addressSpaceQuery(projectId))
  const here = projects?.find(({ project }) => project.id === projectId) ?? null
  const { what, evidence, todo, act } = explainRefusal({ refusal, request, here })
  const way = act === null ? null : toWay(act, projectId, paths)
  return (
    <Notice
      tone="failed"
      title={what}
      announce
      actions={
        <>
          {actions}
          {way !== null && way.href !== location.pathname && link(way.href, way.words)}
        </>
      }
    >
      {evidence.map((one) => (
        <p key={one}>{one}</p>
      ))}
      <p>{detail ?? todo}</p>
      {wrong.length > 0 && <p>{wrong.join(" · ")}</p>}
      <p>
        Atlas says <code>{refusal.errorCode}</code> (HTTP {refusal.status})
        {refusal.detail !== null && `: ${refusal.detail}`}. Request id <code>{requestId}</code>
      </p>
    </Notice>
  )
}

/** The page on which it is put right; null for what is done on the page itself, or elsewhere. */
function toWay(act: Act, projectId: string, paths: Paths): { href: string; words: string } | null {
  switch (act.kind) {
    case "open-connection":
      return { href: paths.connection(projectId, act.peerId), words: "Open that connection" }
    case "open-containers":
      return { href: paths.containers(projectId), words: "The project's containers" }
    case "open-peering-only-mode":
      return { href: paths.containers(projectId), words: "To peering-only mode" }
    case "open-keys":
      return { href: paths.keys(), words: "To the keys" }
    case "choose-project":
      return { href: paths.home(), words: "Choose a project" }
    case "find-free-block":
      return { href: paths.addressMap(), words: "Find a free block on the address map" }
    default:
      return null
  }
}
