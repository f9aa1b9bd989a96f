import { buildCheckCommand } from "@peering-desk/peering-rules"
import { providerLabels, type HandOffView } from "@peering-desk/shared-schemas"
import { Card } from "#ui/Card.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { Elapsed, Timestamp, Remaining } from "#ui/time/Timestamp.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { formatDeadline } from "#ui/time/times.ts"
import styles from "./hand-off.module.css"
import { toHandOffTurn, nameOwnNetwork, toStateWords, toolWords } from "#copy/hand-off.ts"
import { OwnerStep } from "./OwnerStep.tsx"
import { toOwnerSteps } from "./owner-steps.ts"
import { PressCard } from "./PressCard.tsx"

/** The state of the connection and the owner's steps, with its own values. */
export function HandOffConnection({ token, view }: { token: string; view: HandOffView }) {
  const { peer, projectName } = view
  const steps = toOwnerSteps(view)
  const look = buildCheckCommand(peer, view.container)
  const isOpen = ["you", "atlas"].includes(toHandOffTurn(view))
  const network = nameOwnNetwork(peer)
  return (
    <>
      <PageHeader title={`Peering of ${network} with MongoDB Atlas`}>
        {providerLabels[peer.providerName]}
        {projectName !== null && `, for the Atlas project ${projectName}`}
      </PageHeader>
      <StateCard view={view} />
      {steps.length > 0 && (
        <Card title="What to do">
          <ol className={styles.steps}>
            {steps.map((step) => (
              <OwnerStep key={step.id} step={step} />
            ))}
          </ol>
        </Card>
      )}
      <PressCard key={token} token={token} view={view} />
      {isOpen && look !== null && (
        <Card title="See it as your cloud has it">
          <CopyBlock
            label={toolWords[lookTools[peer.providerName]]}
            about="see how the peering stands"
            text={look}
          />
        </Card>
      )}
      <p className={styles.foot}>
        This link shows this one connection and nothing else. It ends on {formatDeadline(view.expiresAt)}.
      </p>
    </>
  )
}

const lookTools = { AWS: "aws", GCP: "gcloud", AZURE: "az" } as const

function StateCard({ view }: { view: HandOffView }) {
  const { tone, short, strong, more } = toStateWords(view)
  return (
    <Card>
      <div className={styles.state}>
        <Pill tone={tone}>{short}</Pill>
        <p className={styles.strong}>{strong}</p>
        <p>{more}</p>
        {toHandOffTurn(view) === "you" && view.deadline !== null && (
          <p className={styles.deadline}>
            Until {formatDeadline(view.deadline)} (
            <Remaining until={view.deadline} atMost={!view.statusSinceSeen} />
            ); then AWS drops the request.
          </p>
        )}
        <p className={styles.sub}>
          {view.status !== null && (
            <>
              Atlas's word: <code>{view.status}</code>
              {view.statusSince !== null && (
                <>
                  {", since "}
                  <Elapsed since={view.statusSince} seenAlready={!view.statusSinceSeen} />
                </>
              )}
              .{" "}
            </>
          )}
          {view.checkedAt !== null && (
            <>
              Atlas last answered at <Timestamp at={view.checkedAt} />.
            </>
          )}
        </p>
      </div>
    </Card>
  )
}
