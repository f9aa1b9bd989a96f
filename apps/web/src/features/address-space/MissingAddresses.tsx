import type { AddressPicture } from "@peering-desk/peering-rules"
import type { ProjectAddresses } from "@peering-desk/shared-schemas"
import { Notice } from "#ui/Notice.tsx"
import { getProblemText } from "#copy/problems.ts"
import { formatCount } from "#copy/counts.ts"
import { findLane } from "./lane-view.ts"

/** Lists what the map can't show and why, so that nobody takes such a gap for free. */
export function MissingAddresses({
  spaces,
  picture: { blocks, untoldPeers, unreadable },
}: {
  spaces: readonly ProjectAddresses[]
  picture: AddressPicture
}) {
  const outside = blocks.filter((block) => findLane(block) === null).length
  const incomplete = spaces.flatMap(({ project, problem }) =>
    problem === null ? [] : [{ project, problem }],
  )
  return (
    <>
      {incomplete.length > 0 && (
        <Notice tone="you" title="The map is not whole: some lists could not be read, or are old">
          <ul>
            {incomplete.map(({ project, problem }) => (
              <li key={project.id}>
                {project.name}: {getProblemText(problem).title}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {untoldPeers + unreadable + outside > 0 && (
        <Notice title="Not everything can be drawn">
          {untoldPeers > 0 && (
            <p>
              {untoldPeers === 1 ? "1 connection" : `${untoldPeers} connections`} on Google Cloud and Azure{" "}
              {untoldPeers === 1 ? "has" : "have"} addresses that Atlas does not tell.
            </p>
          )}
          {unreadable > 0 && <p>Atlas gives no readable address block for {unreadable} more.</p>}
          {outside > 0 && (
            <p>
              {formatCount(outside, "block")} outside of the private ranges: in the table, not on the map.
            </p>
          )}
        </Notice>
      )}
    </>
  )
}
