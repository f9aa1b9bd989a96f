import type { About } from "@peering-desk/peering-rules"
import { apiUrls, getNetworkName, type Container } from "@peering-desk/shared-schemas"
import { Suspense } from "react"
import { useLocation } from "wouter"
import { getProblem } from "#api/request-error.ts"
import { ProblemFacts } from "#ui/ProblemFacts.tsx"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { Button, LinkButton } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { getProblemText, toProblemWords, type ProblemWords } from "#copy/problems.ts"
import type { Attempt } from "#features/create-peering/draft/peering-draft.ts"
import { useCloudFormContext } from "./cloud-form-context.ts"
import type { Outcome } from "./use-send.ts"
import { lazyPart } from "#ui/lazy-part.tsx"

// Only a create that stopped half-way needs it.
const CreatedContainer = lazyPart(async () => (await import("./CreatedContainer.tsx")).CreatedContainer)

const safe =
  "The request may have reached Atlas. Check now: the server looks for the connection, and sends the request only if it never arrived."

/** Shows how a send ended that created no peering: refused, or with a lost answer. */
export function SubmitOutcome({
  projectId,
  outcome,
  findField,
  asked,
  onReuse,
}: {
  projectId: string
  outcome: NonNullable<Outcome>
  /** Finds a function that moves the focus to a field; null when the form lacks the field. */
  findField: (name: string) => (() => void) | null
  /** The requested CIDR of a new container; null without one. */
  asked: string | null
  /** Selects the created container. */
  onReuse: (container: Container) => void
}) {
  if (outcome.kind === "changed") {
    const { title, advice } = getProblemText("plan_changed")
    return (
      <Notice tone="you" title={title} announce>
        <p>{advice}</p>
      </Notice>
    )
  }
  const words = toProblemWords(outcome.error)
  const made = getProblem(outcome.error)?.made
  const why = [words.title, words.atlas?.detail].filter(Boolean).join(". ")
  // The panel has the server's checks by now.
  if (words.code === "preflight_refused" && made === undefined)
    return (
      <Notice title="Not created" announce>
        <p>
          The project changed. See <a href="#verdict">Plan and checks</a>.
        </p>
      </Notice>
    )
  if (outcome.kind === "refused") {
    return (
      <>
        <RefusalNotice
          words={words}
          projectId={projectId}
          about={toAbout(outcome.attempt, made)}
          findField={findField}
          announce
          actions={words.code === "not_signed_in" && <SignIn />}
        />
        <Suspense>
          {made !== undefined && <CreatedContainer {...{ projectId, made, asked, why, onReuse }} />}
        </Suspense>
      </>
    )
  }
  return <LostAnswer {...{ projectId, outcome, words }} />
}

/** Leads to the connection that a request without an answer may have created. */
function LostAnswer({
  projectId,
  outcome: { error, attempt },
  words,
}: {
  projectId: string
  outcome: { error: unknown; attempt: Attempt }
  words: ProblemWords
}) {
  const { sending, checkAgain } = useCloudFormContext()
  return (
    <Notice
      announce
      title={error === null ? "Sent, but the answer was lost" : words.title}
      actions={
        <>
          {words.code === "not_signed_in" && <SignIn />}
          <Button size="small" isBusy={sending} onClick={() => void checkAgain(attempt)}>
            {sending ? "Checking…" : "Check now"}
          </Button>
          <PageLink size="small" href={pagePaths.connections(projectId)}>
            All connections
          </PageLink>
        </>
      }
    >
      <p>
        <code>{getNetworkName(attempt.request)}</code>: {(words.code !== null && words.detail) || safe} If the
        connection exists, its page opens.
      </p>
      <ProblemFacts {...words} />
    </Notice>
  )
}

/** Describes the request for its explanation. A container that was created meanwhile replaces the requested one. */
function toAbout({ request, newContainer }: Attempt, made: Container | undefined): About {
  if (made !== undefined) return { request: { ...request, containerId: made.id }, container: made }
  return { request, ...(newContainer && { container: newContainer }) }
}

/** Links to the sign-in, which returns to this form. The draft survives it. */
function SignIn() {
  const [path] = useLocation()
  return (
    <LinkButton size="small" href={apiUrls.signIn({ return: path })}>
      Sign in again
    </LinkButton>
  )
}
