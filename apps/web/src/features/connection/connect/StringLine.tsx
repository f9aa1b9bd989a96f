import { useConnectionPage } from "#features/connection/connection-page.ts"
import { Button } from "#ui/Button.tsx"
import { CopyOutcome } from "#ui/CopyOutcome.tsx"
import { useCopy } from "#ui/hooks/use-copy.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { useClusterString } from "./use-cluster-string.ts"

/** The string to use at the end of the line. Nothing without a cluster whose string is ready. */
export function StringLine({
  isProven,
}: {
  /** The whole path is; then the string is what the page is for. */
  isProven: boolean
}) {
  const { chosen, choice } = useClusterString()
  if (chosen === undefined || choice === null)
    return isProven ? <p className="strong">The path to the container is proven.</p> : null
  const { name } = chosen.cluster
  if (choice.kind === "not-ready")
    return (
      <p className="quiet">
        {name}: {choice.why} {choice.next}
      </p>
    )
  return <Line name={name} value={choice.value} isProven={isProven} />
}

function Line({ name, value, isProven }: { name: string; value: string; isProven: boolean }) {
  const connection = useConnectionPage().name
  const { copied, copy } = useCopy(value)
  return (
    <div className="row">
      <p className={isProven ? "narrow wrap" : "quiet"}>
        {isProven ? (
          <>
            <strong>
              {connection} can reach {name}.
            </strong>{" "}
            Use this string:
          </>
        ) : (
          `String for ${name}, works once the path does`
        )}
      </p>
      <code className="edge-strong rounded-8 on-card cut fill-240 pad-y-6 pad-x-12 lines-20 select-all">
        {value}
      </code>
      <Button kind={isProven ? "primary" : "secondary"} onClick={copy}>
        <Icon name="copy" />
        {copied === "no" ? "Copy string" : copied === "yes" ? "Copied" : "Can't copy"}
      </Button>
      <CopyOutcome copied={copied} what="Connection string" />
    </div>
  )
}
