import { type RunbookStep, toLookUpSubject } from "@peering-desk/peering-rules"
import type { HandOffView } from "@peering-desk/shared-schemas"
import { type ReactNode, useState } from "react"
import { usePasteHandOffFacts } from "#api/peerings/hand-off.ts"
import { nameOwnNetwork, toHandOffTurn } from "#copy/hand-off.ts"
import { PasteLookUp } from "#shared/look-up/PasteLookUp.tsx"
import type { Tool } from "#shared/setup/instruction-tools.ts"
import { Section } from "#ui/Section.tsx"
import { StepCommand } from "./StepCommand.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./hand-off.module.css"

const found = {
  AWS: "security groups, DNS and routes",
  GCP: "firewall and routes",
  AZURE: "NSGs, role and routes",
} as const

/** What the owner may do besides the one act: check the path, and prepare it for applications. */
export function OwnerRows({
  token,
  view,
  steps,
  tool,
  ways,
}: {
  token: string
  view: HandOffView
  steps: readonly RunbookStep[]
  tool: Tool
  /** The switch between the ways to do the steps; null where it stands elsewhere. */
  ways: ReactNode
}) {
  const { askedBy, peer, container, providerName } = view
  const paste = usePasteHandOffFacts(token)
  return (
    <Section
      title={toHandOffTurn(view) === "failed" ? "Before the next request" : "Let applications connect"}
      aside={ways}
    >
      <LaterRow
        title="Check the rest of the path"
        says={`Run one read-only script and paste its answer. ${askedBy.name} sees ${found[providerName]}.`}
      >
        <p className="quiet">{`The script reads ${nameOwnNetwork(peer)} and changes nothing.`}</p>
        <PasteLookUp
          subject={toLookUpSubject(peer, container)}
          paste={paste}
          sentWords={`Sent. ${askedBy.name} sees it.`}
        />
      </LaterRow>
      {steps.map((step) => (
        <LaterRow key={step.id} title={step.title}>
          <p className="quiet">{step.why}</p>
          <StepCommand about={step.title} steps={[step]} tool={tool} />
        </LaterRow>
      ))}
    </Section>
  )
}

/** Something optional in one quiet line, which opens. What was typed in it stays when it closes. */
function LaterRow({ title, says, children }: { title: string; says?: string; children: ReactNode }) {
  const [wasOpen, setWasOpen] = useState(false)
  return (
    <details
      className={`line-below ${styles.later}`}
      onToggle={({ currentTarget }) => currentTarget.open && setWasOpen(true)}
    >
      <summary className="line split gap-12 wide unmarked">
        <span className="narrow">
          <strong className="block">{title}</strong>
          {says !== undefined && <span className="quiet text-13">{says}</span>}
        </span>
        <Icon name="chevron-right" />
      </summary>
      {wasOpen && <div className={`stack gap-10 ${styles.opened}`}>{children}</div>}
    </details>
  )
}
