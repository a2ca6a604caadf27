import { AwsError } from '../aws/contract.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Deployment } from '../template/contract.ts';
import type { InputOf } from './inputs.ts';
import type { Machine, Machines } from './machines.ts';
import { checkName, isMachineArn, machineArn } from './names.ts';
import { pageOf, tokenAfter } from './paging.ts';
import { definitionProblems } from './validate.ts';

type Output = Record<string, unknown>;

const seconds = (instant: number): number => instant / 1000;

/** The operations on machines, and the machines of the template. */
export class MachineOperations {
  private readonly machines: Machines;
  private readonly kernel: Kernel;

  constructor(kernel: Kernel, machines: Machines) {
    this.kernel = kernel;
    this.machines = machines;
  }

  /** Creates or updates what the template holds; executions under way keep the definition they began with. */
  deploy(deployment: Deployment): void {
    for (const { logicalId, properties, ref } of deployment.resources('AWS::StepFunctions::StateMachine')) {
      const template: unknown = properties.DefinitionString ?? properties.Definition;
      if (template === undefined) {
        throw new AwsError(
          'NotSupportedByLocalRuntime',
          `State machine ${logicalId} has neither DefinitionString nor Definition.`,
        );
      }
      const text = typeof template === 'string' ? template : JSON.stringify(template);
      const substitutions: Record<string, unknown> = properties.DefinitionSubstitutions ?? {};
      const definition = substitute(text, substitutions);
      const type = properties.StateMachineType === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
      const name = ref.split(':').at(-1) ?? logicalId;
      try {
        this.machines.put(
          { arn: ref, name, type, roleArn: String(properties.RoleArn), definition },
          this.kernel.clock.now(),
        );
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        throw new AwsError(error.code, `State machine ${name} (${logicalId}): ${error.message}`);
      }
    }
  }

  create(input: InputOf<'CreateStateMachine'>): Output {
    const name = checkName(input.name);
    const type = input.type ?? 'STANDARD';
    const arn = machineArn(name);
    const known = this.machines.get(arn);
    if (known) {
      const same = known.definition === input.definition && known.roleArn === input.roleArn && known.type === type;
      if (!same) throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      return { stateMachineArn: arn, creationDate: seconds(known.createdAt) };
    }
    const made = this.machines.put(
      { arn, name, type, roleArn: input.roleArn, definition: input.definition },
      this.kernel.clock.now(),
    );
    return { stateMachineArn: arn, creationDate: seconds(made.createdAt) };
  }

  update(input: InputOf<'UpdateStateMachine'>): Output {
    if (input.definition === undefined && input.roleArn === undefined) {
      throw new AwsError('MissingRequiredParameter', 'Either the definition, the role ARN, or both must be specified');
    }
    const known = this.find(input.stateMachineArn);
    const { arn, name, type } = known;
    const updated = this.machines.put(
      { arn, name, type, roleArn: input.roleArn ?? known.roleArn, definition: input.definition ?? known.definition },
      this.kernel.clock.now(),
    );
    return { updateDate: seconds(updated.updatedAt), revisionId: String(updated.revision) };
  }

  describe(arn: string): Output {
    const machine = this.find(arn);
    return {
      stateMachineArn: machine.arn,
      name: machine.name,
      status: 'ACTIVE',
      definition: machine.definition,
      roleArn: machine.roleArn,
      type: machine.type,
      creationDate: seconds(machine.createdAt),
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
      revisionId: String(machine.revision),
    };
  }

  /** Executions under way run on; a machine that does not exist counts as deleted. */
  delete(arn: string): Output {
    if (!isMachineArn(arn)) throw new AwsError('InvalidArn', `Invalid Arn: '${arn}'`);
    this.machines.delete(arn);
    return {};
  }

  list(input: InputOf<'ListStateMachines'>): Output {
    const { offset, limit } = pageOf(input.maxResults, input.nextToken);
    const all = this.machines.list();
    const stateMachines = all.slice(offset, offset + limit).map((machine) => ({
      stateMachineArn: machine.arn,
      name: machine.name,
      type: machine.type,
      creationDate: seconds(machine.createdAt),
    }));
    return { stateMachines, ...tokenAfter(offset + limit, offset + limit < all.length) };
  }

  validate(input: InputOf<'ValidateStateMachineDefinition'>): Output {
    const problems = definitionProblems(input.definition, input.type ?? 'STANDARD');
    if (!Array.isArray(problems)) return { result: 'OK', diagnostics: [] };
    const diagnostics = problems.map((problem) => {
      const [code = '', ...message] = problem.split(': ');
      return { severity: 'ERROR', code, message: message.join(': ') };
    });
    return { result: 'FAIL', diagnostics, truncated: false };
  }

  find(arn: string): Machine {
    if (!isMachineArn(arn)) throw new AwsError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
    const machine = this.machines.get(arn);
    if (!machine) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }
}

/** CloudFormation's DefinitionSubstitutions: `${Key}` of the definition, as text inside its JSON strings. */
const substitute = (definition: string, substitutions: Record<string, unknown>): string =>
  definition.replaceAll(/\$\{([A-Za-z0-9_]+)\}/g, (whole, key: string) => {
    const value = substitutions[key];
    return value === undefined ? whole : JSON.stringify(String(value)).slice(1, -1);
  });
