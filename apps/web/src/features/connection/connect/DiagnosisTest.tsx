import {
  buildDiagnoses,
  chooseConnectionString,
  listTestHosts,
  readDiagnosis,
  type Diagnosis,
} from "@peering-desk/peering-rules"
import { useState } from "react"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { PasteReading } from "#shared/PasteReading.tsx"
import { Button } from "#ui/Button.tsx"
import { SegmentedControl } from "#ui/fields/SegmentedControl.tsx"
import { SelectField } from "#ui/fields/SelectField.tsx"
import { CopyOutcome } from "#ui/CopyOutcome.tsx"
import { useCopy } from "#ui/hooks/use-copy.ts"
import { useClusterString } from "./use-cluster-string.ts"

const toolWords: Record<Diagnosis["tool"], string> = { shell: "bash, zsh, sh", powershell: "PowerShell" }

/** The test script of a connection, and the verdict on what it prints. */
export function DiagnosisTest({ onOpenStep }: { onOpenStep: (stepId: string) => void }) {
  const { peering, container, clusterId, chooseCluster } = useConnectionPage()
  const { peer } = peering
  const { providerName } = peer
  const { context, behind } = useClusterString()
  const atlasCidr = container?.atlasCidrBlock ?? null
  const ready = behind.flatMap((one) => {
    const choice = chooseConnectionString(context, one)
    if (choice.kind === "not-ready") return []
    return [{ cluster: one.cluster, hosts: listTestHosts(one.cluster, choice.name) }]
  })
  const chosen = ready.find(({ cluster }) => cluster.id === clusterId) ?? ready[0]
  const [tool, setTool] = useState<Diagnosis["tool"]>("shell")
  const scripts = buildDiagnoses({ providerName, atlasCidr, hosts: chosen?.hosts ?? [] })
  const text = (scripts.find((script) => script.tool === tool) ?? scripts[0])?.text ?? ""
  return (
    <div className="stack gap-12">
      {ready.length > 1 && (
        <SelectField
          label="Cluster to test"
          options={ready.map(({ cluster }) => [cluster.id, cluster.name] as const)}
          value={chosen?.cluster.id ?? null}
          onChange={chooseCluster}
        />
      )}
      {scripts.length > 1 && (
        <SegmentedControl
          label="Shell of the test script"
          options={scripts.map((script) => ({ value: script.tool, title: toolWords[script.tool] }))}
          value={tool}
          onChange={setTool}
        />
      )}
      {text === "" ? (
        <p>A hostname or the Atlas CIDR contains control or invisible characters. No script is shown.</p>
      ) : (
        <Script
          key={text}
          text={text}
          about={
            chosen === undefined
              ? "Set CLUSTER_HOST to a host of the cluster first."
              : `Tests ${chosen.cluster.name}: name, route, TCP 27015–27017 and TLS. It changes nothing.`
          }
        />
      )}
      <PasteReading
        label="Output of the test script"
        hint="Read in this page only, not sent anywhere"
        read={(printed) =>
          readDiagnosis(printed, {
            providerName,
            atlasCidr,
            networkCidr: peer.providerName === "AWS" ? (peer.routeTableCidrBlock ?? null) : null,
          })
        }
        toActions={({ step }) =>
          step === null ? null : (
            <Button size="small" onClick={() => onOpenStep(step)}>
              Open the step
            </Button>
          )
        }
      />
    </div>
  )
}

function Script({ text, about }: { text: string; about: string }) {
  const { copied, copy } = useCopy(text)
  return (
    <>
      <div className="row">
        <Button onClick={copy}>
          {copied === "no" ? "Copy test script" : copied === "yes" ? "Copied" : "Can't copy"}
        </Button>
        <span className="quiet">{about}</span>
        <CopyOutcome copied={copied} what="Test script" />
      </div>
      <details className="fold apart">
        <summary>Show the script</summary>
        <pre className="flat code raw-text pad-y-10 pad-x-12 select-all">{text}</pre>
      </details>
    </>
  )
}
