import type { ProviderName } from "@peering-desk/shared-schemas"
import { Card } from "#ui/Card.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import styles from "./create-peering.module.css"

interface Step {
  who: "you" | "atlas"
  when: string
  what: string
}

const steps: Record<ProviderName, readonly Step[]> = {
  AWS: [
    { who: "atlas", when: "At once", what: "Atlas sends a peering request to your AWS account." },
    {
      who: "you",
      when: "Within 7 days",
      what: "Somebody who administers the VPC accepts the request in AWS. After 7 days it lapses and you ask anew.",
    },
    { who: "atlas", when: "Then", what: "Atlas adds its routes and the connection becomes available." },
    {
      who: "you",
      when: "To use it",
      what: "Route Atlas's address block to the peering in your route tables, let TCP 27015–27017 out to it, switch on DNS hostnames and DNS resolution in the VPC, and put the VPC's block on the project's IP access list.",
    },
  ],
  GCP: [
    {
      who: "atlas",
      when: "First",
      what: "Atlas prepares its network and says its project and network name.",
    },
    {
      who: "you",
      when: "When Atlas is ready",
      what: "Somebody who administers your network creates a peering back, to Atlas's project and network, not to your own. The connection's page will name both. It waits for as long as that takes.",
    },
    {
      who: "atlas",
      when: "Then",
      what: "The connection becomes available, in every region of your network.",
    },
    {
      who: "you",
      when: "To use it",
      what: "Put your network's address blocks on the project's IP access list and use the private connection string.",
    },
  ],
  AZURE: [
    {
      who: "you",
      when: "Before you create it",
      what: "Somebody who administers the VNet gives Atlas's application a role on it; how, stands in the form. Without it Azure refuses Atlas.",
    },
    {
      who: "atlas",
      when: "Then",
      what: "Atlas peers both sides by itself; there is nothing to accept. It becomes available or fails, mostly within minutes.",
    },
    {
      who: "you",
      when: "To use it",
      what: "Put the VNet's address block on the project's IP access list and use the private connection string.",
    },
  ],
}

/** Shows who has to do what, and when, until a peering in this cloud works. */
export function NextSteps({ providerName }: { providerName: ProviderName }) {
  return (
    <Card title="What happens next">
      <ol className={styles.steps}>
        {steps[providerName].map(({ who, when, what }) => (
          <li key={when}>
            <p className={styles.stepHead}>
              <Pill tone={who}>{who === "you" ? "Your side" : "Atlas"}</Pill>
              <span className={styles.when}>{when}</span>
            </p>
            <p>{what}</p>
          </li>
        ))}
      </ol>
    </Card>
  )
}
