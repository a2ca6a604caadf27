import type { Store } from '../kernel/store.ts';

/** What is known of an object beside its bytes. */
export interface ObjectInfo {
  bucket: string;
  key: string;
  size: number;
  /** MD5 in hex, without quotes. */
  etag: string;
  /** Epoch ms. */
  modifiedAt: number;
  /** Epoch ms of the lifecycle's deletion. */
  expiresAt: number | undefined;
  /** Stored response headers: content-type, cache-control, … */
  headers: Record<string, string>;
  /** User metadata without the `x-amz-meta-` prefix. */
  metadata: Record<string, string>;
  checksum: { header: string; value: string } | undefined;
  tags: Record<string, string>;
}

const COLUMNS = 'bucket, key, size, etag, modified_at, expires_at, headers, metadata, checksum, tags';

const toInfo = (row: Record<string, unknown>): ObjectInfo => ({
  bucket: String(row.bucket),
  key: String(row.key),
  size: Number(row.size),
  etag: String(row.etag),
  modifiedAt: Number(row.modified_at),
  expiresAt: row.expires_at === null ? undefined : Number(row.expires_at),
  headers: JSON.parse(String(row.headers)),
  metadata: JSON.parse(String(row.metadata)),
  checksum: row.checksum === null ? undefined : JSON.parse(String(row.checksum)),
  tags: JSON.parse(String(row.tags)),
});

/** Buckets and objects as rows; keys in the order of their UTF-8 bytes, as S3 lists them. */
export class ObjectsTable {
  private readonly sql;

  constructor(store: Store) {
    store.exec(`
      CREATE TABLE IF NOT EXISTS s3_buckets (name TEXT PRIMARY KEY, created_at INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS s3_objects (
        bucket TEXT NOT NULL, key TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
        modified_at INTEGER NOT NULL, expires_at INTEGER, headers TEXT NOT NULL, metadata TEXT NOT NULL,
        checksum TEXT, tags TEXT NOT NULL DEFAULT '{}', body BLOB NOT NULL, PRIMARY KEY (bucket, key));
      CREATE INDEX IF NOT EXISTS s3_expiry ON s3_objects (expires_at) WHERE expires_at IS NOT NULL`);
    // Stores that are older than tags.
    if (!store.prepare("SELECT 1 FROM pragma_table_info('s3_objects') WHERE name = 'tags'").get())
      store.exec("ALTER TABLE s3_objects ADD COLUMN tags TEXT NOT NULL DEFAULT '{}'");
    this.sql = {
      addBucket: store.prepare('INSERT OR IGNORE INTO s3_buckets (name, created_at) VALUES (?, ?)'),
      removeBucket: store.prepare('DELETE FROM s3_buckets WHERE name = ?'),
      bucket: store.prepare('SELECT name, created_at FROM s3_buckets WHERE name = ?'),
      buckets: store.prepare('SELECT name, created_at FROM s3_buckets ORDER BY name'),
      put: store.prepare(
        `INSERT OR REPLACE INTO s3_objects (${COLUMNS}, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      info: store.prepare(`SELECT ${COLUMNS} FROM s3_objects WHERE bucket = ? AND key = ?`),
      body: store.prepare('SELECT body FROM s3_objects WHERE bucket = ? AND key = ?'),
      tag: store.prepare('UPDATE s3_objects SET tags = ?, expires_at = ? WHERE bucket = ? AND key = ?'),
      remove: store.prepare('DELETE FROM s3_objects WHERE bucket = ? AND key = ?'),
      list: store.prepare(`SELECT ${COLUMNS} FROM s3_objects WHERE bucket = ? AND key > ? ORDER BY key LIMIT 1000`),
      firstExpiry: store.prepare('SELECT MIN(expires_at) AS due FROM s3_objects'),
      expire: store.prepare('DELETE FROM s3_objects WHERE expires_at <= ?'),
    };
  }

  addBucket(name: string, now: number): void {
    this.sql.addBucket.run(name, now);
  }

  removeBucket(name: string): void {
    this.sql.removeBucket.run(name);
  }

  hasBucket(name: string): boolean {
    return this.sql.bucket.get(name) !== undefined;
  }

  buckets(): Array<{ name: string; createdAt: number }> {
    return this.sql.buckets.all().map((row) => ({ name: String(row.name), createdAt: Number(row.created_at) }));
  }

  put(info: ObjectInfo, body: Buffer): void {
    this.sql.put.run(
      info.bucket,
      info.key,
      info.size,
      info.etag,
      info.modifiedAt,
      info.expiresAt ?? null,
      JSON.stringify(info.headers),
      JSON.stringify(info.metadata),
      info.checksum ? JSON.stringify(info.checksum) : null,
      JSON.stringify(info.tags),
      body,
    );
  }

  info(bucket: string, key: string): ObjectInfo | undefined {
    const row = this.sql.info.get(bucket, key);
    return row && toInfo(row);
  }

  body(bucket: string, key: string): Buffer {
    const body = this.sql.body.get(bucket, key)?.body;
    return Buffer.from(body instanceof Uint8Array ? body : []);
  }

  /** Replaces the tags; when the object expires may depend on them. */
  tag(info: ObjectInfo): void {
    this.sql.tag.run(JSON.stringify(info.tags), info.expiresAt ?? null, info.bucket, info.key);
  }

  remove(bucket: string, key: string): void {
    this.sql.remove.run(bucket, key);
  }

  /** Objects behind `after`, in key order, at most a thousand. */
  list(bucket: string, after: string): ObjectInfo[] {
    return this.sql.list.all(bucket, after).map(toInfo);
  }

  firstExpiry(): number | undefined {
    const due = this.sql.firstExpiry.get()?.due;
    return typeof due === 'number' ? due : undefined;
  }

  /** Removes what is due at `now`. */
  expire(now: number): void {
    this.sql.expire.run(now);
  }
}
