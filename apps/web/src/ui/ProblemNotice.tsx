import type { ComponentProps, ReactNode } from "react"
import { Notice } from "./Notice.tsx"
import { ProblemFacts } from "./ProblemFacts.tsx"

interface Props extends ComponentProps<typeof ProblemFacts> {
  title: string
  advice: string
  detail: string | null
  /** Reads it out when it appears: for answers to something the person just did. */
  announce?: boolean
  tone?: "failed" | "you"
  actions?: ReactNode
}

/** Explains a failed call, then shows Atlas's own words and what support asks for. */
export function ProblemNotice(props: Props) {
  const { title, advice, detail } = props
  return (
    <Notice
      tone={props.tone ?? "failed"}
      title={title}
      announce={props.announce ?? false}
      actions={props.actions}
    >
      <p>{advice}</p>
      {detail !== null && <p>{detail}</p>}
      <ProblemFacts {...props} />
    </Notice>
  )
}
