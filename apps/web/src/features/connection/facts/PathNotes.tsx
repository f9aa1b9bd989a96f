import type { FactContradiction, KnownFacts } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { networkFactsQuery, useAcceptFacts } from "#api/peerings/network-facts.ts"
import { firewallNames, nameHolder, toSourceWords } from "#copy/stops.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { usePermissions } from "#shared/permissions.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { TimeAgo, Timestamp } from "#ui/time/Timestamp.tsx"

/** Trouble with what the path rests on: a role that is refused, a link's facts to accept, sources that differ. */
export function PathNotes() {
  const { peering } = useConnectionPage()
  const read = useQuery(networkFactsQuery(peering))
  const { data, error } = read
  return (
    <>
      {data?.account !== undefined && <NotRead account={data.account} />}
      {error !== null && <ReadFailure read={read} projectId={peering.projectId} />}
      {data?.waiting != null && <WaitingFacts {...data.waiting} />}
      <Contradictions contradictions={data?.contradictions ?? []} />
    </>
  )
}

/** What the holder of a share link pasted, which proves nothing until somebody signed in accepts it. */
function WaitingFacts({ by, at }: NonNullable<KnownFacts["waiting"]>) {
  const { mayChange } = usePermissions()
  const { mutate, isPending, error } = useAcceptFacts(useConnectionPage().peering)
  return (
    <>
      <Notice
        title={
          <>
            Pasted by {nameHolder(by)}, <TimeAgo at={at} />
          </>
        }
        actions={
          mayChange && (
            <Button size="small" isBusy={isPending} onClick={() => mutate()}>
              Accept
            </Button>
          )
        }
      >
        <p>It proves nothing until somebody accepts it.</p>
      </Notice>
      <Failure error={error} />
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

const aspects: Readonly<Record<string, string>> = {
  account: "Account",
  directory: "Directory",
  resourceGroup: "Resource group",
  network: "Network",
  region: "Region",
  addresses: "CIDRs",
  dns: "DNS attributes",
  subnets: "Subnets",
  routeTables: "Route tables",
  networkAcls: "Network ACLs",
  peerings: "Peerings",
  serviceRanges: "Service ranges",
  roles: "Roles",
}

/** Sources that differ: the value that counts, and the other one. */
function Contradictions({ contradictions }: { contradictions: readonly FactContradiction[] }) {
  const { providerName } = useConnectionPage().peering.peer
  if (contradictions.length === 0) return null
  return (
    <Notice tone="you" title="Sources differ">
      <ul className="bullets">
        {contradictions.map(({ fact, counts, other }) => (
          <li key={`${fact} ${other.source}`}>
            {fact === "firewalls" ? firewallNames[providerName] : (aspects[fact] ?? fact)}:{" "}
            <Side {...counts} /> counts, not <Side {...other} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Side({ says, source, at }: FactContradiction["counts"]) {
  return (
    <>
      {says} ({toSourceWords(source, null).before} <TimeAgo at={at} />)
    </>
  )
}
