import type { ReactNode } from "react"
import { AtlasSays } from "./AtlasSays.tsx"
import { Notice } from "./Notice.tsx"
import { ProblemDetails } from "./ProblemDetails.tsx"

interface Props {
  title: string
  advice: string
  detail: string | null
  /** Atlas's own words. */
  atlas: { status: number; errorCode: string | null; detail: string | null } | null
  requestId: string | null
  code: string | null
  retryAfterSeconds: number | null
  /** Reads it out when it appears: for answers to something the person just did. */
  announce?: boolean
  tone?: "failed" | "you"
  actions?: ReactNode
}

/** Explains a failed call, then shows Atlas's own words and what support asks for. */
export function ProblemNotice(props: Props) {
  const { title, advice, detail, atlas, requestId, code, retryAfterSeconds } = props
  return (
    <Notice
      tone={props.tone ?? "failed"}
      title={title}
      announce={props.announce ?? false}
      actions={props.actions}
    >
      <p>
        {advice}
        {retryAfterSeconds !== null && ` Try again in ${retryAfterSeconds} s.`}
      </p>
      {detail !== null && <p>{detail}</p>}
      {atlas !== null && <AtlasSays {...atlas} />}
      <ProblemDetails code={code} requestId={requestId} />
    </Notice>
  )
}
