import { awaitOwner, fillIn, type Scene } from "./scene.ts"

export const awsScene: Scene = {
  id: "aws",
  title: "AWS, from form to connection string",
  cloud: "AWS",
  steps: [
    fillIn,
    awaitOwner("AWS asks the owner of the VPC. The page says who must accept what, and until when.", [
      { kind: "owner", act: "accept" },
    ]),
    {
      title: "The link closes",
      caption: "The owner accepted. Atlas finishes, and the page followed without a reload.",
      waitFor: { status: "AVAILABLE" },
      goTo: "connection",
    },
    {
      title: "The right connection string",
      caption:
        "Connect shows the string that uses the peering, and warns of the one that is often used by mistake.",
      goTo: "connection",
    },
  ],
}

export const overlapScene: Scene = {
  id: "overlap",
  title: "An overlap, found before sending",
  cloud: "AWS",
  overlaps: true,
  steps: [
    {
      title: "Addresses that are taken",
      caption:
        "Another VPC of this container has the same CIDR. Atlas would say so after the request; the checks on the right say it now.",
      goTo: "form",
      acts: [{ kind: "press", button: "apply-fix" }],
    },
    {
      title: "The suggested fix",
      caption:
        "This VPC has a second CIDR that is free. Apply filled it in, and the server agrees: ready to create.",
      waitFor: { form: "ready" },
      acts: [{ kind: "press", button: "create" }],
    },
    awaitOwner("Fixed before sending; now the owner is asked.", [{ kind: "owner", act: "accept" }]),
    {
      title: "Available",
      caption: "Available at the first try.",
      waitFor: { status: "AVAILABLE" },
      goTo: "connection",
    },
  ],
}

export const azureRoleScene: Scene = {
  id: "azure-role",
  title: "Azure, the role is missing",
  cloud: "AZURE",
  before: [{ kind: "azure-role", isAssigned: false }],
  steps: [
    {
      title: "One form, one more step",
      caption:
        "Azure needs a role on the VNet first, and the form has the commands for it. Next sends it although nobody ran them.",
      goTo: "form",
      acts: [{ kind: "press", button: "create" }],
    },
    {
      title: "Azure refuses",
      caption: "The form keeps everything, shows Atlas's own words, and says what is missing: the role.",
      waitFor: { ended: "atlas_refused" },
      isForgotten: true,
      acts: [
        { kind: "azure-role", isAssigned: true },
        { kind: "press", button: "create" },
      ],
    },
    {
      title: "The role is assigned",
      caption:
        "The owner ran the commands, and the same form went through. On Azure nobody has to accept: Atlas made both halves.",
      waitFor: { status: "AVAILABLE" },
      goTo: "connection",
    },
  ],
}
