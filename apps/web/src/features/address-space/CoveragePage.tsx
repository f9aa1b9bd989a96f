import { AddressSpaceFrame } from "./AddressSpaceFrame.tsx"
import { ProjectCoverage } from "#features/address-space/coverage/ProjectCoverage.tsx"

/** The page of a project's networks by the Atlas regions that they reach. */
export function CoveragePage() {
  return (
    <AddressSpaceFrame tab="coverage" below="Networks and the Atlas regions they reach">
      <ProjectCoverage />
    </AddressSpaceFrame>
  )
}
