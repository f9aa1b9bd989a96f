import { useQuery } from "@tanstack/react-query"
import { addressSpaceQuery } from "#api/projects/address-space.ts"
import { Button } from "#ui/Button.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { AddressPlan } from "./AddressPlan.tsx"

/** The page that maps the addresses of all projects the person may see. */
export function AddressSpacePage() {
  const { data: spaces, error, isFetching, refetch } = useQuery(addressSpaceQuery())
  const count = spaces?.length ?? 0
  return (
    <>
      <PageHeader
        title="Address map"
        actions={
          <Button aria-disabled={isFetching} onClick={() => !isFetching && void refetch()}>
            {isFetching ? "Reading…" : "Read again"}
          </Button>
        }
      >
        {spaces === undefined
          ? "Who has which addresses, in every project that you may see."
          : `Who has which addresses in ${count === 1 ? "the one project" : `the ${count} projects`} that you may see.`}
      </PageHeader>
      {error !== null && <ProblemNotice {...toProblemWords(error)} />}
      {spaces === undefined && error === null && (
        <p className="shell-wait">Reading the addresses of all projects</p>
      )}
      {spaces !== undefined && <AddressPlan spaces={spaces} />}
    </>
  )
}
