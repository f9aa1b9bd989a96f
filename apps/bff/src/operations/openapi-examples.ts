import type { SchemaName } from "@peering-desk/shared-schemas"

const reason = "Orders reads the ledger (NET-1311)"
const awsRequest = {
  providerName: "AWS",
  containerId: "507f1f77bcf86cd799439011",
  accepterRegionName: "us-east-1",
  awsAccountId: "482913570264",
  routeTableCidrBlock: "10.20.0.0/16",
  vpcId: "vpc-0a1b2c3d4e5f60718",
} as const

/** Examples of bodies, by the schema that the route table names. A test compares each with its schema, and misses none. */
export const bodyExamples: Partial<Record<SchemaName, Readonly<Record<string, object>>>> = {
  CreatePeering: {
    aws: { request: awsRequest, reason },
    gcp: {
      request: {
        providerName: "GCP",
        containerId: "507f1f77bcf86cd799439012",
        gcpProjectId: "ledger-prod-381204",
        networkName: "ledger-vpc",
      },
      reason,
    },
    azure: {
      request: {
        providerName: "AZURE",
        containerId: "new",
        azureDirectoryId: "4fd13ff2-6b61-4a2b-9d6e-2f0a3c6f7b10",
        azureSubscriptionId: "9c1a8a1e-52c7-4b43-9b2a-6f3f8e0d4a21",
        resourceGroupName: "rg-ledger",
        vnetName: "vnet-ledger",
      },
      newContainer: { providerName: "AZURE", atlasCidrBlock: "192.168.248.0/21", region: "US_EAST_2" },
      reason,
    },
  },
  PeeringDraft: { draft: { providerName: "AWS", request: { vpcId: "vpc-0a1b2c3d4e5f60718" } } },
  ListManagedKey: { terraform: { key: "abcdefgh", name: "terraform-prod" } },
  PasteFacts: {
    routes: {
      text: '{ "RouteTables": [{ "RouteTableId": "rtb-0a17", "VpcId": "vpc-0a1b2c3d4e5f60718", "OwnerId": "482913570264", "Routes": [] }] }',
    },
  },
  BeginCloudAccount: { ledger: { projectId: "507f1f77bcf86cd799439011", name: "Ledger production" } },
  NameCloudRole: { read: { roleArn: "arn:aws:iam::482913570264:role/peering-desk-read" } },
  KeepPreset: {
    preset: {
      name: "Ledger in us-east-1",
      draft: { providerName: "AWS", request: { accepterRegionName: "us-east-1" } },
    },
  },
  ChangePeering: { range: { change: { routeTableCidrBlock: "10.21.0.0/16" }, reason } },
  DeletePeering: { deletion: { name: "vpc-0a1b2c3d4e5f60718", reason } },
  RequestAgain: { again: { name: "vpc-0a1b2c3d4e5f60718", reason } },
  SetLabel: { label: { label: "Orders → Ledger" } },
  TickStep: { done: { done: true } },
  CreateContainer: {
    aws: {
      container: { providerName: "AWS", atlasCidrBlock: "192.168.248.0/21", regionName: "US_EAST_1" },
      reason,
    },
  },
  ChangeReason: { reason: { reason } },
  ChangeProjectSetting: { on: { enabled: true, reason }, off: { enabled: false, reason } },
  PolicyQuestion: { entry: { kind: "access-list-add", entry: "10.20.0.0/16" } },
  AddToAccessList: { block: { entry: { cidrBlock: "10.20.0.0/16", comment: "Orders" }, reason } },
  MakeHandOff: { day: { expiresInHours: 24, for: "Network team" } },
  HandOffDone: { pressed: {} },
  AnswerDecline: { question: { answer: "Which VPC is it? We can send a new request today." } },
  HandOffDecline: { declined: { reason: "This VPC has no route to spare" } },
  CreateApiToken: {
    script: { name: "nightly report", projects: "*", role: "viewer", expiresInDays: 30 },
  },
  SaveView: { view: { name: "Waiting for me", query: "status=waiting" } },
  AcknowledgeFlaws: { flaw: { flaws: [1204], reason: "Restored from the backup of 3 May" } },
  ApproveApproval: { approval: { planHash: "5f".repeat(32) } },
  DeclineApproval: { declined: { reason: "Use the shared VPC" } },
  TestApprovalPolicy: {
    create: {
      projectId: "507f1f77bcf86cd799439011",
      providerName: "AWS",
      action: "create",
      asker: "requester",
    },
  },
  CreateNotificationRoute: {
    webhook: {
      name: "Platform",
      projects: "*",
      clouds: ["AWS"],
      events: ["action-required"],
      channel: "webhook",
      url: "https://hooks.example.com/peering",
    },
  },
  ChangeNotificationRoute: { off: { on: false } },
  ChooseMail: { some: { events: ["action-required", "failed"] } },
  MarkRead: { all: { upTo: 1204 } },
}
