import { apiUrls, type Container } from "@peering-desk/shared-schemas"
import { lazy, Suspense } from "react"
import { Link, useLocation } from "wouter"
import { RequestError } from "#api/request-error.ts"
import { pagePaths } from "#page-paths.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { toProblemWords } from "#wording/problem-words.ts"
import { MadeContainer } from "./MadeContainer.tsx"
import type { Attempt } from "./peering-draft.ts"
import type { Outcome } from "./use-peering-form.ts"

// The catalogue of refusals is large, and most sends meet none.
const RefusalNotice = lazy(async () => ({
  default: (await import("#forms/RefusalNotice.tsx")).RefusalNotice,
}))

const safe =
  "The request may have reached Atlas. Checking is safe: the server looks the connection up and does not ask for a second one."

/** What came of a send that did not end with a connection. */
export function SubmitOutcome({
  projectId,
  outcome,
  fieldNames,
  checking,
  asked,
  onCheckAgain,
  onReuse,
}: {
  projectId: string
  outcome: NonNullable<Outcome>
  /** Fields that stand on the page and say themselves what is wrong with them. */
  fieldNames: readonly string[]
  checking: boolean
  /** The block that a new container was asked for with; null without one. */
  asked: string | null
  onCheckAgain: (attempt: Attempt) => Promise<void>
  /** Chooses a container that was made. */
  onReuse: (container: Container) => void
}) {
  const words = toProblemWords(outcome.error)
  const made = outcome.error instanceof RequestError ? outcome.error.problem?.made : undefined
  const why = [words.title, words.atlas?.detail].filter(Boolean).join(". ")
  const rest = made !== undefined && <MadeContainer {...{ projectId, made, asked, why, onReuse }} />

  if (outcome.kind === "refused") {
    return (
      <>
        <Suspense fallback={<ProblemNotice {...words} />}>
          <RefusalNotice
            error={outcome.error}
            projectId={projectId}
            request={outcome.attempt.request}
            shownFields={fieldNames}
            paths={pagePaths}
            link={(href, says) => (
              <Link href={href} asChild>
                <LinkButton size="small">{says}</LinkButton>
              </Link>
            )}
            actions={words.code === "not_signed_in" && <SignIn />}
          />
        </Suspense>
        {rest}
      </>
    )
  }

  return (
    <Notice
      announce
      title={outcome.error === null ? "A request was sent and its answer was not seen" : words.title}
      actions={
        <>
          {words.code === "not_signed_in" && <SignIn />}
          <Button size="small" aria-disabled={checking} onClick={() => void onCheckAgain(outcome.attempt)}>
            {checking ? "Checking…" : "Check again"}
          </Button>
          <Link href={pagePaths.connections(projectId)} asChild>
            <LinkButton size="small">All connections</LinkButton>
          </Link>
        </>
      }
    >
      <p>
        This is about {toNetworkName(outcome.attempt)}. {(outcome.error !== null && words.detail) || safe}{" "}
        When it is found, its page opens.
      </p>
      {words.requestId !== null && (
        <p>
          Request id <code>{words.requestId}</code>
        </p>
      )}
    </Notice>
  )
}

/** Back to this form, whose content is kept. */
function SignIn() {
  const [path] = useLocation()
  return (
    <LinkButton size="small" href={apiUrls.signIn(path)}>
      Sign in again
    </LinkButton>
  )
}

function toNetworkName({ request }: Attempt) {
  switch (request.providerName) {
    case "AWS":
      return <code>{request.vpcId}</code>
    case "GCP":
      return <code>{request.networkName}</code>
    case "AZURE":
      return <code>{request.vnetName}</code>
  }
}
