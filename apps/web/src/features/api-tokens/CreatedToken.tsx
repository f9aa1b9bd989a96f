import type { CreatedApiToken } from "@peering-desk/shared-schemas"
import { Button } from "#ui/Button.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { formatCurlExample, readTokenCommand } from "./curl-example.ts"

/** Shows a new token, this once, and a first call with it. */
export function CreatedToken({
  created: { token, secret },
  exampleProject,
  onClose,
}: {
  created: CreatedApiToken
  /** A project that the token may read; null when none is known. */
  exampleProject: string | null
  onClose: () => void
}) {
  return (
    <div className="stack">
      <div className="stack gap-10">
        <CopyBlock label="Token" about={token.name} text={secret} />
        <output className="block">
          <strong>Copy it now. You won't see it again.</strong>
        </output>
      </div>
      {exampleProject !== null && (
        <div className="stack gap-10">
          <p>To try it, run this in a shell, paste the token and press Enter:</p>
          <CopyBlock label="Read the token" about="into the shell" text={readTokenCommand} />
          <p>Then list the project's connections:</p>
          <CopyBlock
            label="curl"
            about="lists connections"
            text={formatCurlExample(location.origin, exampleProject)}
          />
        </div>
      )}
      <div className="row">
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  )
}
