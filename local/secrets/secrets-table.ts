import { inTransaction, type Store } from '../kernel/store.ts';

export interface Secret {
  arn: string;
  name: string;
  description: string | undefined;
  /** Epoch ms. */
  createdAt: number;
}

export interface SecretVersion {
  id: string;
  string: string | undefined;
  /** Base64, as on the wire. */
  binary: string | undefined;
  createdAt: number;
  stages: string[];
}

const text = (value: unknown): string | undefined =>
  value === null || value === undefined ? undefined : String(value);

const toSecret = (row: Record<string, unknown>): Secret => ({
  arn: String(row.arn),
  name: String(row.name),
  description: text(row.description),
  createdAt: Number(row.created_at),
});

const toVersion = (row: Record<string, unknown>): SecretVersion => ({
  id: String(row.id),
  string: text(row.string),
  binary: text(row.binary),
  createdAt: Number(row.created_at),
  stages: JSON.parse(String(row.stages)),
});

/** Secrets and their versions as rows. */
export class SecretsTable {
  private readonly store: Store;
  private readonly sql;

  constructor(store: Store) {
    this.store = store;
    store.exec(`
      CREATE TABLE IF NOT EXISTS secrets (
        arn TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT, created_at INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS secret_versions (
        arn TEXT NOT NULL, id TEXT NOT NULL, string TEXT, binary TEXT, created_at INTEGER NOT NULL,
        stages TEXT NOT NULL, PRIMARY KEY (arn, id))`);
    this.sql = {
      add: store.prepare('INSERT INTO secrets (arn, name, description, created_at) VALUES (?, ?, ?, ?)'),
      byArn: store.prepare('SELECT * FROM secrets WHERE arn = ?'),
      byName: store.prepare('SELECT * FROM secrets WHERE name = ?'),
      all: store.prepare('SELECT * FROM secrets ORDER BY rowid'),
      versions: store.prepare('SELECT * FROM secret_versions WHERE arn = ? ORDER BY rowid'),
      addVersion: store.prepare(
        'INSERT INTO secret_versions (arn, id, string, binary, created_at, stages) VALUES (?, ?, ?, ?, ?, ?)',
      ),
      stage: store.prepare('UPDATE secret_versions SET stages = ? WHERE arn = ? AND id = ?'),
    };
  }

  /** By full ARN, by ARN without its six random characters, or by name. */
  find(id: string): Secret | undefined {
    const row = this.sql.byArn.get(id) ?? this.sql.byName.get(id);
    if (row) return toSecret(row);
    return id.startsWith('arn:') ? this.list().find((secret) => secret.arn.slice(0, -7) === id) : undefined;
  }

  list(): Secret[] {
    return this.sql.all.all().map(toSecret);
  }

  versions(arn: string): SecretVersion[] {
    return this.sql.versions.all(arn).map(toVersion);
  }

  add(secret: Secret, first: SecretVersion | undefined): void {
    inTransaction(this.store, () => {
      this.sql.add.run(secret.arn, secret.name, secret.description ?? null, secret.createdAt);
      if (first) this.insert(secret.arn, first);
    });
  }

  /** Adds a version; its stages leave the versions that had them, and what was current becomes AWSPREVIOUS. */
  addVersion(arn: string, version: SecretVersion): void {
    inTransaction(this.store, () => {
      const takesCurrent = version.stages.includes('AWSCURRENT');
      for (const older of this.versions(arn)) {
        const wasCurrent = takesCurrent && older.stages.includes('AWSCURRENT');
        const kept = older.stages.filter(
          (stage) => !version.stages.includes(stage) && !(takesCurrent && stage === 'AWSPREVIOUS'),
        );
        this.sql.stage.run(JSON.stringify(wasCurrent ? [...kept, 'AWSPREVIOUS'] : kept), arn, older.id);
      }
      this.insert(arn, version);
    });
  }

  private insert(arn: string, version: SecretVersion): void {
    this.sql.addVersion.run(
      arn,
      version.id,
      version.string ?? null,
      version.binary ?? null,
      version.createdAt,
      JSON.stringify(version.stages),
    );
  }
}
