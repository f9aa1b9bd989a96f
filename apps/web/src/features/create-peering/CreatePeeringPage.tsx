import { PageHeading } from "#ui/PageHeading.tsx"

/** The form for a new connection. */
export function CreatePeeringPage({ projectId }: { projectId: string }) {
  return <PageHeading title="New connection">In project {projectId}</PageHeading>
}
