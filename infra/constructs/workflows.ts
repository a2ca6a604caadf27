import { Construct } from 'constructs';
import type { DeskFacts } from '../desk-facts.ts';
import { grantModel } from './ask-model.ts';
import type { DeskTable } from './desk-table.ts';
import { HandlerFunction } from './handler-function.ts';
import type { Links } from './links.ts';
import { Workflow } from './workflow.ts';

export interface WorkflowsProps {
  table: DeskTable;
  links: Links;
  desk: DeskFacts;
}

/** Lost races and AWS faults are tried again by the workflow: a task alone is no alarm, many are. */
const retriedByTheWorkflow = { errorsTolerated: 4 };

/** The life of a ticket: four machines, and one function for each task. */
export class Workflows extends Construct {
  readonly intake: Workflow;
  readonly escalation: Workflow;
  readonly survey: Workflow;
  readonly remediation: Workflow;
  private readonly props: WorkflowsProps;

  constructor(scope: Construct, id: string, props: WorkflowsProps) {
    super(scope, id);
    this.props = props;
    const askAHuman = new HandlerFunction(this, 'AskAHuman', {
      environment: this.plain,
      impact: 'a ticket that no workflow can help waits where nobody looks',
    });
    props.table.grantReadWrite(askAHuman);
    this.escalation = this.escalating(askAHuman);
    this.intake = this.takingIn(askAHuman);
    this.survey = this.asking(askAHuman);
    this.remediation = this.puttingRight(askAHuman);
  }

  private takingIn(askAHuman: HandlerFunction): Workflow {
    const { table, links } = this.props;
    const triage = new HandlerFunction(this, 'TriageTicket', {
      environment: this.plain,
      ...retriedByTheWorkflow,
      impact: 'a new ticket has no priority and stands in nobody’s queue',
    });
    const acknowledge = new HandlerFunction(this, 'SendAcknowledgement', {
      environment: this.withLinks,
      ...retriedByTheWorkflow,
      impact: 'the customer gets no acknowledgement',
    });
    table.grantReadWrite(triage, acknowledge);
    grantModel(triage, this.props.desk);
    links.grantKey(acknowledge);
    return new Workflow(this, 'Intake', {
      file: 'intake',
      express: true,
      substitutions: {
        TriageTicketFunctionArn: triage,
        SendAcknowledgementFunctionArn: acknowledge,
        AskAHumanFunctionArn: askAHuman,
        EscalationArn: this.escalation,
      },
      impact: 'a new ticket is neither sorted nor acknowledged, and its clock is not watched',
    });
  }

  private escalating(askAHuman: HandlerFunction): Workflow {
    const { table, links } = this.props;
    const climb = new HandlerFunction(this, 'ClimbTheLadder', {
      environment: this.withLinks,
      ...retriedByTheWorkflow,
      impact: 'a late ticket stays where it is late',
    });
    const remind = new HandlerFunction(this, 'RemindCustomer', {
      environment: this.withLinks,
      ...retriedByTheWorkflow,
      impact: 'a customer who owes an answer is not reminded before the ticket is closed',
    });
    const close = new HandlerFunction(this, 'CloseQuietly', {
      environment: this.withLinks,
      ...retriedByTheWorkflow,
      impact: 'tickets that nobody answers any more fill the agents’ lists',
    });
    table.grantReadWrite(climb, remind, close);
    links.grantKey(climb, remind, close);
    return new Workflow(this, 'Escalation', {
      file: 'escalation',
      substitutions: {
        TableName: table,
        ClimbTheLadderFunctionArn: climb,
        RemindCustomerFunctionArn: remind,
        CloseQuietlyFunctionArn: close,
        AskAHumanFunctionArn: askAHuman,
      },
      impact: 'nobody hears about a broken promise',
    });
  }

  private asking(askAHuman: HandlerFunction): Workflow {
    const { table, links } = this.props;
    const ask = new HandlerFunction(this, 'AskForRating', {
      environment: this.withLinks,
      ...retriedByTheWorkflow,
      impact: 'a customer is not asked whether the answer helped',
    });
    const remind = new HandlerFunction(this, 'RemindOnce', {
      environment: this.withLinks,
      ...retriedByTheWorkflow,
      impact: 'a customer who has not rated the answer is not reminded',
    });
    table.grantReadWrite(ask, remind);
    links.grantKey(ask, remind);
    return new Workflow(this, 'Survey', {
      file: 'survey',
      substitutions: {
        AskForRatingFunctionArn: ask,
        RemindOnceFunctionArn: remind,
        AskAHumanFunctionArn: askAHuman,
      },
      impact: 'nobody learns whether the customer was helped',
    });
  }

  private puttingRight(askAHuman: HandlerFunction): Workflow {
    const { table, links } = this.props;
    const open = new HandlerFunction(this, 'OpenRecovery', {
      environment: this.plain,
      ...retriedByTheWorkflow,
      impact: 'an unhappy customer’s ticket does not come to the top of the list',
    });
    const apologise = new HandlerFunction(this, 'ApologiseAndAsk', {
      environment: this.withLinks,
      ...retriedByTheWorkflow,
      impact: 'an unhappy customer gets no apology',
    });
    const callTheLead = new HandlerFunction(this, 'CallTheLead', {
      environment: this.plain,
      ...retriedByTheWorkflow,
      impact: 'no lead hears that an unhappy customer still waits',
    });
    const askAgain = new HandlerFunction(this, 'AskAgain', {
      environment: this.withLinks,
      ...retriedByTheWorkflow,
      impact: 'a customer who was unhappy is not asked whether it is right now',
    });
    const record = new HandlerFunction(this, 'RecordOutcome', {
      environment: this.plain,
      ...retriedByTheWorkflow,
      impact: 'the reports do not say whether an unhappy customer was won back',
    });
    table.grantReadWrite(open, apologise, callTheLead, askAgain, record);
    links.grantKey(apologise, askAgain);
    return new Workflow(this, 'Remediation', {
      file: 'remediation',
      substitutions: {
        TableName: table,
        OpenRecoveryFunctionArn: open,
        ApologiseAndAskFunctionArn: apologise,
        CallTheLeadFunctionArn: callTheLead,
        AskAgainFunctionArn: askAgain,
        RecordOutcomeFunctionArn: record,
        AskAHumanFunctionArn: askAHuman,
      },
      impact: 'an unhappy customer stays unhappy and nobody works on it',
    });
  }

  private get plain(): { TABLE_NAME: string } {
    return { TABLE_NAME: this.props.table.tableName };
  }

  private get withLinks(): { TABLE_NAME: string } & Links['toMake'] {
    return { ...this.plain, ...this.props.links.toMake };
  }
}
