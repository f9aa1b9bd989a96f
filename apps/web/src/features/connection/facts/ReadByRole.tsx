import type { KnownFacts, Peering } from "@peering-desk/shared-schemas"
import { useReadFacts } from "#api/peerings/network-facts.ts"
import { toProblemWords } from "#copy/problems.ts"
import { usePermissions } from "#shared/permissions.ts"
import { Button } from "#ui/Button.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { Notice } from "#ui/Notice.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { TimeAgo } from "#ui/time/TimeAgo.tsx"

/** The connected account that has the network: when it was read, whether that still works, and the way to read it now. */
export function ReadByRole({
  peering,
  account,
  readWords,
}: {
  peering: Peering
  account: NonNullable<KnownFacts["account"]>
  /** Shown once it was read again. */
  readWords: string
}) {
  const { mayChange } = usePermissions()
  const { mutate, isPending, isSuccess, error } = useReadFacts(peering)
  const { name, readAt, missing } = account
  return (
    <>
      <NotRead account={account} />
      {missing.length > 0 && (
        <p className="quiet text-13">
          Not checked for lack of rights in {name}: <span className="mono">{missing.join(", ")}</span>
        </p>
      )}
      <div className="row">
        {mayChange && (
          <Button aria-disabled={isPending} onClick={() => !isPending && mutate()}>
            <Icon name="refresh" />
            {isPending ? "Checking…" : "Check now"}
            {/* The button of the page's head asks Atlas. */} <span className="visually-hidden">in AWS</span>
          </Button>
        )}
        <span className="quiet text-13">
          {name} · {readAt === null ? "not read yet" : "last read "}
          {readAt !== null && <TimeAgo at={readAt} />}
        </span>
        <output className="visually-hidden">{isSuccess && !isPending && readWords}</output>
      </div>
      {error !== null && <ProblemNotice {...toProblemWords(error)} announce />}
    </>
  )
}

/** Says from when the facts are while the role can't be used. */
function NotRead({
  account: { name, state, since, problem, readAt },
}: {
  account: NonNullable<KnownFacts["account"]>
}) {
  if (state !== "refused" && state !== "unreachable") return null
  return (
    <Notice
      tone={state === "refused" ? "failed" : "you"}
      title={
        <>
          {readAt === null ? (
            "No facts yet"
          ) : (
            <>
              Facts of <Timestamp at={readAt} />
            </>
          )}
          {state === "refused" ? `: the role of ${name} is refused since ` : `: AWS wasn't reached since `}
          <Timestamp at={since} />
        </>
      }
    >
      {problem !== null && <p>{problem}</p>}
    </Notice>
  )
}
