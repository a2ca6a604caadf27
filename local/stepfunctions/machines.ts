import { inTransaction, type Store } from '../kernel/store.ts';
import { type Definition, definitionSchema } from './definition.ts';
import { parseJson } from './json.ts';
import { type MachineType, parseDefinition } from './validate.ts';

/** A machine as the API describes it. */
export interface Machine {
  arn: string;
  name: string;
  type: MachineType;
  roleArn: string;
  definition: string;
  /** What new executions run; those under way keep theirs. */
  revision: number;
  createdAt: number;
  updatedAt: number;
}

/** A definition with its role, as an execution began with it. */
export interface Revision {
  id: number;
  definition: Definition;
  text: string;
  roleArn: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Machines and every revision an execution may still stand on. */
export class Machines {
  private readonly store: Store;
  private readonly parsed = new Map<number, Revision>();

  constructor(store: Store) {
    this.store = store;
    store.exec(`
      CREATE TABLE IF NOT EXISTS sfn_machine (
        arn TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, revision INTEGER NOT NULL,
        created INTEGER NOT NULL, updated INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE IF NOT EXISTS sfn_revision (
        id INTEGER PRIMARY KEY AUTOINCREMENT, machine TEXT NOT NULL, type TEXT NOT NULL, role TEXT NOT NULL,
        definition TEXT NOT NULL
      ) STRICT;
    `);
  }

  get(arn: string): Machine | undefined {
    return this.select('WHERE m.arn = ?', [arn])[0];
  }

  list(): Machine[] {
    return this.select('ORDER BY m.created, m.arn', []);
  }

  private select(where: string, values: string[]): Machine[] {
    const rows = this.store
      .prepare(
        `SELECT m.arn, m.name, m.type, m.revision, m.created, m.updated, r.role, r.definition
         FROM sfn_machine m JOIN sfn_revision r ON r.id = m.revision ${where}`,
      )
      .all(...values);
    return rows.map((row) => ({
      arn: text(row.arn),
      name: text(row.name),
      type: row.type === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
      revision: number(row.revision),
      createdAt: number(row.created),
      updatedAt: number(row.updated),
      roleArn: text(row.role),
      definition: text(row.definition),
    }));
  }

  /** Creates the machine, or gives it a new revision if definition or role differ. Throws InvalidDefinition. */
  put(machine: Pick<Machine, 'arn' | 'name' | 'type' | 'roleArn' | 'definition'>, now: number): Machine {
    parseDefinition(machine.definition, machine.type);
    const known = this.get(machine.arn);
    if (known && known.definition === machine.definition && known.roleArn === machine.roleArn) return known;
    return inTransaction(this.store, () => {
      const { lastInsertRowid } = this.store
        .prepare('INSERT INTO sfn_revision (machine, type, role, definition) VALUES (?, ?, ?, ?)')
        .run(machine.arn, machine.type, machine.roleArn, machine.definition);
      const revision = Number(lastInsertRowid);
      const createdAt = known?.createdAt ?? now;
      this.store
        .prepare(
          'INSERT OR REPLACE INTO sfn_machine (arn, name, type, revision, created, updated) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run(machine.arn, machine.name, machine.type, revision, createdAt, now);
      return { ...machine, revision, createdAt, updatedAt: now };
    });
  }

  delete(arn: string): void {
    this.store.prepare('DELETE FROM sfn_machine WHERE arn = ?').run(arn);
  }

  revision(id: number): Revision {
    const known = this.parsed.get(id);
    if (known) return known;
    const row = this.store.prepare('SELECT role, definition FROM sfn_revision WHERE id = ?').get(id);
    if (!row) throw new Error(`There is no revision ${id} of a state machine.`);
    const definition = text(row.definition);
    // Checked when it was made: what is found out about AWS later stops no execution that is under way.
    const parsed = definitionSchema.parse(parseJson(definition));
    const revision = { id, definition: parsed, text: definition, roleArn: text(row.role) };
    this.parsed.set(id, revision);
    return revision;
  }
}
