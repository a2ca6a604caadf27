import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import type { Bundles } from '../bundling/bundles.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { Channels } from '../constructs/channels.ts';
import { DeskDashboard } from '../constructs/desk-dashboard.ts';
import { DeskRoutes } from '../constructs/desk-routes.ts';
import { Dispatch } from '../constructs/dispatch-changes.ts';
import { Feedback } from '../constructs/feedback.ts';
import { Files } from '../constructs/files.ts';
import { openHouse } from '../constructs/house.ts';
import { KnowledgeBase } from '../constructs/knowledge.ts';
import { Links } from '../constructs/links.ts';
import { MailIn } from '../constructs/mail-in.ts';
import { MailOut } from '../constructs/mail-out.ts';
import { Objectives } from '../constructs/objectives.ts';
import { Privacy } from '../constructs/privacy.ts';
import { PublicApi } from '../constructs/public-api.ts';
import { PublicRoutes } from '../constructs/public-routes.ts';
import { Routing } from '../constructs/routing.ts';
import { Sweep } from '../constructs/sweep.ts';
import { TableAlarms } from '../constructs/table-alarms.ts';
import { TextOut } from '../constructs/text-out.ts';
import { TicketPage } from '../constructs/ticket-page.ts';
import { Triage } from '../constructs/triage.ts';
import { WebForm } from '../constructs/web-form.ts';
import { Workflows } from '../constructs/workflows.ts';
import type { DeskFacts } from '../desk-facts.ts';
import type { DataStack } from './data-stack.ts';
import { Watch } from './watch.ts';

export interface ServiceStackProps extends StackProps {
  stage: string;
  /** The desk's mail address, from which it writes and at which it is written to. */
  deskAddress: string;
  mailDomain: string;
  alarmEmail: string | undefined;
  data: DataStack;
  bundles: Bundles;
  workflowsDir: string;
  desk: DeskFacts;
}

/** What can be rebuilt at any time from the repository: it holds nothing that is not also in the data stack. */
export class ServiceStack extends Stack {
  readonly watch: Watch;

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    const { stage, deskAddress, mailDomain, bundles, workflowsDir } = props;
    const { table, mail, team, linkSecret, channelSecrets, mailIdentity } = props.data;
    const alarmTopic = new AlarmTopic(this, 'AlarmTopic', { email: props.alarmEmail });
    this.watch = new Watch(this, 'Watch', { description: 'Careline: who is told of what' });
    const house = { stage, bundles, workflowsDir, watch: this.watch, alarmTopic, alarms: [] };
    openHouse(this, house);
    openHouse(this.watch, house);

    const api = new PublicApi(this, 'Api');
    const links = new Links(linkSecret, api.url, deskAddress);
    const files = new Files(mail);
    new PublicRoutes(this, 'Public', { api, table, links, files });
    new TicketPage(this, 'Ticket', { api, table, links, files });
    new KnowledgeBase(this, 'Knowledge', { api, table, links });
    new Channels(this, 'Channels', { api, table, links, secrets: channelSecrets });
    const deskRoutes = new DeskRoutes(this, 'Team', { api, table, links, team });

    const mailIn = new MailIn(this, 'MailIn', { api, teamOnly: deskRoutes.teamOnly, table, links, mail, mailDomain });
    const mailOut = new MailOut(this, 'MailOut', { table, links, identity: mailIdentity, deskAddress });
    const textOut = new TextOut(this, 'TextOut', { table });

    const workflows = new Workflows(this, 'Workflows', { table, links, desk: props.desk });
    const integrations = new EventBus(this, 'Integrations', { eventBusName: `careline-${stage}` });
    const { teamOnly } = deskRoutes;
    const { erasures } = new Privacy(this, 'Privacy', { api, teamOnly, table, files });
    new Dispatch(this, 'Changes', { table, workflows, mailOut, textOut, erasures, integrations });
    new Objectives(this, 'Objectives', { desk: props.desk });

    new WebForm(this, 'Web', { api, teamOnly, table, links, files, integrations });

    const schedules = new ScheduleGroup(this, 'Schedules', { scheduleGroupName: `careline-${stage}` });
    const { intake, escalation } = workflows;
    new Feedback(this, 'Feedback', { api, table, links, schedules, desk: props.desk });
    new Triage(this, 'Triage', { table, integrations, schedules });
    new Routing(this, 'Routing', { table, integrations, schedules, desk: props.desk });
    new Sweep(this, 'Sweep', { table, intake, escalation, schedules });

    new TableAlarms(this, 'TableAlarms', table);
    const groups = Object.keys(props.desk.groups);
    new DeskDashboard(this.watch, 'Dashboard', { api, workflows, mailOut, textOut, groups });

    this.tell({
      ApiUrl: api.url,
      DeskAddress: deskAddress,
      UserPoolId: team.userPool.userPoolId,
      UserPoolClientId: team.client.userPoolClientId,
      TableName: table.tableName,
      IntakeArn: workflows.intake.stateMachineArn,
      EscalationArn: workflows.escalation.stateMachineArn,
      SurveyArn: workflows.survey.stateMachineArn,
      RemediationArn: workflows.remediation.stateMachineArn,
      IntegrationBusName: integrations.eventBusName,
      AlarmTopicArn: alarmTopic.topicArn,
    });
    new CfnOutput(this, 'ReceiptRuleSetName', {
      value: mailIn.ruleSet.receiptRuleSetName,
      description: 'Mail arrives once this set is active: aws ses set-active-receipt-rule-set --rule-set-name <this>',
    });
  }

  private tell(outputs: Record<string, string>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
