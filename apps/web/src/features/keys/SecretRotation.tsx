import type { KeyReport, NewSecretTest } from "@peering-desk/shared-schemas"
import { useTestNewSecrets } from "#api/keys.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { AtlasSays } from "#ui/AtlasSays.tsx"
import { Button } from "#ui/Button.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { Notice } from "#ui/Notice.tsx"
import { Section } from "#ui/Section.tsx"
import { formatAddSecret, formatDeleteSecret } from "./secret-commands.ts"

/** Replaces the secrets of service accounts: the commands for Atlas, and the test of a new secret before it is used. */
export function SecretRotation({ keys }: { keys: readonly KeyReport[] }) {
  const test = useTestNewSecrets()
  const accounts = keys.filter(({ kind }) => kind === "service-account")
  if (accounts.length === 0) return null
  return (
    <Section
      title="Replace a secret"
      aside={
        <Button size="small" isBusy={test.isPending} onClick={() => test.mutate()}>
          {test.isPending ? "Testing…" : "Test new secret"}
        </Button>
      }
    >
      <div className="stack gap-12">
        <p>
          Make a second secret in Atlas and put it into the file of the first one. This server tests it at
          Atlas within ten seconds, uses it if it works, and otherwise goes on with the first one, which Atlas
          ends within 7 days once there is a second. The commands take the Atlas CLI, 1.52 or newer, signed in
          as an Organization Owner.
        </p>
        <Failure error={test.error} />
        {test.data?.configurationProblem != null && (
          <Notice tone="failed" title="The files are invalid, so nothing was tested" announce>
            <pre className="small flat raw-text">{test.data.configurationProblem}</pre>
          </Notice>
        )}
        {test.data?.tests.map((one) => (
          <TestResult key={one.label} test={one} />
        ))}
        {accounts.map((account) => (
          <Commands key={account.label} account={account} />
        ))}
      </div>
    </Section>
  )
}

const results = {
  works: { tone: "works", says: "the new secret works. It is used within ten seconds." },
  refused: { tone: "failed", says: "Atlas rejected the new secret. The previous one stays in use." },
  same: { tone: "info", says: "the secret in the file is the one in use." },
  "not-tested": {
    tone: "you",
    says: "the new secret could not be tested. The previous one stays in use.",
  },
} as const

function TestResult({ test: { label, result, atlas } }: { test: NewSecretTest }) {
  const { tone, says } = results[result]
  return (
    <Notice tone={tone} title={`${label}: ${says}`} announce>
      {atlas !== null && <AtlasSays {...atlas} />}
    </Notice>
  )
}

function Commands({ account: { label, maskedId, secret } }: { account: KeyReport }) {
  const { orgId, replacedId, other } = secret ?? { orgId: null, replacedId: null, other: null }
  return (
    <>
      <p>
        <strong>{label}</strong>, client ID <span className="mono">{maskedId}</span>
        {other === null && ": the answer to this command, in new-atlas-secret.json, has the new secret."}
        {replacedId !== null && ": the first secret is no longer used by this server."}
        {other !== null &&
          replacedId === null &&
          ": it has two secrets, the most that Atlas allows. Once this server uses the newer one, the command that deletes the first one is here."}
      </p>
      {other === null && (
        <CopyBlock label="Create the second secret" about={label} text={formatAddSecret({ orgId })} />
      )}
      {replacedId !== null && (
        <CopyBlock
          label="Delete the first secret"
          about={label}
          text={formatDeleteSecret({ orgId }, replacedId)}
        />
      )}
    </>
  )
}
