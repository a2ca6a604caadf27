import { describe, expect, test } from 'vitest';
import type { Templates } from '../support/template.ts';

export const factsAboutPermissions = (templates: () => Templates) =>
  describe('permissions', () => {
    test('only send-text may send text messages, and it may publish to no topic', () => {
      const publish = [...templates().of('AWS::IAM::Policy'), ...templates().of('AWS::IAM::Role')]
        .filter(({ id, properties }) => `${id} ${JSON.stringify(properties.Roles)}`.includes('TextOutSendTextRole'))
        .flatMap(({ properties }) => [properties, ...(properties.Policies ?? [])])
        .flatMap(({ PolicyDocument }) => PolicyDocument?.Statement ?? [])
        .filter(({ Action }) => [Action].flat().includes('sns:Publish'))
        .map(({ Effect, Resource }) => [Effect, JSON.stringify(Resource)]);

      expect(templates().rolesWith('sns:Publish')).toEqual(['TextOutSendText']);
      expect(publish).toEqual([
        ['Allow', '"*"'],
        ['Deny', expect.stringContaining(':sns:')],
      ]);
    });

    test('each channel reads its own secret alone', () => {
      const reading = (role: string) =>
        templates()
          .permissions()
          .filter((each) => each.role.startsWith(role) && each.actions.includes('secretsmanager:GetSecretValue'))
          .map(({ resources }) => JSON.stringify(resources))
          .filter((resources) => resources.includes('Channels'));
      const channels = { Chat: 'ReceiveChat', Social: 'ReceiveMention', Phone: 'ReceiveCall', Sms: 'ReceiveText' };

      for (const [channel, name] of Object.entries(channels))
        expect(reading(`Channels${name}Role`)).toEqual([expect.stringContaining(`Channels${channel}`)]);
    });

    test('only send-mail may send mail, and only as the desk', () => {
      const senders = [
        ...templates().rolesWith('ses:SendRawEmail'),
        ...templates().rolesWith('ses:SendEmail'),
        ...templates().rolesWith('ses:SendTemplatedEmail'),
      ];
      const [statement] = templates()
        .permissions()
        .filter(({ actions }) => actions.includes('ses:SendRawEmail'));

      expect(senders).toEqual(['MailOutSendMail']);
      expect(statement?.resources).toHaveLength(2);
      expect(JSON.stringify(statement?.resources)).toMatch(
        /(:identity\/.*:configuration-set\/)|(:configuration-set\/.*:identity\/)/,
      );
    });

    test('nobody may scan the table', () => {
      expect(templates().rolesWith('dynamodb:Scan')).toEqual([]);
      expect(templates().rolesWith('dynamodb:PartiQLSelect')).toEqual([]);
    });

    test('only the stream’s function, the intake machine and the sweep start executions of others', () => {
      expect(templates().rolesWith('states:StartExecution')).toEqual([
        'ChangesDispatchChanges',
        'SweepSweepAbandoned',
        'WorkflowsEscalation',
        'WorkflowsIntake',
      ]);
    });

    test('an escalation goes on in an execution of its own kind, and starts no other', () => {
      const started = templates()
        .permissions()
        .filter(
          ({ role, actions }) => role.startsWith('WorkflowsEscalation') && actions.includes('states:StartExecution'),
        )
        .flatMap(({ resources }) => resources.map((resource) => JSON.stringify(resource)));

      expect(started.length).toBeGreaterThan(0);
      for (const machine of started) expect(machine).toMatch(/:stateMachine:careline-[a-z]+-escalation"/);
    });

    test('only the stream’s function and the sweep look at executions, and only at escalations', () => {
      const described = templates()
        .permissions()
        .filter(({ actions }) => actions.some((action) => action.startsWith('states:Describe')));

      expect(described.map(({ actions }) => actions)).toEqual([
        ['states:DescribeExecution'],
        ['states:DescribeExecution'],
      ]);
      expect(templates().rolesWith('states:DescribeExecution')).toEqual([
        'ChangesDispatchChanges',
        'SweepSweepAbandoned',
      ]);
      expect(JSON.stringify(described)).toMatch(/:execution:careline-[a-z]+-escalation:\*/);
    });

    test('only the stream’s function may signal a waiting execution', () => {
      expect(templates().rolesWith('states:SendTaskSuccess')).toEqual(['ChangesDispatchChanges']);
      expect(templates().rolesWith('states:SendTaskFailure')).toEqual(['ChangesDispatchChanges']);
    });

    test('only what makes tickets of mails, shows agents one, or hands out what is held of a person may read raw mail', () => {
      const readers = templates()
        .permissions()
        .filter(({ actions, ...where }) => actions.includes('s3:GetObject') && JSON.stringify(where).includes('/in/*'));

      expect([...new Set(readers.map(({ role }) => role.replace(/Role[0-9A-F]{8}$/, '')))].sort()).toEqual([
        'MailInOpenParked',
        'MailInReceiveMail',
        'PrivacyTakePrivacyRequest',
        'WebShowAttachment',
      ]);
    });

    test('only what erases a person may take files away', () => {
      const takers = templates()
        .permissions()
        .filter(({ actions }) => actions.includes('s3:DeleteObject'));

      expect([...new Set(takers.map(({ role }) => role.replace(/Role[0-9A-F]{8}$/, '')))]).toEqual([
        'PrivacyErasePerson',
      ]);
    });

    test('what only shows may not write; the knowledge base alone counts its readers', () => {
      const writers = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem']
        .flatMap((action) => templates().rolesWith(action))
        .filter((role) => /Show[A-Z]/.test(role));

      const noting = ['PublicShowSurvey', 'PublicShowTicket'];
      expect([...new Set(writers)].filter((role) => !noting.includes(role))).toEqual(['KnowledgeShowKnowledge']);
    });

    test('what shows a survey or a ticket may note that a link was opened, and write nothing else', () => {
      const writing = templates()
        .permissions()
        .filter(({ role }) => /^PublicShow(Survey|Ticket)Role/.test(role))
        .filter(({ actions }) => actions.some((action) => /^dynamodb:(Put|Update|Delete|BatchWrite)/.test(action)));

      expect(writing).toHaveLength(2);
      for (const { actions, conditions } of writing) {
        expect(actions).toEqual(['dynamodb:UpdateItem']);
        expect(conditions).toEqual({
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['CLICKS#*'] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        });
      }
    });

    test('a function that is told the key of links may read it, and no other', () => {
      const told = templates()
        .of('AWS::Lambda::Function')
        .filter(({ properties }) => 'LINK_SECRET_ARN' in properties.Environment.Variables)
        .map(({ properties }) => properties.Role['Fn::GetAtt'][0].replace(/Role[0-9A-F]{8}$/, ''));

      expect(templates().rolesWith('secretsmanager:GetSecretValue')).toEqual(told.sort());
    });

    test('a machine invokes its own functions only, and touches the table only as its tasks do', () => {
      const escalation = templates()
        .permissions()
        .filter(({ role }) => role.startsWith('WorkflowsEscalationRole'));
      const invoked = escalation
        .filter(({ actions }) => actions.includes('lambda:InvokeFunction'))
        .flatMap(({ resources }) => resources);
      const onTable = escalation.flatMap(({ actions }) => actions.filter((action) => action.startsWith('dynamodb:')));

      expect(JSON.stringify(invoked)).not.toContain('TriageTicket');
      expect(invoked).toHaveLength(4);
      expect(onTable).toEqual(['dynamodb:UpdateItem']);
    });

    test('no action is a wildcard', () => {
      const wild = templates()
        .permissions()
        .filter(({ actions }) => actions.some((action) => action.includes('*')));

      expect(wild).toEqual([]);
    });
  });
